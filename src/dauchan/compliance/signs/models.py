"""Screenings of the ledger, the signs they found, and signs that somebody set aside. No row names or counts people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.screening import Evidence, Picture, SignKind

if TYPE_CHECKING:
    import datetime as dt


class Kind(models.TextChoices):
    """The signs by the names that officers know."""

    SILENT = "silent", _("Không có lượt quét")
    FALLEN = "fallen", _("Lượt quét giảm mạnh")
    UNDERUSED = "underused", _("Quét quá ít so với nơi tương tự")
    MISPLACED = "misplaced", _("Bảng mã không ở đúng chỗ")
    UNREADABLE = "unreadable", _("Mã khó đọc")
    DESK_SCANNED = "desk_scanned", _("Quét hàng loạt tại bàn")
    DUPLICATED = "duplicated", _("Một mã ở hai nơi")


#: What each sign says in general; at a sensitive place that is all that is said.
MEANINGS = {
    Kind.SILENT: _("Không còn lượt quét nào, dù theo nhịp trước đây hoặc theo các địa điểm cùng loại thì phải có."),
    Kind.FALLEN: _(
        "Lượt quét giảm mạnh so với chính nơi này trước đây, trong khi các địa điểm cùng loại không giảm như vậy."
    ),
    Kind.UNDERUSED: _("Lượt quét thấp hơn nhiều so với các địa điểm cùng loại có quy mô tương đương."),
    Kind.MISPLACED: _("Các lượt quét có vị trí tập trung ở một nơi khác với vị trí đăng ký."),
    Kind.UNREADABLE: _("Nhiều người thử quét nhưng không đọc được mã."),
    Kind.DESK_SCANNED: _("Nhiều lượt quét có vẻ do một vài máy quét hàng loạt, không giống khách ra vào."),
    Kind.DUPLICATED: _("Các lượt quét có vị trí tập trung ở hai nơi cách xa nhau: một mã có thể được dán ở hai chỗ."),
}


class Origin(models.TextChoices):
    NIGHTLY = "nightly", _("Hằng đêm")
    PAGE = "page", _("Theo yêu cầu")
    COMMAND = "command", _("Bằng lệnh của người vận hành")


class Outcome(models.TextChoices):
    WAITING = "waiting", _("Đang chờ")
    RUNNING = "running", _("Đang rà soát")
    DONE = "done", _("Đã xong")
    FAILED = "failed", _("Không hoàn thành")


class ScreeningRun(models.Model):
    """One screening of all venues up to a day: with what, by which method, and how it ended.

    Attributes:
        method: digest of the method's source; runs by one method of one input give the same signs.
        inputs, result: digests of what was counted and of the signs found.
        earlier: the screening of an earlier day that 'new' and 'lasting' go by.
        failure: the name of the error, where it failed.
    """

    on = models.DateField()
    origin = models.CharField(max_length=10, choices=Origin.choices)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    failure = models.CharField(max_length=200, blank=True)
    parameters = models.JSONField(default=dict)
    method = models.CharField(max_length=64, blank=True)
    version = models.CharField(max_length=20, blank=True)
    inputs = models.CharField(max_length=64, blank=True)
    result = models.CharField(max_length=64, blank=True)
    venues = models.PositiveIntegerField(default=0)
    scans = models.PositiveBigIntegerField(default=0)
    days = models.PositiveSmallIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    earlier = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-on", "-asked_at", "-pk"]
        indexes = [models.Index(fields=["outcome", "on"], name="screening_by_day")]

    def __str__(self) -> str:
        return f"{self.on} ({self.outcome})"

    @property
    def is_under_way(self) -> bool:
        return self.outcome in {Outcome.WAITING, Outcome.RUNNING}

    @property
    def took(self) -> dt.timedelta | None:
        return self.ended_at - self.started_at if self.started_at and self.ended_at else None


class Told(models.Model):
    """The figures of an evidence, put into words for the reader."""

    sign = models.CharField(max_length=12, choices=Kind.choices)
    since_on = models.DateField()
    expected = models.FloatField()
    observed = models.PositiveIntegerField()
    facts = models.JSONField(default=dict)

    class Meta:
        abstract = True

    @property
    def evidence(self) -> Evidence:
        return Evidence(SignKind(self.sign), self.since_on, self.expected, self.observed, self.facts)


class Sign(Told):
    """A sign that a screening found at a venue.

    Attributes:
        visitors: expected on an ordinary day; how many people the sign concerns.
        nights: in how many screenings in a row it was found, this one included.
        picture: days with the band that was to be expected and what was seen; lists of one length.
    """

    run = models.ForeignKey(ScreeningRun, models.CASCADE, related_name="signs")
    venue = models.ForeignKey("venues.Venue", models.CASCADE, related_name="signs")
    confidence = models.FloatField()
    visitors = models.FloatField(default=0)
    nights = models.PositiveSmallIntegerField(default=1)
    picture = models.JSONField(null=True)

    class Meta:
        ordering = ["-confidence", "-visitors", "venue", "sign"]
        constraints = [models.UniqueConstraint(fields=["run", "venue", "sign"], name="sign_once_a_run")]
        indexes = [models.Index(fields=["venue", "sign"], name="sign_by_venue")]

    def __str__(self) -> str:
        return f"{self.sign} {self.venue_id} ({self.run_id})"

    def draw(self, picture: Picture) -> None:
        self.picture = {
            "first_on": picture.first_on.isoformat(),
            "low": picture.low.tolist(),
            "middle": [round(mean, 1) for mean in picture.middle.tolist()],
            "high": picture.high.tolist(),
            "observed": picture.observed.tolist(),
        }


class Reason(models.TextChoices):
    """Why a sign is set aside."""

    INSPECTED = "inspected", _("Đã kiểm tra tại chỗ, không có vi phạm")
    CLOSED = "closed", _("Địa điểm tạm nghỉ, có lý do chính đáng")
    FEW = "few", _("Lượng khách thực tế ít")
    MENDING = "mending", _("Đã rõ nguyên nhân, đang khắc phục")
    REGISTER = "register", _("Thông tin đăng ký sai, đang sửa")
    OTHER = "other", _("Lý do khác")


class DismissalQuerySet(models.QuerySet["Dismissal"]):
    def holding_on(self, day: dt.date) -> DismissalQuerySet:
        """Those that set a sign aside on that day."""
        return self.filter(Q(until__gte=day), withdrawn_at=None, outgrown_at=None)


class Dismissal(Told):
    """A sign was set aside until a day, unless it gets worse than the evidence kept here. Rows stay: they are the history."""

    venue = models.ForeignKey("venues.Venue", models.CASCADE, related_name="dismissals")
    reason = models.CharField(_("Lý do"), max_length=10, choices=Reason.choices)
    words = models.CharField(_("Nói rõ thêm"), max_length=500, blank=True)
    until = models.DateField(_("Bỏ qua đến hết ngày"))
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dismissed_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    # A later screening found the sign worse than it was when it was set aside.
    outgrown_at = models.DateTimeField(null=True)

    objects = DismissalQuerySet.as_manager()

    class Meta:
        ordering = ["-dismissed_at", "-pk"]
        indexes = [models.Index(fields=["venue", "sign", "until"], name="dismissal_by_venue")]

    def __str__(self) -> str:
        return f"{self.sign} {self.venue_id} ({self.until})"

    def holds_on(self, day: dt.date) -> bool:
        return self.until >= day and self.withdrawn_at is None and self.outgrown_at is None
