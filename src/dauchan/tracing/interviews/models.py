"""What a case tells in the interview: where they were, and whom they met who never scanned.

It belongs to the case and goes with it. What may name people is ciphertext.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.encryption import EncryptedTextField
from dauchan.tracing.interviews.call_models import (
    MOST_CALLS,
    Call,
    CallAnswer,
    ContactGrade,
    ContactInterview,
    Distance,
    Mask,
    Outcome,
    ScriptStep,
    StepKind,
    TestResult,
    Ventilation,
)

__all__ = [
    "MOST_CALLS",
    "Call",
    "CallAnswer",
    "ContactGrade",
    "ContactInterview",
    "Distance",
    "Mask",
    "NamedPerson",
    "Outcome",
    "Relation",
    "ScriptStep",
    "StepKind",
    "TestResult",
    "ToldStay",
    "Ventilation",
]


class Relation(models.TextChoices):
    """What somebody is to the case."""

    HOUSEHOLD = "household", _("Người cùng nhà")
    RELATIVE = "relative", _("Họ hàng")
    COLLEAGUE = "colleague", _("Đồng nghiệp")
    CLASSMATE = "classmate", _("Bạn học, thầy cô")
    NEIGHBOUR = "neighbour", _("Hàng xóm")
    FRIEND = "friend", _("Bạn bè")
    CARER = "carer", _("Người chăm sóc, nhân viên y tế")
    PASSENGER = "passenger", _("Người đi cùng xe")
    OTHER = "other", _("Quan hệ khác")


class ToldStay(models.Model):
    """A place and time that the case told of: a venue that takes part, or a place in words."""

    case = models.ForeignKey("tracing.Case", models.CASCADE, related_name="told_stays")
    venue = models.ForeignKey("venues.Venue", models.PROTECT, null=True, blank=True, related_name="+")
    place = EncryptedTextField(_("Nơi đã đến, bằng lời"), blank=True)
    began_at = models.DateTimeField(_("Từ lúc"))
    # Null: the case does not remember; a venue's usual stay is taken then.
    ended_at = models.DateTimeField(_("Đến lúc"), null=True, blank=True)
    note = EncryptedTextField(_("Ghi chú"), blank=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["began_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gt=F("began_at")), name="told_stay_not_inverted"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.began_at:%Y-%m-%d %H:%M}"


class NamedPerson(models.Model):
    """Somebody the case says they met: a contact of generation 1 whatever the scans say."""

    case = models.ForeignKey("tracing.Case", models.CASCADE, related_name="named_people")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    # Nobody knew this person before: with the last mention of them goes what was written down of them.
    is_new = models.BooleanField(default=False)
    relation = models.CharField(_("Quan hệ với ca bệnh"), max_length=10, choices=Relation.choices)
    last_contact_at = models.DateTimeField(_("Gặp lần cuối lúc"))
    venue = models.ForeignKey("venues.Venue", models.PROTECT, null=True, blank=True, related_name="+")
    place = EncryptedTextField(_("Nơi gặp, bằng lời"), blank=True)
    commune = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    note = EncryptedTextField(_("Ghi chú"), blank=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-last_contact_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="named_once_a_case")]

    def __str__(self) -> str:
        return f"{self.case_id}: #{self.person_id}"
