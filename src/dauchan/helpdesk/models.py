"""Tickets: someone needs help with a scan, a poster, a message that did not come."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dauchan.compliance.dated_rules import DatedRule
from dauchan.helpdesk.history_models import Kind, TicketEvent
from dauchan.people.encryption import EncryptedTextField

__all__ = ["Channel", "HelpClock", "Kind", "Rating", "Ticket", "TicketEvent", "TicketStatus", "Topic"]


class Topic(models.TextChoices):
    CANNOT_SCAN = "cannot_scan", _("Không quét được mã")
    WRONG_PLACE = "wrong_place", _("Mã hiện sai tên hoặc địa chỉ")
    NO_MESSAGE = "no_message", _("Không nhận được tin nhắn mã xác nhận")
    REGISTRATION = "registration", _("Đăng ký địa điểm, in bảng mã")
    GATE = "gate", _("Thiết bị quét tại cổng")
    PHONE = "phone", _("Mất máy, đổi số, mã cá nhân, thẻ")
    OTHER = "other", _("Việc khác")


class TicketStatus(models.TextChoices):
    OPEN = "open", _("Đang chờ")
    TAKEN = "taken", _("Đang xử lý")
    ANSWERED = "answered", _("Đã trả lời")


#: The clock runs.
RUNNING = (TicketStatus.OPEN, TicketStatus.TAKEN)


class Channel(models.TextChoices):
    PAGE = "page", _("Trang hỗ trợ")
    PHONE = "phone", _("Điện thoại")
    SCAN = "scan", _("Lượt quét hỏng")
    GATE = "gate", _("Thiết bị tại cổng")


class Rating(models.IntegerChoices):
    """What the asker says of the answer; one word for each, so that nobody has to guess what three stars are."""

    NOT_HELPED = 1, _("Chưa giúp được")
    PARTLY = 2, _("Giúp được một phần")
    HELPED = 3, _("Đã xong việc")


class HelpClock(DatedRule):
    """How many working days an answer may take, from a day on."""

    days = models.PositiveSmallIntegerField()
    days_reopened = models.PositiveSmallIntegerField()

    class Meta(DatedRule.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gt=0, days_reopened__gt=0, remind_every__gt=0), name="help_clock_runs"
            )
        ]


class Ticket(models.Model):
    """A request for help (yêu cầu hỗ trợ). Its words and the phone number to call back are encrypted.

    Attributes:
        person_hash: keyed hash of who asks, where that is known: their export and their erasure find the ticket by it.
        scan_reason: why the scan failed that they asked about, as the door or the console called it.
        article: the problem as the knowledge base has it: tickets are counted by it.
        unit, clock: whose hotline it is, and by which rule the answer is due; none in rows of older releases.
        answer: what an agent wrote last, for whoever holds the code.
    """

    code = models.CharField(max_length=9, unique=True)
    topic = models.CharField(_("Bạn cần giúp việc gì"), max_length=20, choices=Topic.choices)
    # People write names and numbers into such a box, asked or not: ciphertext, beside the column of older releases.
    words = EncryptedTextField(_("Mô tả"), null=True, db_column="words_sealed")  # type: ignore[misc]  # null only in rows of older releases
    phone = EncryptedTextField(_("Số điện thoại để gọi lại"), blank=True, default="")
    language = models.CharField(max_length=5, default="vi", db_default="vi")
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.PAGE, db_default=Channel.PAGE)
    venue = models.ForeignKey("venues.Venue", models.SET_NULL, null=True, blank=True, related_name="tickets")
    device = models.ForeignKey("venues.GateDevice", models.SET_NULL, null=True, blank=True, related_name="tickets")
    person_hash = models.BinaryField(max_length=32, null=True)
    address_hash = models.BinaryField(max_length=32)
    scan_reason = models.CharField(max_length=30, blank=True, default="", db_default="")
    article = models.ForeignKey("knowledge.Article", models.PROTECT, null=True, blank=True, related_name="tickets")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10, choices=TicketStatus.choices, default=TicketStatus.OPEN)
    revision = models.PositiveIntegerField(default=0, db_default=0)
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    clock = models.ForeignKey(HelpClock, models.PROTECT, null=True, blank=True, related_name="+")
    began_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    is_provisional = models.BooleanField(default=False, db_default=False)
    reminders = models.PositiveSmallIntegerField(default=0, db_default=0)
    answer = models.TextField(_("Trả lời"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    rating = models.PositiveSmallIntegerField(
        choices=Rating.choices, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    rated_at = models.DateTimeField(null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["-opened_at"]
        indexes = [
            models.Index(fields=["status", "opened_at"], name="ticket_by_status"),
            models.Index(fields=["address_hash", "opened_at"], name="ticket_by_address"),
            models.Index(fields=["person_hash"], name="ticket_by_person", condition=Q(person_hash__isnull=False)),
            models.Index(fields=["opened_at"], name="ticket_by_time"),
        ]

    def __str__(self) -> str:
        return self.code
