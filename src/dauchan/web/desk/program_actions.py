"""What is done with programs of others, as the log of access says it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PROGRAM_ACTIONS = {
    "program.entered": _("Lập hồ sơ kết nối"),
    "program.changed": _("Sửa hồ sơ kết nối"),
    "program.consented": _("Đồng ý cho hệ thống kết nối đọc ca bệnh"),
    "program.ended": _("Chấm dứt kết nối"),
    "program.token_issued": _("Cấp mã truy cập"),
    "program.token_revoked": _("Thu hồi mã truy cập"),
    "program.cases_read": _("Hệ thống kết nối đọc ca bệnh"),
    "program.contacts_read": _("Hệ thống kết nối đọc người tiếp xúc"),
    "interview.contacts_imported": _("Nhập người tiếp xúc từ tệp"),
    "interview.contacts_import_undone": _("Hoàn tác một lần nhập người tiếp xúc"),
    "case.stays_exported": _("Xuất nơi ca bệnh đã đến dưới bí danh (FHIR)"),
    "webhook.entered": _("Thêm địa chỉ nhận sự kiện"),
    "webhook.changed": _("Sửa sự kiện được báo"),
    "webhook.secret_rolled": _("Đổi khóa ký sự kiện"),
    "webhook.paused": _("Tạm dừng gửi sự kiện"),
    "webhook.paused_itself": _("Gửi sự kiện tự tạm dừng"),
    "webhook.resumed": _("Tiếp tục gửi sự kiện"),
    "webhook.ended": _("Thôi gửi sự kiện đến một địa chỉ"),
    "webhook.tested": _("Gửi thử sự kiện"),
    "webhook.sent_again": _("Gửi lại sự kiện"),
}
