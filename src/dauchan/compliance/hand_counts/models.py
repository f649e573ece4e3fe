"""Counts of people at a door."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class HandCount(models.Model):
    """Some minutes in which an inspector counted who entered, and how many of them scanned.

    Attributes:
        id: made by the inspector's phone, so that sending a count twice keeps it once.
        counted_seconds: without pauses.
        day_share: which share of an average day's visitors such minutes hold, as it was taken on the day of the count.
    """

    id = models.UUIDField(primary_key=True)
    venue = models.ForeignKey("venues.Venue", models.CASCADE, related_name="hand_counts")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    counted_seconds = models.PositiveIntegerField()
    entered = models.PositiveIntegerField()
    scanned = models.PositiveIntegerField()
    day_share = models.FloatField()
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(condition=Q(scanned__lte=F("entered")), name="hand_count_scanned_entered"),
            models.CheckConstraint(condition=Q(ended_at__gt=F("started_at")), name="hand_count_not_inverted"),
        ]
        indexes = [models.Index(fields=["venue", "-started_at"], name="hand_count_by_venue")]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.started_at:%Y-%m-%d %H:%M}: {self.entered}"

    @property
    def minutes(self) -> int:
        return round(dt.timedelta(seconds=self.counted_seconds) / dt.timedelta(minutes=1))

    @property
    def percent(self) -> int | None:
        """Who scanned, of those who entered."""
        return 100 * self.scanned // self.entered if self.entered else None
