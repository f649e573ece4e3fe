"""Contacts who are watched: from the last exposure, day by day, until released or ill.

A case is traced again as scans arrive; a follow-up belongs to the case and the person, whichever list they stand on.
What a person says of their health is ciphertext; that they are well or not, and the days, are not.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.encryption import EncryptedTextField
from dauchan.tracing.follow_up.order_models import Appeal, Order, OrderAlert, OrderKind, SigningAs
from dauchan.tracing.follow_up.reference_models import (
    AppealRoute,
    AppliesTo,
    FollowUpRule,
    LegalBasis,
    Place,
    RetentionPurpose,
    RetentionRule,
    Step,
    StepLimit,
)
from dauchan.tracing.intake.models import LabOutcome, SampleKind

__all__ = [
    "Appeal",
    "AppealRoute",
    "AppliesTo",
    "Channel",
    "Escalation",
    "EscalationLevel",
    "FollowUp",
    "FollowUpRule",
    "FollowUpStatus",
    "FollowUpTest",
    "LegalBasis",
    "LinkMessage",
    "MissedDay",
    "Order",
    "OrderAlert",
    "OrderKind",
    "Place",
    "RetentionPurpose",
    "RetentionRule",
    "SigningAs",
    "Step",
    "StepLimit",
    "SymptomReport",
]


def random_reference() -> int:
    """What a link is known by before its signature is checked; it says nothing and fits 40 bits."""
    return secrets.randbits(40)


class FollowUpStatus(models.TextChoices):
    ACTIVE = "active", _("Đang theo dõi")
    ENDED = "ended", _("Đã kết thúc")
    STOPPED = "stopped", _("Đã dừng")
    CASE = "case", _("Đã thành ca bệnh")


class FollowUp(models.Model):
    """One contact of a case who is watched."""

    case = models.ForeignKey("tracing.Case", models.CASCADE, related_name="follow_ups")
    # A number of the ledger, not a foreign key: as in `Contact`.
    person_id = models.BigIntegerField()
    contact = models.ForeignKey("tracing.Contact", models.CASCADE, related_name="follow_ups")
    rule = models.ForeignKey(FollowUpRule, models.PROTECT, related_name="+")
    team = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    place = models.CharField(max_length=8, choices=Place.choices)
    last_exposed_at = models.DateTimeField()
    # Days that are asked for: [asked_from, until_on). The quarantine ends before the monitoring does.
    asked_from = models.DateField()
    quarantine_until_on = models.DateField()
    until_on = models.DateField()
    status = models.CharField(max_length=8, choices=FollowUpStatus.choices, default=FollowUpStatus.ACTIVE)
    ill_since_on = models.DateField(null=True, blank=True)
    # Days before this one are settled: answered, or marked as missed.
    checked_until = models.DateField()
    missed_in_a_row = models.PositiveSmallIntegerField(default=0)
    began_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    began_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_note = EncryptedTextField(_("Ghi chú"), blank=True)
    # A new reference makes every link sent before worthless.
    link_reference = models.BigIntegerField(unique=True, default=random_reference)
    wants_link = models.BooleanField(default=False)

    class Meta:
        ordering = ["contact__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person_id"], condition=Q(status="active"), name="followed_once_a_case"
            ),
            models.CheckConstraint(condition=Q(until_on__gt=F("asked_from")), name="follow_up_not_inverted"),
        ]
        indexes = [
            models.Index(fields=["checked_until"], name="follow_up_unchecked", condition=Q(status="active")),
            models.Index(fields=["case", "status"], name="follow_up_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: #{self.person_id}"

    @property
    def is_active(self) -> bool:
        return self.status == FollowUpStatus.ACTIVE


class Channel(models.TextChoices):
    """How a report came in."""

    LINK = "link", _("Liên kết trên điện thoại")
    SIGNED_IN = "signed_in", _("Trang cá nhân")
    CALL = "call", _("Gọi điện")


class SymptomReport(models.Model):
    """What a contact said of their health on a day."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="reports")
    for_on = models.DateField()
    reported_at = models.DateTimeField(default=timezone.now)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_well = models.BooleanField()
    symptoms = EncryptedTextField(_("Triệu chứng"), blank=True)
    temperature = EncryptedTextField(_("Nhiệt độ"), blank=True)
    remark = EncryptedTextField(_("Ghi chú"), blank=True)

    class Meta:
        ordering = ["-for_on", "-reported_at"]
        indexes = [models.Index(fields=["follow_up", "for_on"], name="report_by_day")]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.for_on}"


class MissedDay(models.Model):
    """A day on which nobody answered."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="missed_days")
    on = models.DateField()

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["follow_up", "on"], name="missed_day_once")]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.on}"


class EscalationLevel(models.TextChoices):
    LEAD = "lead", _("Người đứng đầu đơn vị")
    APPROVER = "approver", _("Người phê duyệt")


class Escalation(models.Model):
    """Silence that was brought before somebody: the head of the team's unit, then the approver."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="escalations")
    level = models.CharField(max_length=8, choices=EscalationLevel.choices)
    raised_at = models.DateTimeField(default=timezone.now)
    missed_days = models.PositiveSmallIntegerField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = EncryptedTextField(_("Đã làm gì"), blank=True)

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up", "level"], condition=Q(settled_at__isnull=True), name="escalation_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.level}"


class FollowUpTest(models.Model):
    """A test that is due, then sampled, then has a result."""

    __test__ = False  # pytest takes what is called Test for its own

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="tests")
    due_on = models.DateField()
    kind = models.CharField(_("Loại xét nghiệm"), max_length=10, choices=SampleKind.choices, default=SampleKind.PCR)
    sampled_at = models.DateTimeField(null=True)
    sampled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=12, choices=LabOutcome.choices, blank=True)
    resulted_at = models.DateTimeField(null=True)
    resulted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "due_on"], name="test_once_a_day"),
            models.CheckConstraint(condition=Q(result="") | Q(sampled_at__isnull=False), name="result_of_a_sample"),
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.due_on}"


class LinkMessage(models.Model):
    """That a link was sent, so that limits can be counted: no text, no number, only its keyed hash."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="link_messages")
    phone_hash = models.BinaryField(max_length=32)
    sent_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["phone_hash", "sent_at"], name="link_message_by_phone"),
            models.Index(fields=["sent_at"], name="link_message_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.sent_at:%Y-%m-%d %H:%M}"
