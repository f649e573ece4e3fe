"""What the team does with one contact of a case: who calls, what was answered, how it ended.

A case is traced again as scans arrive, and each trace lists its contacts anew. What the team did with a person stands
here, once for a case, and every list of that case shows it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.encryption import EncryptedTextField
from dauchan.units.languages import reads_english

#: So many calls in vain: somebody has to go there.
MOST_CALLS = 6


class ContactGrade(models.Model):
    """How close a contact was, in the words of the doctrine of a disease. Reference data; without a disease, of all others."""

    disease = models.ForeignKey("tracing.Disease", models.CASCADE, null=True, blank=True, related_name="grades")
    code = models.SlugField(max_length=30)
    name_vi = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    note_vi = models.CharField(max_length=300, blank=True)
    note_en = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["disease", "code"], name="grade_once_a_disease", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if reads_english() else self.name_vi

    @property
    def note(self) -> str:
        return self.note_en if reads_english() else self.note_vi


class StepKind(models.TextChoices):
    """What a step of a call script asks for; some answers stand in a column of `ContactInterview` of that name."""

    SAY = "say", _("Nói")
    YES_NO = "yes_no", _("Có hoặc không")
    TEXT = "text", _("Câu trả lời bằng lời")
    DAY = "day", _("Ngày")
    DISTANCE = "distance", _("Khoảng cách")
    VENTILATION = "ventilation", _("Thông gió")
    SOURCE_MASK = "source_mask", _("Khẩu trang của nguồn lây")
    CONTACT_MASK = "contact_mask", _("Khẩu trang của người tiếp xúc")


class ScriptStep(models.Model):
    """One step of the script a caller reads, per disease. Reference data; without a disease, of all others."""

    disease = models.ForeignKey("tracing.Disease", models.CASCADE, null=True, blank=True, related_name="script")
    code = models.SlugField(max_length=30)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    text_vi = models.CharField(max_length=500)
    text_en = models.CharField(max_length=500)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["disease", "code"], name="script_step_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.text_en if reads_english() else self.text_vi


class Distance(models.TextChoices):
    WITHIN_1M = "within_1m", _("Trong vòng 1 m")
    WITHIN_2M = "within_2m", _("Từ 1 đến 2 m")
    SAME_ROOM = "same_room", _("Cùng phòng, xa hơn 2 m")
    APART = "apart", _("Không cùng phòng")


class Ventilation(models.TextChoices):
    """As `dauchan.epi.risk.Ventilation`."""

    LOW = "low", _("Kém: phòng kín")
    MEDIUM = "medium", _("Vừa: có cửa mở")
    HIGH = "high", _("Tốt: rất thoáng hoặc ngoài trời")


class Mask(models.TextChoices):
    """As `dauchan.epi.risk.Mask`."""

    NONE = "none", _("Không đeo")
    CLOTH = "cloth", _("Khẩu trang vải")
    MEDICAL = "medical", _("Khẩu trang y tế")
    RESPIRATOR = "respirator", _("N95, KN95, FFP2")


class TestResult(models.TextChoices):
    """Of a contact's test."""

    __test__ = False  # pytest takes what is called Test… for its own

    PENDING = "pending", _("Chờ kết quả")
    NEGATIVE = "negative", _("Âm tính")
    POSITIVE = "positive", _("Dương tính")
    INCONCLUSIVE = "inconclusive", _("Không xác định")


class Outcome(models.TextChoices):
    """How a call ended."""

    REACHED = "reached", _("Gặp được")
    NO_ANSWER = "no_answer", _("Không nghe máy")
    CALL_BACK = "call_back", _("Hẹn gọi lại")
    WRONG_NUMBER = "wrong_number", _("Sai số")
    REFUSED = "refused", _("Từ chối trả lời")


class ContactInterview(models.Model):
    """How far the team is with one contact of a case. Made when somebody first does something about them."""

    case = models.ForeignKey("tracing.Case", models.CASCADE, related_name="contact_interviews")
    # A number of the ledger, not a foreign key: as in `Contact`.
    person_id = models.BigIntegerField()
    # The team's own clock: found → reached → verified → tested → its result.
    found_at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    tested_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=12, choices=TestResult.choices, blank=True)
    # Where they live, if known, and which unit's officers look after them.
    residence = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    assigned_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    next_call_at = models.DateTimeField(null=True, blank=True)
    # What the contact and the case said of the meeting; empty: not known. Read by the explained risk.
    grade = models.ForeignKey(ContactGrade, models.PROTECT, null=True, blank=True, related_name="+")
    distance = models.CharField(max_length=10, choices=Distance.choices, blank=True)
    ventilation = models.CharField(max_length=10, choices=Ventilation.choices, blank=True)
    source_mask = models.CharField(max_length=10, choices=Mask.choices, blank=True)
    contact_mask = models.CharField(max_length=10, choices=Mask.choices, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person_id"], name="contact_interview_once_a_case")]
        indexes = [
            models.Index(fields=["assigned_to", "next_call_at"], name="contact_interview_by_officer"),
            # The team's clock asks for the first of each case.
            models.Index(
                fields=["case", "reached_at"],
                name="contact_interview_reached",
                condition=Q(reached_at__isnull=False),
            ),
            models.Index(
                fields=["next_call_at"], name="contact_interview_due", condition=Q(next_call_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: #{self.person_id}"

    @property
    def needs_visit(self) -> bool:
        """The telephone leads no further."""
        in_vain = self.attempts >= MOST_CALLS or self.last_outcome in {Outcome.WRONG_NUMBER, Outcome.REFUSED}
        return self.reached_at is None and in_vain

    @property
    def is_due(self) -> bool:
        return self.next_call_at is not None and self.next_call_at <= timezone.now()


class Call(models.Model):
    """One try to reach a contact."""

    interview = models.ForeignKey(ContactInterview, models.CASCADE, related_name="calls")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    called_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    call_back_at = models.DateTimeField(null=True, blank=True)
    note = EncryptedTextField(_("Ghi chú"), blank=True)
    # What the record said before and after this call, as JSON with answers of health: null in rows of older releases.
    changed = EncryptedTextField(blank=True, null=True)  # type: ignore[misc]
    # What the caller had before them (`revisions.reading_of`): the same form sent twice is one call.
    reading = models.CharField(max_length=32, blank=True, default="", db_default="")
    # Recorded by mistake: it stays to be read, and counts for nothing.
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-called_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.interview_id} {self.outcome}"


class CallAnswer(models.Model):
    """What a contact answered to a step of the script: of health, so ciphertext."""

    interview = models.ForeignKey(ContactInterview, models.CASCADE, related_name="answers")
    step = models.ForeignKey(ScriptStep, models.PROTECT, related_name="+")
    answer = EncryptedTextField(_("Câu trả lời"))
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "step"], name="answer_once_a_step")]

    def __str__(self) -> str:
        return f"{self.interview_id}: {self.step_id}"

    @property
    def shown(self) -> str:
        """The answer as it is read: a yes or no in the language of the page."""
        words = {"yes": _("Có"), "no": _("Không"), "unknown": _("Không rõ")}
        return str(words.get(self.answer, self.answer)) if self.step.kind == StepKind.YES_NO else self.answer
