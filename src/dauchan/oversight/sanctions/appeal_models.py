"""Appeals against sanctions, and the alert when many doors are shut at once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.sanctions.reference_models import AppealClock
from dauchan.people.encryption import EncryptedTextField


class AppealOutcome(models.TextChoices):
    UPHELD = "upheld", _("Giữ nguyên quyết định")
    CHANGED = "changed", _("Sửa đổi quyết định")
    WITHDRAWN = "withdrawn", _("Hủy bỏ quyết định")


class Appeal(models.Model):
    """What an owner says against a sanction, and what the level above decides. Its words are ciphertext.

    Attributes:
        unit: who answers it: the level above the one that issued the sanction.
        is_suspensive: whether the sanction rests while the appeal runs; None: nobody has decided about that.
        is_provisional: the holidays up to `due_at` were not all announced when it was counted.
        escalated_to: the unit above that was told, while the answer is overdue.
    """

    sanction = models.OneToOneField("Sanction", models.PROTECT, related_name="appeal")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    words = EncryptedTextField(_("Nội dung khiếu nại"))
    clock = models.ForeignKey(AppealClock, models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    is_provisional = models.BooleanField(default=False)
    is_suspensive = models.BooleanField(null=True)
    effect_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(_("Kết quả"), max_length=10, choices=AppealOutcome.choices, blank=True)
    answer = EncryptedTextField(_("Lý do"), blank=True, default="")
    document_number = models.CharField(_("Số và ký hiệu"), max_length=60, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    escalated_to = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(outcome="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="sanction_appeal_answered_in_full",
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("filed_at")), name="sanction_appeal_not_inverted"),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(outcome=""), name="sanction_appeal_open")]

    def __str__(self) -> str:
        return f"{self.sanction_id}"

    @property
    def is_open(self) -> bool:
        return not self.outcome


class SuspensionAlert(models.Model):
    """So many suspensions in an hour that somebody outside must look at why."""

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    step = models.CharField(max_length=10, choices=[("proposed", _("đề xuất")), ("approved", _("phê duyệt"))])
    suspensions = models.PositiveIntegerField()
    officers = models.PositiveSmallIntegerField()
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)
    note = models.CharField(_("Kết luận"), max_length=300, blank=True)

    class Meta:
        ordering = ["-raised_at"]

    def __str__(self) -> str:
        return f"{self.raised_at:%Y-%m-%d %H:%M} {self.suspensions}"
