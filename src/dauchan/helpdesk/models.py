"""Tickets: someone needs help with a scan, a poster, a message that did not come."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dauchan.people.encryption import EncryptedTextField


class Topic(models.TextChoices):
    CANNOT_SCAN = "cannot_scan", _("Không quét được mã")
    WRONG_PLACE = "wrong_place", _("Mã hiện sai tên hoặc địa chỉ")
    NO_MESSAGE = "no_message", _("Không nhận được tin nhắn mã xác nhận")
    REGISTRATION = "registration", _("Đăng ký địa điểm, in bảng mã")
    GATE = "gate", _("Thiết bị quét tại cổng")
    OTHER = "other", _("Việc khác")


class TicketStatus(models.TextChoices):
    OPEN = "open", _("Đang chờ")
    ANSWERED = "answered", _("Đã trả lời")


class Ticket(models.Model):
    """A request for help (yêu cầu hỗ trợ). Its words and the phone number to call back are encrypted."""

    code = models.CharField(max_length=9, unique=True)
    topic = models.CharField(_("Bạn cần giúp việc gì"), max_length=20, choices=Topic.choices)
    # People write names and numbers into such a box, asked or not: ciphertext, beside the column of older releases.
    words = EncryptedTextField(_("Mô tả"), null=True, db_column="words_sealed")  # type: ignore[misc]  # null only in rows of older releases
    phone = EncryptedTextField(_("Số điện thoại để gọi lại"), blank=True, default="")
    venue = models.ForeignKey("venues.Venue", models.SET_NULL, null=True, blank=True, related_name="tickets")
    address_hash = models.BinaryField(max_length=32)
    opened_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=TicketStatus.choices, default=TicketStatus.OPEN)
    answer = models.TextField(_("Trả lời"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at"]
        indexes = [
            models.Index(fields=["status", "opened_at"], name="ticket_by_status"),
            models.Index(fields=["address_hash", "opened_at"], name="ticket_by_address"),
        ]

    def __str__(self) -> str:
        return self.code
