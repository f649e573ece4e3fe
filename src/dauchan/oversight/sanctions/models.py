"""Sanctions, what each rests on, and their history. Nothing here is ever rewritten: sql/0001_decisions_stay.sql."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dauchan.oversight.models import Finding
from dauchan.oversight.sanctions.appeal_models import Appeal, AppealOutcome, SuspensionAlert
from dauchan.oversight.sanctions.history_models import (
    EventKind,
    SanctionBasis,
    SanctionEvent,
    SanctionGround,
    SanctionPicture,
)
from dauchan.oversight.sanctions.reference_models import AppealClock, LegalBasis

__all__ = [
    "Appeal",
    "AppealClock",
    "AppealOutcome",
    "EventKind",
    "Kind",
    "LegalBasis",
    "Sanction",
    "SanctionBasis",
    "SanctionEvent",
    "SanctionGround",
    "SanctionPicture",
    "State",
    "SuspensionAlert",
]


class Kind(models.TextChoices):
    WARNING = "warning", _("Nhắc nhở")
    FINE = "fine", _("Đề nghị xử phạt")
    SUSPENSION = "suspension", pgettext_lazy("hình thức", "Tạm đình chỉ")
    LIFTING = "lifting", _("Gỡ bỏ tạm đình chỉ")


#: A second person must approve them: they shut a door, or open it again.
APPROVED_KINDS = (Kind.SUSPENSION, Kind.LIFTING)


class State(models.TextChoices):
    WAITING = "waiting", _("Chờ phê duyệt")
    RETURNED = "returned", _("Trả lại, không phê duyệt")
    DROPPED = "dropped", _("Đã rút dự thảo")
    IN_FORCE = "in_force", _("Có hiệu lực")
    SETTLED = "settled", _("Đã khắc phục")
    LIFTED = "lifted", _("Đã gỡ bỏ")
    EXPIRED = "expired", _("Đã hết thời hạn")
    REPLACED = "replaced", _("Được thay bằng quyết định khác")
    REVOKED = "revoked", _("Đã hủy bỏ")


#: Never came into force.
NEVER = (State.RETURNED, State.DROPPED)
#: Was decided, whatever came of it later.
DECIDED = (State.IN_FORCE, State.SETTLED, State.LIFTED, State.EXPIRED, State.REPLACED, State.REVOKED)


class Sanction(models.Model):
    """One decision about one venue. It rests on findings, a legal basis and a source; it is lifted, replaced, revoked by others.

    Attributes:
        unit: that of the venue at the time, which says who sees it.
        issuer_unit: in whose name it is decided; an appeal goes to the level above it.
        findings: codes of `oversight.models.Finding`.
        facts: what was found, in words, without figures or names of people.
        clause: which clause of the bases, as the officer writes it.
        until_at: when a suspension ends by itself, if it does; by when a warning wants things mended.
        condition: on what a suspension is lifted.
        amount: of a proposed fine, in dong, as a person wrote it with its basis; the program computes none.
        by_appeal: the appeal whose answer made this decision, which needs no further approval.
        in_force_at: when it was approved, or issued where nobody need approve it.
        is_paused: does not hold while an appeal runs, as a person decided.
        earlier_warnings: how many there had been when it was proposed.
    """

    kind = models.CharField(_("Hình thức"), max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    venue = models.ForeignKey("venues.Venue", models.PROTECT, related_name="sanctions")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="sanctions")
    issuer_unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    findings = models.JSONField(_("Vi phạm"), default=list)
    facts = models.CharField(_("Nội dung vi phạm"), max_length=1000)
    demands = models.CharField(_("Yêu cầu khắc phục"), max_length=1000, blank=True)
    clause = models.CharField(_("Điều, khoản cụ thể"), max_length=300, blank=True)
    until_at = models.DateTimeField(_("Đến"), null=True, blank=True)
    condition = models.CharField(_("Điều kiện gỡ bỏ"), max_length=500, blank=True)
    forwarded_to = models.CharField(_("Chuyển đến"), max_length=200, blank=True)
    amount = models.PositiveBigIntegerField(_("Mức đề nghị"), null=True, blank=True)
    amount_basis = models.CharField(_("Căn cứ của mức đề nghị"), max_length=300, blank=True)
    lifts = models.ForeignKey("self", models.PROTECT, null=True, related_name="lifted_by")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    by_appeal = models.ForeignKey("Appeal", models.PROTECT, null=True, related_name="+")
    document_number = models.CharField(_("Số và ký hiệu"), max_length=60, blank=True)
    signing_title = models.CharField(_("Chức vụ người ký"), max_length=80, blank=True)
    signer = models.CharField(_("Họ tên người ký"), max_length=80, blank=True)
    signed_on = models.DateField(_("Ngày ký"), null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(_("Ý kiến"), max_length=300, blank=True)
    in_force_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    is_paused = models.BooleanField(default=False)
    acknowledged_at = models.DateTimeField(null=True)
    mended_at = models.DateTimeField(null=True)
    clock = models.ForeignKey(AppealClock, models.PROTECT, related_name="+")
    appeal_until_at = models.DateTimeField(null=True)
    earlier_warnings = models.PositiveSmallIntegerField(default=0)
    # Counted up by every step, so that of two who act at once the second is told.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "kind"], condition=Q(state=State.WAITING), name="sanction_one_waits"
            ),
            models.UniqueConstraint(
                fields=["venue"],
                condition=Q(state=State.IN_FORCE, kind=Kind.SUSPENSION),
                name="sanction_one_suspension",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.SUSPENSION) | Q(until_at__isnull=False) | ~Q(condition=""),
                name="suspension_says_how_it_ends",
            ),
            # The second pair of eyes is a rule of the database, not only of the program.
            models.CheckConstraint(
                condition=~Q(kind__in=APPROVED_KINDS)
                | Q(state__in=[State.WAITING, *NEVER])
                | Q(by_appeal__isnull=False)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="sanction_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=APPROVED_KINDS) | Q(state__in=[State.WAITING, *NEVER]) | ~Q(document_number=""),
                name="sanction_names_its_document",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.LIFTING) | Q(lifts__isnull=False), name="lifting_names_what_it_lifts"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | (Q(kind=Kind.FINE) & ~Q(amount_basis="")),
                name="sanction_amount_has_a_basis",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "-proposed_at"], name="sanction_by_unit"),
            models.Index(fields=["venue", "-proposed_at"], name="sanction_by_venue"),
            models.Index(
                fields=["until_at"], condition=Q(state=State.IN_FORCE, kind=Kind.SUSPENSION), name="sanction_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def cause(self) -> str:
        """Under which name it holds its venue."""
        return f"sanction:{self.pk}"

    @property
    def finding_words(self) -> list[str]:
        return [str(Finding(code).label) for code in self.findings]

    @property
    def is_in_force(self) -> bool:
        return self.state == State.IN_FORCE

    @property
    def is_waiting(self) -> bool:
        return self.state == State.WAITING

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED

    @property
    def appeal_until_on(self) -> dt.date | None:
        """The last day on which it may be appealed."""
        return (
            None if self.appeal_until_at is None else timezone.localdate(self.appeal_until_at - dt.timedelta.resolution)
        )

    def may_be_appealed_at(self, at: dt.datetime) -> bool:
        """A lifting and what a level above decided on an appeal go no further here."""
        is_open = self.appeal_until_at is not None and at < self.appeal_until_at
        return is_open and self.state == State.IN_FORCE and self.kind != Kind.LIFTING and self.by_appeal_id is None
