"""What was changed and what was erased at somebody's request."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from dauchan.people.encryption import EncryptedTextField
from dauchan.privacy.rights.request_models import PersonRequest


class Correction(models.Model):
    """One field of an identity as it was and as it is; it goes when the identity goes."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="corrections")
    request = models.ForeignKey(PersonRequest, models.SET_NULL, null=True, related_name="corrections")
    field = models.CharField(max_length=20)
    before = EncryptedTextField(blank=True, default="")
    after = EncryptedTextField(blank=True, default="")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"#{self.person_id}: {self.field}"


class Erasure(models.Model):
    """Somebody's data was erased, or waits for a case to end.

    Attributes:
        person_id: a random number that by then says nothing; the list kept apart from backups has it too.
        counts: rows removed or emptied, by table.
        listed_at: when it was written to that list.
    """

    person_id = models.BigIntegerField(unique=True)
    asked_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    listed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"#{self.person_id}"
