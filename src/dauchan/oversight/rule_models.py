"""How long a unit has for a report, and what else of it is laid down: dated rules, not code."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dauchan.compliance.dated_rules import DatedRule


class ReportRule(DatedRule):
    """What holds for reports of a day on.

    Attributes:
        days, days_reopened: working days until the answer is due, and after the reporter asked to look again.
        reopen_days: so many days after the answer the reporter may ask once to look again.
        merge_metres, merge_days: reports of one finding so near to each other may be one.
        border_metres: a point so far outside every commune, or so near to another one, is a matter of the border.
        photo_days: so long after the answer the photographs' originals are kept; of what never was answered, twice as long
            after it was reported.
    """

    days = models.PositiveSmallIntegerField()
    days_reopened = models.PositiveSmallIntegerField()
    reopen_days = models.PositiveSmallIntegerField()
    merge_metres = models.PositiveSmallIntegerField()
    merge_days = models.PositiveSmallIntegerField()
    border_metres = models.PositiveSmallIntegerField()
    photo_days = models.PositiveSmallIntegerField()

    class Meta(DatedRule.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gt=0, days_reopened__gt=0, remind_every__gt=0, reminders__gt=0),
                name="report_rule_runs",
            )
        ]
