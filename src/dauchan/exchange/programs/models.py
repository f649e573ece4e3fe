"""Programs of others, their tokens and what they registered. Of a token only a hash is kept."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.exchange.programs.webhook_models import Attempt, Delivery, Event, EventKind, Webhook

__all__ = [
    "SENSITIVE",
    "Attempt",
    "Delivery",
    "Event",
    "EventKind",
    "Program",
    "Registration",
    "Scope",
    "Token",
    "Webhook",
]


class Scope(models.TextChoices):
    """What a program may do; a closed list."""

    UNITS = "units:read", _("Đọc danh mục đơn vị hành chính")
    VENUES = "venues:read", _("Đọc địa điểm và trạng thái của địa điểm")
    REGISTER = "venues:register", _("Đăng ký địa điểm (cán bộ phường, xã duyệt)")
    INDICATORS = "indicators:read", _("Đọc số liệu tổng hợp theo ngày của đơn vị")
    SIGNS = "signs:read", _("Đọc dấu hiệu vi phạm")
    REFERRALS = "referrals:read", _("Đọc tình trạng phiếu chuyển xử lý")
    CASES = "cases:read", _("Đọc ca bệnh và người tiếp xúc dưới bí danh")


#: Only with the consent of a second person.
SENSITIVE = frozenset({Scope.CASES})


class Program(models.Model):
    """A system of somebody else, run under an agreement within one area.

    Attributes:
        unit: it sees this unit and what lies below, nothing else.
        contact: who answers for it there, with a telephone number or an address.
        instrument: the document that the agreement rests on.
        limit_a_minute: requests of one token.
        approved_by: who let it read what is sensitive; nobody where it does not ask for that or waits.
    """

    name = models.CharField(_("Tên hệ thống"), max_length=120)
    organisation = models.CharField(_("Cơ quan, tổ chức vận hành"), max_length=160)
    contact = models.CharField(_("Đầu mối liên hệ"), max_length=200)
    unit = models.ForeignKey("units.Unit", models.PROTECT, verbose_name=_("Địa bàn"), related_name="+")
    instrument = models.CharField(_("Văn bản làm căn cứ"), max_length=200)
    purpose = models.CharField(_("Mục đích sử dụng dữ liệu"), max_length=300)
    scopes = models.JSONField(_("Phạm vi được phép"), default=list)
    limit_a_minute = models.PositiveIntegerField(_("Số yêu cầu mỗi phút"), default=120)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("made_by")),
                name="program_approved_by_another",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_sensitive(self) -> bool:
        return bool(SENSITIVE & set(self.scopes))

    @property
    def waits(self) -> bool:
        """What is sensitive stays shut until a second person agrees."""
        return self.is_sensitive and self.approved_at is None and self.ended_at is None

    def may(self, scope: str) -> bool:
        return scope in self.scopes and not (scope in SENSITIVE and self.waits)

    def scope_words(self) -> list[str]:
        return [str(Scope(each).label) for each in self.scopes if each in Scope.values]


class Token(models.Model):
    """What a program shows with each request. Known once, when it is made.

    Attributes:
        digest: SHA-256 of the token, which is 256 random bits.
        hint: its last four characters, to tell one from another.
        minute, used: requests of the minute that is counted.
    """

    program = models.ForeignKey(Program, models.CASCADE, related_name="tokens")
    name = models.CharField(_("Tên mã"), max_length=60)
    digest = models.BinaryField(max_length=32, unique=True)
    hint = models.CharField(max_length=4)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    minute = models.DateTimeField(null=True)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["revoked_at", "-made_at"]

    def __str__(self) -> str:
        return f"{self.name} …{self.hint}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def expires_soon(self) -> bool:
        return not self.is_expired and self.expires_at <= timezone.now() + dt.timedelta(days=14)


class Registration(models.Model):
    """A venue that a program handed in under an identifier of its own: repeating it makes no second venue."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="registrations")
    registration_id = models.UUIDField()
    venue = models.ForeignKey("venues.Venue", models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=32)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "registration_id"], name="registration_once")]

    def __str__(self) -> str:
        return str(self.registration_id)
