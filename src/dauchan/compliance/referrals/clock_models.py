"""How long a unit has, when it is reminded, when the level above is told: dated rules, not code."""

from __future__ import annotations

from django.db import models

from dauchan.compliance.dated_rules import DatedRule
from dauchan.units.models import UnitLevel


class ClockRule(DatedRule):
    """The clock of referrals handed over from a day on.

    Attributes:
        hands_to: the level that is responsible; where the map has none of it, the unit of the venue.
        days: until the answer is due.
        days_returned: the same after the monitor gave an answer back.
    """

    hands_to = models.CharField(max_length=10, choices=UnitLevel.choices)
    days = models.PositiveSmallIntegerField()
    days_returned = models.PositiveSmallIntegerField()

    class Meta(DatedRule.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(days__gt=0, days_returned__gt=0, remind_every__gt=0, reminders__gt=0),
                name="clock_rule_runs",
            )
        ]


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
