"""The shape of a line of history: what was done to a paper, by whom and when; `mark` names what a clock did once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class HistoryLine(models.Model):
    """One line; lines are only ever added, and a trigger holds them.

    Attributes:
        officer: None for the system and for citizens.
        mark: of what a clock does, its name among all strikes of one paper; empty otherwise.
        planned_at: when the clock should have struck.
    """

    at = models.DateTimeField(default=timezone.now)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    mark = models.CharField(max_length=40, blank=True)
    planned_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]
