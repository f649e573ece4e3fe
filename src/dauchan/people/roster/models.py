"""Agencies and their staff. Names are ciphertext; of a phone only the keyed hash is kept, under which its holder scans."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.encryption import EncryptedTextField
from dauchan.people.roster.list_models import RosterList
from dauchan.vietnamese import fold, sort_key

__all__ = ["Agency", "Leave", "LeaveKind", "Member", "RosterList", "Shift"]

#: Monday to Friday, as bits.
OFFICE_WEEK = 0b0011111
EVERY_DAY = 0b1111111


class Agency(models.Model):
    """A body with staff and one or more buildings at whose doors they scan: a people's committee, a clinic, a school."""

    name = models.CharField(_("Tên cơ quan"), max_length=120)
    unit = models.ForeignKey("units.Unit", models.PROTECT, verbose_name=_("Đơn vị"), related_name="agencies")
    venues = models.ManyToManyField("venues.Venue", verbose_name=_("Trụ sở, nơi làm việc"), related_name="agencies")
    founded_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    search_key = models.CharField(max_length=200, editable=False)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "search_key"], condition=Q(closed_at__isnull=True), name="agency_name_once_a_unit"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: object) -> None:
        self.search_key = fold(self.name)[:200]
        self.sort_key = sort_key(self.name)[:400]
        super().save(**kwargs)  # type: ignore[arg-type]


class Member(models.Model):
    """Somebody on an agency's roster. They are joined to their scans by their phone's hash when somebody asks, and only then."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="members")
    employee_number = models.CharField(_("Mã nhân viên"), max_length=20)
    full_name = EncryptedTextField(_("Họ và tên"))
    phone_hash = models.BinaryField(max_length=32, null=True, editable=False)
    department = models.CharField(_("Phòng, ban, bộ phận"), max_length=80, blank=True)
    joined_on = models.DateField(_("Làm việc từ ngày"), default=timezone.localdate)
    #: The first day on which they no longer belong to the agency.
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["department", "employee_number"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "employee_number"], name="member_number_once"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")), name="member_stay"
            ),
        ]
        indexes = [models.Index(fields=["phone_hash"], name="member_by_phone", condition=Q(phone_hash__isnull=False))]

    def __str__(self) -> str:
        return self.employee_number

    @property
    def last_on(self) -> dt.date | None:
        """The last day of work, as people say it."""
        return self.left_on - dt.timedelta(days=1) if self.left_on else None


class Shift(models.Model):
    """A working pattern: on which weekdays, from when to when. One that ends no later than it starts goes on past midnight."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="shifts")
    #: Bits 0 (Monday) to 6.
    weekdays = models.PositiveSmallIntegerField(default=OFFICE_WEEK)
    starts = models.TimeField(_("Bắt đầu"), default=dt.time(7, 30))
    ends = models.TimeField(_("Kết thúc"), default=dt.time(17))
    on_holidays = models.BooleanField(_("Làm cả ngày lễ"), default=False)

    class Meta:
        ordering = ["starts", "pk"]
        constraints = [models.CheckConstraint(condition=Q(weekdays__range=(1, EVERY_DAY)), name="shift_has_a_weekday")]

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"

    @property
    def days(self) -> list[int]:
        """The weekdays, 0 is Monday."""
        return [day for day in range(7) if self.weekdays >> day & 1]

    @property
    def goes_past_midnight(self) -> bool:
        return dt.time() < self.ends <= self.starts


class LeaveKind(models.TextChoices):
    """No kind says that somebody is ill: that is nobody's need to know here."""

    ANNUAL = "annual", _("Nghỉ phép năm")
    ENTITLED = "entitled", _("Nghỉ theo chế độ")
    TRIP = "trip", _("Đi công tác, đi học")
    REMOTE = "remote", _("Làm việc tại nhà")
    OTHER = "other", _("Nghỉ khác")


class Leave(models.Model):
    """Days on which a member is not expected at the door, half-open."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="leave")
    kind = models.CharField(_("Lý do"), max_length=10, choices=LeaveKind.choices)
    first_on = models.DateField(_("Từ ngày"))
    until_on = models.DateField()

    class Meta:
        ordering = ["-first_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(until_on__gt=F("first_on")), name="leave_not_inverted")]

    def __str__(self) -> str:
        return f"{self.first_on} – {self.last_on}"

    @property
    def last_on(self) -> dt.date:
        return self.until_on - dt.timedelta(days=1)
