"""What an authority does to a venue for a while: shuts its door, or lays down how it checks people in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dauchan.venues.mode_models import Mode


class VenueHold(models.Model):
    """One reason why a venue is suspended, or bound to one way of scanning.

    A venue stays suspended while any of its holds stands: zones overlap, and a sanction may come on top of a zone. Each
    hold keeps the state that the venue had below all of them, so that the last one to go gives it back.
    """

    venue = models.ForeignKey("venues.Venue", models.CASCADE, related_name="holds")
    # Who placed it, in the words of the audit log: `zone_order:17`.
    cause = models.CharField(max_length=40)
    # Empty: the venue is suspended.
    mode = models.CharField(_("Cách quét"), max_length=10, choices=Mode.choices, blank=True)
    status_before = models.CharField(max_length=10)
    # Why, for its owner and for whoever scans: 'Vùng phong tỏa chợ Đông Ba', and the document that says so.
    title = models.CharField(max_length=200)
    document_number = models.CharField(max_length=60)
    until_at = models.DateTimeField(null=True, blank=True)
    placed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["placed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "cause"], condition=Q(released_at=None), name="venue_hold_once_a_cause"
            )
        ]
        indexes = [
            models.Index(fields=["venue"], condition=Q(released_at=None), name="venue_hold_standing"),
            models.Index(fields=["cause"], name="venue_hold_by_cause"),
        ]

    def __str__(self) -> str:
        return f"{self.venue_id}: {self.cause}"

    @property
    def suspends(self) -> bool:
        return not self.mode
