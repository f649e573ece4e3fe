"""Roles that wait for a second person, and the times in which somebody stood in for another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from dauchan.units.roles import Role


class Proposal(models.Model):
    """A role that somebody proposed who does not hold it: nothing is granted until an officer who does confirms it."""

    officer = models.ForeignKey("units.Officer", models.CASCADE, related_name="proposals")
    role = models.CharField(max_length=10, choices=Role.choices)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey("units.Officer", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey("units.Officer", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_granted = models.BooleanField(default=False)

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "role", "unit"], condition=Q(decided_at__isnull=True), name="proposal_open_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")) | Q(is_granted=False),
                name="proposal_needs_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer}: {self.get_role_display()}, {self.unit}"


class Stint(models.Model):
    """From when to when an officer acted under a substitution: what they signed in that time they signed for another."""

    officer = models.ForeignKey("units.Officer", models.CASCADE, related_name="stints")
    appointment = models.ForeignKey("units.Appointment", models.PROTECT, related_name="stints")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["began_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["officer"], condition=Q(ended_at__isnull=True), name="stint_one_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.appointment}: {self.began_at:%Y-%m-%d %H:%M}"
