"""What an inspector's photograph said about the poster at a door."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class PosterReading(models.Model):
    """A poster that was seen and read. The photograph and its metadata are not kept."""

    venue = models.ForeignKey("venues.Venue", models.CASCADE, related_name="poster_readings")
    version = models.PositiveSmallIntegerField()
    read_at = models.DateTimeField()
    # A to F, and what kept it from an A: `dauchan.qr.photo_grades`.
    grade = models.CharField(max_length=1)
    reasons = models.JSONField(default=list)
    # From the registered place to where the photo was taken; null where one of them is unknown.
    metres = models.PositiveIntegerField(null=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-read_at", "-pk"]
        constraints = [
            # Keeping a result twice, by coming back to the page, is harmless.
            models.UniqueConstraint(fields=["venue", "version", "read_at", "officer"], name="poster_reading_once")
        ]

    def __str__(self) -> str:
        return f"{self.venue_id}: v{self.version} {self.grade}"
