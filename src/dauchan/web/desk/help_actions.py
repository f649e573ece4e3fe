"""What each action of the helpdesk, and on people's phones, is called in the log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

HELP_ACTIONS = {
    "ticket.opened": _("Tiếp nhận yêu cầu hỗ trợ"),
    "ticket.taken": _("Nhận yêu cầu hỗ trợ"),
    "ticket.handed": _("Giao yêu cầu hỗ trợ cho người khác"),
    "ticket.noted": _("Ghi chú yêu cầu hỗ trợ"),
    "ticket.answered": _("Trả lời yêu cầu hỗ trợ"),
    "ticket.reopened": _("Người gửi hỏi lại yêu cầu hỗ trợ"),
    "ticket.rated": _("Người gửi đánh giá trả lời"),
    "ticket.reminded": _("Nhắc hạn yêu cầu hỗ trợ"),
    "ticket.recounted": _("Tính lại hạn yêu cầu hỗ trợ"),
    "ticket.phone_seen": _("Xem số điện thoại để gọi lại"),
    "article.written": _("Soạn hướng dẫn"),
    "article.published": _("Công bố hướng dẫn"),
    "article.withdrawn": _("Gỡ hướng dẫn"),
    "canned_answer.kept": _("Lưu câu soạn sẵn"),
    "phones.asked": _("Hỏi danh tính người báo mất máy"),
    "phones.signed_out": _("Đăng xuất máy của người dân"),
    "phones.number_changed": _("Người dân đổi số điện thoại"),
    "phones.number_let_go": _("Số điện thoại có người dùng mới"),
}
