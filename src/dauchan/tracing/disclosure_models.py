"""Requests to open personal details: a purpose, a second person who approves, one shift."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from dauchan.units.models import Officer

#: How long approved details stay open: one shift.
DISCLOSURE_HOURS = 8
#: The second pair of eyes is a rule of the database, not only of the program.
BY_A_SECOND_PERSON = Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by"))


class OpeningRequest(models.Model):
    """What every such request has; of what list, its model says."""

    purpose = models.CharField(_("Mục đích"), max_length=300)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    decision_note = models.CharField(_("Ý kiến"), max_length=300, blank=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["-requested_at"]

    def is_open(self) -> bool:
        return bool(self.approved and self.expires_at and self.expires_at > timezone.now())

    def decide(self, officer: Officer, *, approve: bool, note: str) -> None:
        """Keep the decision; whether *officer* may make it is the caller's to ask."""
        self.approved, self.decided_by, self.decided_at, self.decision_note = approve, officer, timezone.now(), note
        self.expires_at = self.decided_at + dt.timedelta(hours=DISCLOSURE_HOURS) if approve else None
        self.save()


class Disclosure(OpeningRequest):
    """A request to open the personal details of a run's contacts."""

    run = models.ForeignKey("tracing.TraceRun", models.CASCADE, related_name="disclosures")

    class Meta(OpeningRequest.Meta):
        constraints = [models.CheckConstraint(condition=BY_A_SECOND_PERSON, name="disclosure_second_person")]

    def __str__(self) -> str:
        return f"{self.run}: {self.purpose}"
