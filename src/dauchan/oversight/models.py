"""What citizens report of a door or a place, and what the responsible unit answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.history_models import EventKind, ReportEvent, ReportPhoto
from dauchan.oversight.outcomes import CONFIRMED, Outcome
from dauchan.oversight.rule_models import ReportRule
from dauchan.people.encryption import EncryptedTextField
from dauchan.vietnamese import fold

__all__ = [
    "CONFIRMED",
    "RUNNING",
    "EventKind",
    "Finding",
    "Outcome",
    "Report",
    "ReportEvent",
    "ReportPhoto",
    "ReportRule",
    "ReportStatus",
]


class Finding(models.TextChoices):
    """The closed list of what can be wrong at a door (GLOSSARY section 5); reports and inspections share it."""

    NO_QR_POSTED = "no_qr_posted", _("Không đặt, dán bảng mã QR")
    WRONG_LOCATION = "wrong_location", _("Thông tin địa điểm trên mã không chính xác")
    UNSCANNABLE = "unscannable", _("Mã QR không quét được")
    NOT_ENFORCED = "not_enforced", _("Có mã nhưng không ai nhắc khách quét")
    WRONG_SYSTEM = "wrong_system", _("Dán mã của ứng dụng đã ngừng dùng")
    WRONG_SIZE = "wrong_size", _("Bảng mã quá nhỏ hoặc đặt chỗ khó quét")
    NOT_REGISTERED = "not_registered", _("Địa điểm chưa đăng ký")


class ReportStatus(models.TextChoices):
    RECEIVED = "received", _("Đã tiếp nhận")
    ACCEPTED = "accepted", _("Đang xử lý")
    REOPENED = "reopened", _("Người dân yêu cầu xem lại")
    ANSWERED = "answered", _("Đã trả lời")
    MERGED = "merged", _("Đã gộp")


#: The unit's clock runs.
RUNNING = (ReportStatus.RECEIVED, ReportStatus.ACCEPTED, ReportStatus.REOPENED)
MOST_STARS = 5


class PlaceKeyField(models.CharField):  # type: ignore[type-arg]  # generic for the type checker only
    """The address in words as it is searched; filled by itself."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 - Django's signature
        key = fold(getattr(model_instance, "place", ""))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


class Report(models.Model):
    """A citizen's report (phản ánh). Nobody has to say who they are; the code lets them follow it.

    Attributes:
        venue: None for a place that is not registered, or that the reporter did not find.
        unit: who answers now: the commune of the day that holds the place, until it is passed on.
        lat, lon: where it is, if somebody pointed there; `place` the same in words.
        person: of a visitor who was signed in by phone; nobody but that visitor ever sees it.
        phone: of a reporter who proved to hold it and wants the outcome by message; gone when that is over.
        address_hash: a keyed hash, so that floods from one address can be counted without keeping addresses.
        merged_into: the report that is answered for this one too. It is never merged itself.
        clock: the rule by which `due_at` was counted; None for reports of before there were deadlines.
        revision: counted up by every step of an officer, so that of two who act at once the second is told.
    """

    code = models.CharField(max_length=9, unique=True)
    venue = models.ForeignKey("venues.Venue", models.PROTECT, null=True, blank=True, related_name="reports")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    place = models.CharField(max_length=200, blank=True, default="", db_default="")
    place_key = PlaceKeyField(max_length=200, editable=False, default="", db_default="")
    finding = models.CharField(_("Điều bạn thấy"), max_length=20, choices=Finding.choices)
    words = models.TextField(_("Mô tả thêm"), max_length=1000, blank=True)
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    phone: models.Field[str | None, str | None] = EncryptedTextField(null=True)  # type: ignore[assignment,misc]
    language = models.CharField(max_length=5, default="vi", db_default="vi")
    address_hash = models.BinaryField(max_length=32)
    reported_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=ReportStatus.choices, default=ReportStatus.RECEIVED)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    clock = models.ForeignKey(ReportRule, models.PROTECT, null=True, related_name="+")
    began_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(null=True)
    is_provisional = models.BooleanField(default=False, db_default=False)
    reminders = models.PositiveSmallIntegerField(default=0, db_default=0)
    escalated_to = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default="", db_default="")
    answer = models.TextField(_("Trả lời"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True)
    reopen_words = models.TextField(max_length=1000, blank=True, default="", db_default="")
    stars = models.PositiveSmallIntegerField(null=True)
    revision = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        ordering = ["-reported_at"]
        indexes = [
            models.Index(fields=["unit", "status", "-reported_at"], name="report_by_unit"),
            models.Index(fields=["address_hash", "reported_at"], name="report_by_address"),
            models.Index(fields=["due_at"], condition=Q(status__in=RUNNING), name="report_running"),
            models.Index(fields=["-answered_at"], condition=Q(status=ReportStatus.ANSWERED), name="report_answered"),
            models.Index(fields=["person"], condition=Q(person__isnull=False), name="report_by_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True) | Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="report_point_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(stars__isnull=True) | Q(stars__range=(1, MOST_STARS)), name="report_stars_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(status=ReportStatus.MERGED, merged_into__isnull=False)
                | (~Q(status=ReportStatus.MERGED) & Q(merged_into__isnull=True)),
                name="report_merged_into_one",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING

    @property
    def is_answered(self) -> bool:
        return self.status == ReportStatus.ANSWERED

    @property
    def point(self) -> tuple[float, float] | None:
        """Where the place is as (lat, lon): what was pointed to, else the venue's own point."""
        of = self if self.lat is not None else self.venue
        return (of.lat, of.lon) if of is not None and of.lat is not None and of.lon is not None else None

    @property
    def where(self) -> str:
        """The place in words, for those who handle the report."""
        if self.venue is not None:
            return self.venue.name
        return self.place or self.unit.full_name
