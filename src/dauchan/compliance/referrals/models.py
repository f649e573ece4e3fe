"""Referrals and their history. No row names a citizen or tells how many people were at a place."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.compliance.referrals.clock_models import ClockRule, HandOverRule
from dauchan.compliance.signs.models import Kind as Sign
from dauchan.units.histories import HistoryLine
from dauchan.units.languages import reads_english
from dauchan.units.uploads import unguessable_path

__all__ = [
    "ClockRule",
    "HandOverRule",
    "Kind",
    "Outcome",
    "Referral",
    "ReferralEvent",
    "ReferralPicture",
    "Sign",
    "State",
]


class Ground(models.TextChoices):
    """Where the suspicion comes from."""

    SIGN = "sign", _("Dấu hiệu do hệ thống rà soát")
    LIVE = "live", _("Dấu hiệu tức thời")
    REPORT = "report", _("Người dân phản ánh")
    OBSERVATION = "observation", _("Cán bộ giám sát phát hiện")


class State(models.TextChoices):
    HANDED = "handed", _("Chờ tiếp nhận")
    ACCEPTED = "accepted", _("Đang xử lý")
    RETURNED = "returned", _("Trả lại, xử lý tiếp")
    ANSWERED = "answered", _("Chờ kết luận")
    CLOSED = "closed", _("Đã kết thúc")


#: The unit's clock runs.
RUNNING = (State.HANDED, State.ACCEPTED, State.RETURNED)
#: Not settled yet: a second referral of the same thing would only be paper.
OPEN = (*RUNNING, State.ANSWERED)


class Outcome(models.TextChoices):
    """What came of it: a closed list, so that it can be counted."""

    MENDED = "mended", _("Đã khắc phục")
    WRONG = "wrong", _("Dấu hiệu không đúng, không có vi phạm")
    INSPECTED = "inspected", _("Đã kiểm tra, đã lập biên bản")
    SANCTION = "sanction", _("Đã kiểm tra, đề nghị xử lý vi phạm")
    GONE = "gone", _("Địa điểm không còn hoạt động")
    NOT_OURS = "not_ours", _("Không thuộc địa bàn hoặc thẩm quyền")
    CANNOT = "cannot", _("Chưa xử lý được, có lý do")


class Referral(models.Model):
    """A suspicion handed to the unit that answers for the place.

    It keeps its own copy of what it rests on: the sign it came from may be gone when somebody asks.

    Attributes:
        unit: who answers now; changes when the unit passes it down.
        source: the row it came from in the words of the audit log, `sign:12` or `report:5`.
        handed_by: None where a rule handed it over.
        began_at: when the clock began that runs now: handed over, or given back.
        is_provisional: the holidays up to `due_at` were not all announced when it was counted.
        escalated_to: the unit above that was told, while the answer is overdue.
    """

    venue = models.ForeignKey("venues.Venue", models.PROTECT, related_name="referrals")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="referrals")
    ground = models.CharField(_("Căn cứ"), max_length=12, choices=Ground.choices)
    sign = models.CharField(_("Dấu hiệu cụ thể"), max_length=12, choices=Sign.choices, blank=True)
    source = models.CharField(max_length=40, blank=True)
    evidence = models.CharField(max_length=600, blank=True)
    evidence_en = models.CharField(max_length=600, blank=True)
    confidence = models.FloatField(null=True)
    since_on = models.DateField(null=True)
    words = models.CharField(max_length=1000, blank=True)
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    handed_at = models.DateTimeField(default=timezone.now)
    clock = models.ForeignKey(ClockRule, models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    due_at = models.DateTimeField()
    is_provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.HANDED)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    escalated_to = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+")
    # Counted up by every step of an officer, so that of two who act at once the second is told.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "ground", "sign"], condition=~Q(state=State.CLOSED), name="referral_once_while_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RUNNING) | (Q(answered_at__isnull=False) & ~Q(outcome="")),
                name="referral_answered_in_words_of_the_list",
            ),
            models.CheckConstraint(condition=~Q(ground=Ground.SIGN, sign=""), name="referral_names_its_sign"),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due_at"], name="referral_by_unit"),
            models.Index(fields=["due_at"], condition=Q(state__in=RUNNING), name="referral_running"),
            models.Index(fields=["venue", "-handed_at"], name="referral_by_venue"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def what(self) -> str:
        """The suspicion in a few words."""
        return str(self.get_sign_display() if self.sign else self.get_ground_display())

    @property
    def told(self) -> str:
        """The evidence in the reader's language."""
        return (self.evidence_en or self.evidence) if reads_english() else self.evidence

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED


class Kind(models.TextChoices):
    """What can happen to a referral."""

    HANDED = "handed", _("Chuyển xử lý")
    ACCEPTED = "accepted", _("Tiếp nhận")
    PASSED = "passed", _("Giao đơn vị trực thuộc")
    MOVED = "moved", _("Chuyển sang đơn vị khác")
    ANSWERED = "answered", _("Đơn vị trả lời")
    RETURNED = "returned", _("Trả lại để xử lý tiếp")
    CLOSED = "closed", _("Kết thúc phiếu")
    NOTED = "noted", _("Ghi chú, chỉ đạo")
    REMINDED = "reminded", _("Nhắc việc")
    ESCALATED = "escalated", _("Báo lên cấp trên")
    RECOUNTED = "recounted", _("Tính lại hạn")
    LETTER = "letter", _("Lập công văn đôn đốc")


class ReferralEvent(HistoryLine):
    """One thing that happened. Rows are only ever added: the database refuses anything else.

    Attributes:
        officer: None for what a rule or the clock did.
        unit: to whom it was handed, passed or escalated; else who answers at that time.
        due_at: the deadline that holds from then on.
    """

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    words = models.CharField(max_length=2000, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    due_at = models.DateTimeField()

    class Meta(HistoryLine.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "mark"], condition=~Q(mark=""), name="referral_clock_strikes_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.referral_id}: {self.kind}"

    @property
    def is_late(self) -> bool:
        """The clock struck after its time: the program was not running."""
        return self.planned_at is not None and (self.at - self.planned_at).total_seconds() > LATE_SECONDS


LATE_SECONDS = 2 * 3600


def picture_path(picture: ReferralPicture, filename: str) -> str:  # noqa: ARG001 - neither place nor file name is told
    return unguessable_path("referrals")


class ReferralPicture(models.Model):
    """Evidence of an answer, re-encoded on upload so that no metadata of the photographer remains."""

    event = models.ForeignKey(ReferralEvent, models.PROTECT, related_name="pictures")
    image = models.ImageField(upload_to=picture_path)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.event_id}"
