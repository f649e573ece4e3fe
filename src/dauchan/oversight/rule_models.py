"""How long a unit has for a report, and what else of it is laid down: dated rules, not code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from dauchan.units.languages import reads_english

if TYPE_CHECKING:
    import datetime as dt


class ReportRule(models.Model):
    """What holds for reports of a day on.

    Attributes:
        days, days_reopened: working days until the answer is due, and after the reporter asked to look again.
        remind_before, remind_every, reminders: as of referrals (`ClockRule`); in working days.
        reopen_days: so many days after the answer the reporter may ask once to look again.
        merge_metres, merge_days: reports of one finding so near to each other may be one.
        border_metres: a point so far outside every commune, or so near to another one, is a matter of the border.
        photo_days: so long after the answer the photographs' originals are kept; of what never was answered, twice as long
            after it was reported.
        is_verified: whether an authority laid it down; an unverified rule says so on screen.
    """

    valid_from = models.DateField(unique=True)
    instrument = models.CharField(max_length=120)
    days = models.PositiveSmallIntegerField()
    days_reopened = models.PositiveSmallIntegerField()
    remind_before = models.PositiveSmallIntegerField()
    remind_every = models.PositiveSmallIntegerField()
    reminders = models.PositiveSmallIntegerField()
    reopen_days = models.PositiveSmallIntegerField()
    merge_metres = models.PositiveSmallIntegerField()
    merge_days = models.PositiveSmallIntegerField()
    border_metres = models.PositiveSmallIntegerField()
    photo_days = models.PositiveSmallIntegerField()
    is_verified = models.BooleanField(default=False)
    note_vi = models.CharField(max_length=300, blank=True)
    note_en = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gt=0, days_reopened__gt=0, remind_every__gt=0, reminders__gt=0),
                name="report_rule_runs",
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument} ({self.valid_from})"

    @property
    def note(self) -> str:
        return self.note_en if reads_english() else self.note_vi


def rule_on(day: dt.date) -> ReportRule:
    """The rule in force on *day*; the oldest one for days before all of them. Raises: ReportRule.DoesNotExist."""
    rule = ReportRule.objects.filter(valid_from__lte=day).first() or ReportRule.objects.last()
    if rule is None:
        raise ReportRule.DoesNotExist
    return rule
