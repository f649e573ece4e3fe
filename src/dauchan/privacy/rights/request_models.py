"""Requests of people about their own data, their history, and the clocks of the law."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.encryption import EncryptedTextField
from dauchan.units.histories import HistoryLine
from dauchan.units.languages import reads_english


class Right(models.TextChoices):
    """What somebody may ask for (Luật 91/2025/QH15)."""

    VIEW = "view", _("Xem dữ liệu")
    CORRECT = "correct", _("Chỉnh sửa dữ liệu")
    PROVIDE = "provide", _("Cung cấp bản sao dữ liệu")
    RESTRICT = "restrict", _("Hạn chế xử lý dữ liệu")
    OBJECT = "object", _("Phản đối xử lý dữ liệu")
    DELETE = "delete", _("Xóa dữ liệu")
    WITHDRAW = "withdraw", _("Rút lại đồng ý")


class State(models.TextChoices):
    RECEIVED = "received", _("Chờ phản hồi")
    ACCEPTED = "accepted", _("Đang thực hiện")
    GRANTED = "granted", _("Đã thực hiện")
    HELD = "held", _("Chấp nhận, chờ ca bệnh kết thúc")
    REFUSED = "refused", _("Không thực hiện, có lý do")
    CALLED_OFF = "called_off", _("Người yêu cầu rút lại")


#: A clock of the law runs.
RUNNING = (State.RECEIVED, State.ACCEPTED)
ENDED = (State.GRANTED, State.REFUSED, State.CALLED_OFF)


class Refusal(models.TextChoices):
    """Why a request may be refused: a closed list, each with the basis that `refusals.py` names."""

    DUTY = "duty", _("Cần cho nhiệm vụ phòng, chống dịch đang thực hiện")
    CASE_HOLD = "case_hold", _("Dữ liệu thuộc một ca bệnh đang được xử lý")
    RECORD = "record", _("Hồ sơ công vụ phải lưu theo pháp luật")
    NOT_FOUND = "not_found", _("Hệ thống không giữ dữ liệu của người yêu cầu")
    IDENTITY = "identity", _("Chưa xác minh được người yêu cầu")
    OTHERS = "others", _("Ảnh hưởng đến dữ liệu của người khác")
    REPEATED = "repeated", _("Trùng với yêu cầu đã được trả lời và không có gì mới")


class Channel(models.TextChoices):
    PHONE = "phone", _("Trên điện thoại của người yêu cầu")
    COUNTER = "counter", _("Tại quầy, có cán bộ tiếp nhận")


class Proof(models.TextChoices):
    """How it was known who asks."""

    SIGNED_IN = "signed_in", _("Đăng nhập bằng mã gửi đến điện thoại")
    PHONE_CODE = "phone_code", _("Đọc mã vừa gửi đến điện thoại, và xuất trình giấy tờ")
    DOCUMENT = "document", _("Giấy tờ đã từng xuất trình tại cổng")
    CARD = "card", _("Thẻ kiểm soát dịch bệnh, và xuất trình giấy tờ")


class RequestClock(models.Model):
    """How long the law gives for one right, from a day on.

    Attributes:
        answer_days: working days until the first answer.
        act_days: calendar days until it is carried out; one that ends on a day off ends on the next working day.
        extension_days: calendar days by which it may be extended, once; 0 where it may not.
        remind_before, remind_every, reminders: as of `compliance.dated_rules.DatedRule`, in working days.
        is_verified: whether the source was read; else the page says that it is to be verified.
    """

    right = models.CharField(max_length=10, choices=Right.choices)
    valid_from = models.DateField()
    instrument = models.CharField(max_length=120)
    answer_days = models.PositiveSmallIntegerField()
    act_days = models.PositiveSmallIntegerField()
    extension_days = models.PositiveSmallIntegerField()
    remind_before = models.PositiveSmallIntegerField()
    remind_every = models.PositiveSmallIntegerField()
    reminders = models.PositiveSmallIntegerField()
    is_verified = models.BooleanField(default=False)
    note_vi = models.CharField(max_length=300, blank=True)
    note_en = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["right", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["right", "valid_from"], name="request_clock_once_a_day"),
            models.CheckConstraint(
                condition=Q(answer_days__gt=0, act_days__gt=0, remind_every__gt=0, reminders__gt=0),
                name="request_clock_runs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.right}: {self.instrument} ({self.valid_from})"

    @property
    def note(self) -> str:
        return self.note_en if reads_english() else self.note_vi


class PersonRequest(models.Model):
    """A request. Who asks is a random number here, as everywhere.

    Attributes:
        person_id: whose data it is; null where the counter found nobody, or after retention.
        unit: whose data protection officer answers.
        wants: what is to be changed, JSON, or which scope; sealed.
        words: what the person said; sealed.
        began_at, due_at: the clock that runs: first the answer, then the act.
        act_by_at: until when it must be carried out, from the beginning on.
        extended_on: when the one extension was given.
        answer: what the person reads; sealed.
    """

    code = models.CharField(max_length=9, unique=True)
    right = models.CharField(_("Yêu cầu"), max_length=10, choices=Right.choices)
    person_id = models.BigIntegerField(null=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="person_requests")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    proof = models.CharField(_("Xác minh bằng"), max_length=12, choices=Proof.choices)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(default=timezone.now)
    wants = EncryptedTextField(blank=True, default="")
    words = EncryptedTextField(blank=True, default="")
    clock = models.ForeignKey(RequestClock, models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    due_at = models.DateTimeField()
    act_by_at = models.DateTimeField()
    extended_on = models.DateField(null=True)
    is_provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    refusal = models.CharField(max_length=10, choices=Refusal.choices, blank=True)
    answer = EncryptedTextField(blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reminders = models.PositiveSmallIntegerField(default=0)
    escalated_to = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "right"],
                condition=Q(state__in=["received", "accepted", "held"], person_id__isnull=False),
                name="request_once_while_open",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal=""), name="request_refused_in_words_of_the_list"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due_at"], name="request_by_unit"),
            models.Index(fields=["person_id", "-received_at"], name="request_by_person"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED


class Kind(models.TextChoices):
    """What can happen to a request."""

    RECEIVED = "received", _("Tiếp nhận yêu cầu")
    ACCEPTED = "accepted", _("Phản hồi, đang thực hiện")
    EXTENDED = "extended", _("Gia hạn, có lý do")
    GRANTED = "granted", _("Đã thực hiện")
    HELD = "held", _("Chấp nhận, chờ ca bệnh kết thúc")
    ERASED = "erased", _("Đã xóa dữ liệu")
    REFUSED = "refused", _("Không thực hiện, có lý do")
    CALLED_OFF = "called_off", _("Người yêu cầu rút lại")
    LETTER = "letter", _("Lập văn bản trả lời")
    FETCHED = "fetched", _("Mở bản sao dữ liệu")
    REMINDED = "reminded", _("Nhắc việc")
    ESCALATED = "escalated", _("Báo lên cấp trên")
    RECOUNTED = "recounted", _("Tính lại hạn")


class RequestEvent(HistoryLine):
    """One thing that happened. Rows are only ever added, and go with the request by retention."""

    request = models.ForeignKey(PersonRequest, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    words = EncryptedTextField(blank=True, default="")
    due_at = models.DateTimeField()

    class Meta(HistoryLine.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["request", "mark"], condition=~Q(mark=""), name="request_clock_strikes_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.kind}"
