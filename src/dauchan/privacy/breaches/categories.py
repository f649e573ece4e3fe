"""The kinds of personal data a breach may touch: what the inventory keeps, in the words of the notification."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    NAME = "name", _("Họ tên")
    PHONE = "phone", _("Số điện thoại")
    ADDRESS = "address", _("Năm sinh, địa chỉ")
    DOCUMENT = "document", _("Số giấy tờ (mã băm)")
    VISITS = "visits", _("Lượt vào ra, nơi đã đến (nhạy cảm)")
    HEALTH = "health", _("Sức khỏe, kết quả xét nghiệm (nhạy cảm)")
    TRACING = "tracing", _("Người tiếp xúc, quyết định cách ly (nhạy cảm)")
    STAFF = "staff", _("Nhân viên cơ quan")
    REPORTS = "reports", _("Phản ánh, yêu cầu hỗ trợ")
    OFFICERS = "officers", _("Tài khoản cán bộ")


#: Law 91/2025 counts health and whereabouts among sensitive data.
SENSITIVE = (Category.VISITS, Category.HEALTH, Category.TRACING)


def in_words(codes: list[str]) -> list[str]:
    return [str(Category(code).label) for code in codes if code in Category.values]
