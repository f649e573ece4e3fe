"""What is laid down for sanctions, by date: legal bases and the clock of appeals. People choose; no program says what the law is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dauchan.compliance.dated_rules import DatedRule
from dauchan.units.deadlines import OfficeCalendar, add_working_days, end_of_calendar_days
from dauchan.units.languages import reads_english

if TYPE_CHECKING:
    import datetime as dt


class Citation(models.Model):
    """A text of law as it is cited."""

    title_vi = models.CharField(_("Tên văn bản"), max_length=300)
    title_en = models.CharField(_("Tên bằng tiếng Anh"), max_length=300, blank=True)
    number = models.CharField(_("Số, ký hiệu"), max_length=60, blank=True)
    article = models.CharField(_("Điều, khoản, điểm"), max_length=120, blank=True)
    source = models.CharField(_("Nguồn"), max_length=300, blank=True)
    valid_from = models.DateField(_("Có hiệu lực từ ngày"))
    valid_to = models.DateField(_("Hết hiệu lực từ ngày"), null=True, blank=True)
    is_verified = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        return (self.title_en or self.title_vi) if reads_english() else self.title_vi

    @property
    def citation(self) -> str:
        """The words of a document: 'khoản 1 Nghị định số …'; in Vietnamese."""
        return f"{self.article} {self.title_vi}".strip()

    @property
    def name(self) -> str:
        """The same at the beginning of a line, in the reader's language."""
        words = f"{self.article} {self.title}".strip()
        return f"{words[:1].upper()}{words[1:]}"


class LegalBasis(Citation):
    """What a sanction may rest on: of the product's own list, or added by an authority for its area.

    Attributes:
        kinds: for which kinds of sanction, with spaces between them.
        unit: for whose area it was added; None: everywhere.
    """

    code = models.SlugField(max_length=40)
    kinds = models.CharField(_("Dùng cho"), max_length=60)
    note_vi = models.CharField(_("Ghi chú"), max_length=300, blank=True)
    note_en = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=100)
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="sanction_basis_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="sanction_basis_not_inverted"
            ),
        ]

    def __str__(self) -> str:
        return self.citation

    @property
    def note(self) -> str:
        return (self.note_en or self.note_vi) if reads_english() else self.note_vi

    def allows(self, kind: str) -> bool:
        return kind in self.kinds.split()

    def holds_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to > day)


class DaysOf(models.TextChoices):
    """What a law means by a day: `ngày` is one of the calendar, `ngày làm việc` one of an office."""

    CALENDAR = "calendar", _("ngày")
    WORKING = "working", _("ngày làm việc")


class AppealClock(DatedRule):
    """How long an owner has to appeal and the level above to answer, from a day on.

    Attributes:
        appeal_days: in which days the time to appeal is counted; all others are working days.
    """

    days_to_appeal = models.PositiveSmallIntegerField()
    appeal_days = models.CharField(
        max_length=8, choices=DaysOf.choices, default=DaysOf.CALENDAR, db_default=DaysOf.CALENDAR.value
    )
    days_to_answer = models.PositiveSmallIntegerField()

    class Meta(DatedRule.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(days_to_appeal__gt=0, days_to_answer__gt=0, remind_every__gt=0, reminders__gt=0),
                name="appeal_clock_runs",
            )
        ]

    def appeal_until(self, received_at: dt.datetime, calendar: OfficeCalendar) -> dt.datetime:
        """The first instant at which it is too late to appeal."""
        if self.appeal_days == DaysOf.CALENDAR:
            return end_of_calendar_days(received_at, self.days_to_appeal, calendar)
        return add_working_days(received_at, self.days_to_appeal, calendar)
