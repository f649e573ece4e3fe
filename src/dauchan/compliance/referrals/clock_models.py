"""How long a unit has, when it is reminded, when the level above is told: dated rules, not code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from dauchan.units.languages import reads_english
from dauchan.units.models import UnitLevel

if TYPE_CHECKING:
    import datetime as dt


class ClockRule(models.Model):
    """The clock of referrals handed over from a day on; all days are working days.

    Attributes:
        hands_to: the level that is responsible; where the map has none of it, the unit of the venue.
        days: until the answer is due.
        days_returned: the same after the monitor gave an answer back.
        remind_before: so long before the deadline the unit is reminded once.
        remind_every: from the first day after the deadline on, so often.
        reminders: after so many the level above is told, and after as many again the next, up to the province.
        is_verified: whether an authority laid it down; an unverified rule says so on screen.
    """

    valid_from = models.DateField(unique=True)
    instrument = models.CharField(max_length=120)
    hands_to = models.CharField(max_length=10, choices=UnitLevel.choices)
    days = models.PositiveSmallIntegerField()
    days_returned = models.PositiveSmallIntegerField()
    remind_before = models.PositiveSmallIntegerField()
    remind_every = models.PositiveSmallIntegerField()
    reminders = models.PositiveSmallIntegerField()
    is_verified = models.BooleanField(default=False)
    note_vi = models.CharField(max_length=300, blank=True)
    note_en = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(days__gt=0, days_returned__gt=0, remind_every__gt=0, reminders__gt=0),
                name="clock_rule_runs",
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument} ({self.valid_from})"

    @property
    def note(self) -> str:
        return self.note_en if reads_english() else self.note_vi


class HandOverRule(models.Model):
    """Which signs are handed over without a monitor, from a day on: a person answers, nothing is closed by it."""

    valid_from = models.DateField()
    sign = models.SlugField(max_length=12)
    least_confidence = models.FloatField()
    least_nights = models.PositiveSmallIntegerField()
    is_on = models.BooleanField(default=False)

    class Meta:
        ordering = ["sign", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["sign", "valid_from"], name="hand_over_rule_once_a_day")]

    def __str__(self) -> str:
        return f"{self.sign} ≥ {self.least_confidence}, {self.least_nights}"

    def covers(self, confidence: float, nights: int) -> bool:
        return self.is_on and confidence >= self.least_confidence and nights >= self.least_nights


def clock_on(day: dt.date) -> ClockRule:
    """The rule in force on *day*; the oldest one for days before all of them."""
    rule = ClockRule.objects.filter(valid_from__lte=day).first() or ClockRule.objects.last()
    if rule is None:
        raise ClockRule.DoesNotExist
    return rule
