"""What stays of participation when the ledger has forgotten the scans: counts of an agency's day, never a member's."""

from __future__ import annotations

from django.db import models


class AgencyDay(models.Model):
    """How many member days of an agency were due on a local day that is over, and how many of them were scanned.

    Attributes:
        members: who were due and whose phones are known; `scanned` of them scanned.
        unverifiable: who were due and whose phones are not known; in neither of the others.
    """

    agency = models.ForeignKey("roster.Agency", models.CASCADE, related_name="days")
    day = models.DateField()
    members = models.PositiveIntegerField()
    scanned = models.PositiveIntegerField()
    unverifiable = models.PositiveIntegerField()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "day"], name="agency_day_once"),
            models.CheckConstraint(
                condition=models.Q(scanned__lte=models.F("members")), name="agency_day_scanned_of_members"
            ),
        ]
        indexes = [models.Index(fields=["day"], name="agency_day_by_day")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day}: {self.scanned}/{self.members}"
