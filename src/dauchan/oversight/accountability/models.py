"""What heads of units say of what is overdue, and the weekly reports. Rows are only ever added: the database refuses the rest."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SignedBy(models.TextChoices):
    """With what the head confirmed, at the moment of signing, that it was them."""

    PASSWORD = "password", _("Mật khẩu nhập lại khi ký")
    CODE = "code", _("Mã của lớp xác thực thứ hai")


class Explanation(models.Model):
    """A head's signed words about what is overdue in their unit, with a new date. The deadlines themselves stay as they are.

    Attributes:
        digest: SHA-256 of all that was signed, the items included; printed on the official paper.
    """

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    head = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.CharField(_("Nguyên nhân"), max_length=2000)
    remedy = models.CharField(_("Biện pháp khắc phục"), max_length=1000)
    promised_on = models.DateField(_("Hứa hoàn thành trước ngày"))
    signed_at = models.DateTimeField(default=timezone.now)
    signed_by = models.CharField(max_length=8, choices=SignedBy.choices)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-signed_at", "-pk"]
        indexes = [models.Index(fields=["unit", "-signed_at"], name="explanation_by_unit")]

    def __str__(self) -> str:
        return f"{self.pk}"


class ItemKind(models.TextChoices):
    """What can be overdue."""

    REFERRAL = "referral", _("Phiếu chuyển xử lý")
    REPORT = "report", _("Phản ánh")


class ExplainedItem(models.Model):
    """One thing that was overdue, as it stood when the explanation was signed."""

    explanation = models.ForeignKey(Explanation, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    number = models.PositiveBigIntegerField()
    place = models.CharField(max_length=330)
    what = models.CharField(max_length=120)
    due_at = models.DateTimeField()
    days_over = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["explanation", "kind", "number"], name="explained_item_once"),
        ]
        indexes = [models.Index(fields=["kind", "number"], name="explained_item_by_number")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.number}"


def report_path(report: WeeklyReport, filename: str) -> str:  # noqa: ARG001 - the name is the week's
    return f"weekly/{report.unit_id}/{report.first_on:%G-W%V}.pdf"


class WeeklyReport(models.Model):
    """The report of one week, Monday to Sunday, as the file that was made then; *digest* proves that it is still the same."""

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    first_on = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    file = models.FileField(upload_to=report_path)
    digest = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField()
    figures = models.JSONField(default=dict)

    class Meta:
        ordering = ["-first_on"]
        constraints = [models.UniqueConstraint(fields=["unit", "first_on"], name="weekly_report_once")]

    def __str__(self) -> str:
        return f"{self.first_on:%G-W%V}"

    @property
    def last_on(self) -> dt.date:
        return self.first_on + dt.timedelta(days=6)

    @property
    def week(self) -> int:
        return self.first_on.isocalendar().week


class ReportLook(models.Model):
    """That an officer has opened a report; until then it is announced on their first page."""

    report = models.ForeignKey(WeeklyReport, models.CASCADE, related_name="looks")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "officer"], name="report_look_once")]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.officer_id}"
