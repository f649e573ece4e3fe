"""A list of staff that was taken in, with what it changed, so that the whole of it can be taken back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from dauchan.people.encryption import EncryptedTextField


class RosterList(models.Model):
    """One list.

    Attributes:
        counts: members added, changed, and gone; later removed, restored, and left as they are.
        changes: members before and after, as JSON, sealed; null once it is undone or forgotten.
    """

    agency = models.ForeignKey("roster.Agency", models.CASCADE, related_name="lists")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    changes = EncryptedTextField(null=True)  # type: ignore[misc]  # null once nothing can be taken back

    class Meta:
        ordering = ["-kept_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.kept_at:%Y-%m-%d %H:%M}"

    @property
    def can_be_undone(self) -> bool:
        return self.changes is not None and self.undone_at is None
