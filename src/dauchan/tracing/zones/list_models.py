"""Who was inside a zone while a case could infect: a list without names, and the request to open them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from dauchan.tracing.disclosure_models import BY_A_SECOND_PERSON, OpeningRequest


class PresenceList(models.Model):
    """The people present in a zone between two instants, for one confirmed case that was there itself."""

    order = models.ForeignKey("zones.ZoneOrder", models.PROTECT, related_name="presence_lists")
    case = models.ForeignKey("tracing.Case", models.PROTECT, related_name="+")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    people = models.PositiveIntegerField()
    visits = models.PositiveIntegerField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.order} {self.begins_at:%Y-%m-%d}"


class Presence(models.Model):
    """One person of such a list: how often and when, not where."""

    presence_list = models.ForeignKey(PresenceList, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    # A number of the ledger, no foreign key: erasing a person must not be blocked by a list they once stood on.
    person_id = models.BigIntegerField()
    visits = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["presence_list", "person_id"], name="presence_once"),
            models.UniqueConstraint(fields=["presence_list", "number"], name="presence_number_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"


class PresenceDisclosure(OpeningRequest):
    """A request to open the names of such a list."""

    presence_list = models.ForeignKey(PresenceList, models.CASCADE, related_name="disclosures")

    class Meta(OpeningRequest.Meta):
        constraints = [models.CheckConstraint(condition=BY_A_SECOND_PERSON, name="presence_disclosure_second_person")]

    def __str__(self) -> str:
        return f"{self.presence_list}: {self.purpose}"
