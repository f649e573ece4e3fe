"""What happened to a report, and its photographs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.outcomes import Outcome
from dauchan.units.histories import HistoryLine
from dauchan.units.uploads import unguessable_path


class EventKind(models.TextChoices):
    """What can happen to a report."""

    FILED = "filed", _("Người dân gửi phản ánh")
    ACCEPTED = "accepted", _("Tiếp nhận")
    PASSED = "passed", _("Chuyển cho đơn vị khác")
    MERGED = "merged", _("Gộp vào phản ánh khác")
    ANSWERED = "answered", _("Trả lời")
    REOPENED = "reopened", _("Người dân yêu cầu xem lại")
    RATED = "rated", _("Người dân chấm điểm")
    NOTED = "noted", _("Ghi chú nội bộ")
    JOINED = "joined", _("Nhận phản ánh được gộp vào")
    EXPLAINED = "explained", _("Người đứng đầu giải trình")
    NAMED = "named", _("Gắn với địa điểm đã đăng ký")
    PUBLISHED = "published", _("Công khai ảnh")
    WITHDRAWN = "withdrawn", _("Rút ảnh đã công khai")
    REMINDED = "reminded", _("Nhắc việc")
    ESCALATED = "escalated", _("Báo lên cấp trên")
    RECOUNTED = "recounted", _("Tính lại hạn")


#: What the reporter is told; the rest is for the unit.
TOLD = (
    EventKind.FILED,
    EventKind.ACCEPTED,
    EventKind.PASSED,
    EventKind.MERGED,
    EventKind.ANSWERED,
    EventKind.REOPENED,
)


class ReportEvent(HistoryLine):
    """One thing that happened. Rows are only ever added: the database refuses anything else.

    No words of a citizen stand in it: those go when their time is over, and this stays.

    Attributes:
        officer: None for what a citizen or the clock did.
        unit: to whom it was passed or of whom was told; else who answers at that time.
    """

    report = models.ForeignKey("oversight.Report", models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    words = models.CharField(max_length=2000, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    due_at = models.DateTimeField(null=True)

    class Meta(HistoryLine.Meta):
        constraints = [
            models.UniqueConstraint(fields=["report", "mark"], condition=~Q(mark=""), name="report_clock_strikes_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.kind}"


def sealed_path(photo: ReportPhoto, filename: str) -> str:  # noqa: ARG001 - neither place nor file name is told
    return unguessable_path("reports", ".sealed")


def published_path(photo: ReportPhoto, filename: str) -> str:  # noqa: ARG001 - as above
    return unguessable_path("reports/public")


class ReportPhoto(models.Model):
    """A photograph of a report or of its answer. Outside the unit only a blurred copy exists, once an officer let it out.

    Attributes:
        sealed: the photograph without metadata, encrypted; empty once its time is over.
        boxes: what is blurred, as [left, top, width, height] in parts of the picture from 0 to 1; None until it was looked for.
        of_answer: taken by the unit for its answer, not by the reporter.
        published: the blurred copy that everybody may see; empty while none is let out.
    """

    report = models.ForeignKey("oversight.Report", models.PROTECT, related_name="photos")
    position = models.PositiveSmallIntegerField(default=0)
    of_answer = models.BooleanField(default=False)
    sealed = models.FileField(upload_to=sealed_path, blank=True)
    boxes: models.JSONField[Any, Any] = models.JSONField(null=True)
    kept_at = models.DateTimeField(default=timezone.now)
    published = models.FileField(upload_to=published_path, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["of_answer", "position", "pk"]
        indexes = [models.Index(fields=["id"], condition=Q(boxes__isnull=True), name="photo_not_looked_through")]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.position}"
