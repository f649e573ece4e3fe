"""Laboratory results, lists of cases that were taken in, and the keyed hashes by which a case is found again by name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.tracing.intake.likeness import Likeness


class SampleKind(models.TextChoices):
    PCR = "pcr", _("PCR")
    ANTIGEN = "antigen", _("Kháng nguyên nhanh")
    CULTURE = "culture", _("Nuôi cấy")
    SEROLOGY = "serology", _("Huyết thanh (IgM)")
    OTHER = "other", _("Xét nghiệm khác")


class LabOutcome(models.TextChoices):
    POSITIVE = "positive", _("Dương tính")
    NEGATIVE = "negative", _("Âm tính")
    INCONCLUSIVE = "inconclusive", _("Không xác định")


class LabResult(models.Model):
    """A laboratory result of a case. The day of the first stands in `Case.sampled_on`, by which the rule is chosen."""

    case = models.ForeignKey("tracing.Case", models.CASCADE, related_name="lab_results")
    kind = models.CharField(_("Loại xét nghiệm"), max_length=10, choices=SampleKind.choices)
    sampled_on = models.DateField(_("Ngày lấy mẫu"))
    sampled_time = models.TimeField(_("Giờ lấy mẫu"), null=True, blank=True)
    resulted_at = models.DateTimeField(_("Giờ có kết quả"), null=True, blank=True)
    laboratory = models.CharField(_("Nơi xét nghiệm"), max_length=120, blank=True)
    ct = models.DecimalField(_("Giá trị Ct"), max_digits=4, decimal_places=1, null=True, blank=True)
    result = models.CharField(
        _("Kết quả xét nghiệm"), max_length=12, choices=LabOutcome.choices, default=LabOutcome.POSITIVE
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    # Written down by mistake: it stays to be read, struck through.
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["sampled_on", "sampled_time", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ct__isnull=True) | Q(ct__range=(0, 60)), name="lab_ct_is_a_cycle")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind} {self.sampled_on}"


class CaseImport(models.Model):
    """A list of cases that was taken in at one time, and can be taken back at one time."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(default=timezone.now)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()
    # SHA-256 of the list as it was read: the same list is recognised when it comes again.
    digest = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-imported_at"]

    def __str__(self) -> str:
        return f"{self.imported_at:%Y-%m-%d %H:%M}: {self.kept}"


class CaseName(models.Model):
    """A keyed hash of the name of a case's person: names stay ciphertext, likeness is still found."""

    case = models.ForeignKey("tracing.Case", models.CASCADE, related_name="names")
    kind = models.CharField(max_length=10, choices=Likeness.choices)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="case_name_once_a_kind")]
        indexes = [models.Index(fields=["hash"], name="case_by_name")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind}"
