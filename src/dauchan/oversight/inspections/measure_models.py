"""What an inspection requires to be mended, by when, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.inspections.record_models import Inspection, InspectionFinding
from dauchan.units.uploads import unguessable_path


class MeasureState(models.TextChoices):
    OPEN = "open", _("Chờ khắc phục")
    ANSWERED = "answered", _("Chủ địa điểm báo đã khắc phục")
    MENDED = "mended", _("Đã khắc phục")
    LIFTED = "lifted", _("Không còn yêu cầu")


#: Nobody has said yet that it is mended: the clock runs.
RUNNING = (MeasureState.OPEN,)
#: Nobody of the unit has seen yet that it is mended.
UNSETTLED = (MeasureState.OPEN, MeasureState.ANSWERED)


class Measure(models.Model):
    """One thing the owner has to do (yêu cầu khắc phục), with a deadline in working days.

    Attributes:
        days: working days after the day of the inspection.
        is_provisional: the holidays up to `due_at` were not all announced when it was counted.
        overdue_at: when the clock noticed that nobody had answered in time; stays when it is answered late.
    """

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="measures")
    finding = models.ForeignKey(InspectionFinding, models.PROTECT, null=True, related_name="measures")
    words = models.CharField(max_length=500)
    days = models.PositiveSmallIntegerField()
    began_at = models.DateTimeField()
    due_at = models.DateTimeField()
    is_provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=MeasureState.choices, default=MeasureState.OPEN)
    answered_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    # Counted up by every step, so that of two who act at once the second is told.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="open"), name="measure_running")]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING


class Kind(models.TextChoices):
    """What can happen to a measure."""

    REQUIRED = "required", _("Yêu cầu khắc phục")
    ANSWERED = "answered", _("Chủ địa điểm báo đã khắc phục")
    MENDED = "mended", _("Xác nhận đã khắc phục")
    RETURNED = "returned", _("Chưa đạt, yêu cầu làm tiếp")
    LIFTED = "lifted", _("Bỏ yêu cầu")
    OVERDUE = "overdue", _("Quá hạn")
    REMINDED = "reminded", _("Nhắc việc")
    RECOUNTED = "recounted", _("Tính lại hạn")


class MeasureEvent(models.Model):
    """One thing that happened. Rows are only ever added: the database refuses anything else.

    Attributes:
        officer: None for what the owner or the clock did.
        by_owner: the owner of the venue did it.
        mark: names what the clock did, so that running twice does it once; empty for what people did.
        planned_at: when the clock should have done it.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_owner = models.BooleanField(default=False)
    words = models.CharField(max_length=1000, blank=True)
    due_at = models.DateTimeField()
    mark = models.CharField(max_length=40, blank=True)
    planned_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "mark"], condition=~Q(mark=""), name="measure_clock_strikes_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_id}: {self.kind}"


def picture_path(picture: MeasurePicture, filename: str) -> str:  # noqa: ARG001 - neither place nor file name is told
    return unguessable_path("inspections")


class MeasurePicture(models.Model):
    """A photo by which the owner shows that it is mended, without metadata."""

    event = models.ForeignKey(MeasureEvent, models.PROTECT, related_name="pictures")
    image = models.ImageField(upload_to=picture_path)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.event_id}"
