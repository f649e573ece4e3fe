"""What a caller fills in, and how a list is shared out and graded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.tracing.errors import WrittenMeanwhile
from dauchan.tracing.interviews.calling import COLUMNS, CallReport
from dauchan.tracing.interviews.models import ContactGrade, Outcome, StepKind, TestResult
from dauchan.tracing.interviews.queries import grades_of
from dauchan.tracing.interviews.teams import tracers_within
from dauchan.tracing.models import Verdict
from dauchan.units.models import Role, Unit
from dauchan.vietnamese import clean_text
from dauchan.web.layout.widgets import DateInput, DateTimeInput
from dauchan.web.tracer.list_forms import ChosenContacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dauchan.tracing.interviews.models import ContactInterview, ScriptStep
    from dauchan.tracing.models import Disease
    from dauchan.units.models import Officer

YES_NO = [("", _("Chưa hỏi")), ("yes", _("Có")), ("no", _("Không")), ("unknown", _("Không rõ"))]
LONGEST_ANSWER = 500
STEP = "step_"


class CallForm(forms.Form):
    """One call: the script's answers, how it ended, and what follows from it."""

    outcome = forms.ChoiceField(
        label=_("Cuộc gọi kết thúc thế nào"),
        choices=Outcome.choices,
        widget=forms.RadioSelect({"class": "tiles"}),
        error_messages={"required": _("Hãy chọn cuộc gọi kết thúc thế nào.")},
    )
    call_back_at = forms.DateTimeField(
        label=_("Gọi lại lúc"), widget=DateTimeInput, required=False, help_text=_("Bắt buộc khi hẹn gọi lại.")
    )
    grade = forms.ModelChoiceField(
        ContactGrade.objects.none(), label=_("Mức tiếp xúc"), required=False, empty_label=_("Chưa phân loại")
    )
    verdict = forms.ChoiceField(label=_("Kết quả xác minh"), choices=Verdict.choices)
    note = forms.CharField(label=_("Ghi chú"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's signature
        steps: Iterable[ScriptStep],
        disease: Disease,
        **kwargs: Any,  # noqa: ANN401 - same
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].queryset = ContactGrade.objects.filter(pk__in=[grade.pk for grade in grades_of(disease)])  # type: ignore[attr-defined]
        self.steps = list(steps)
        for step in self.steps:
            if step.kind != StepKind.SAY:
                self.fields[f"{STEP}{step.pk}"] = _answer_field(step)

    def clean_note(self) -> str:
        return clean_text(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        back = cleaned.get("call_back_at")
        if cleaned.get("outcome") == Outcome.CALL_BACK and not back:
            self.add_error("call_back_at", _("Hãy ghi giờ hẹn gọi lại."))
        if cleaned.get("outcome") == Outcome.CALL_BACK and back and back <= timezone.now():
            self.add_error("call_back_at", _("Giờ hẹn phải ở tương lai."))
        return cleaned

    def tell_of_newer(self, newest: Mapping[str, Any]) -> None:
        """Somebody else wrote meanwhile: what they wrote stands beside what was typed, and nothing typed is lost."""
        self.add_error(None, WrittenMeanwhile.message)
        for name, stored in newest.items():
            field = self.fields.get(name)
            if field and stored and str(stored) != str(self.data.get(name, "")):
                words = dict(getattr(field, "choices", ())).get(stored, stored)
                self.add_error(name, _("Bản mới nhất đã ghi: %(stored)s.") % {"stored": words})

    def script(self) -> list[tuple[ScriptStep, forms.BoundField | None]]:
        """The steps in order, each with its field; those that are only said have none."""
        return [(step, self[f"{STEP}{step.pk}"] if f"{STEP}{step.pk}" in self.fields else None) for step in self.steps]

    def report(self) -> CallReport:
        asked = self.cleaned_data
        answers = {step: _text(asked[f"{STEP}{step.pk}"]) for step in self.steps if f"{STEP}{step.pk}" in asked}
        back = asked["call_back_at"] if asked["outcome"] == Outcome.CALL_BACK else None
        return CallReport(asked["outcome"], back, asked["note"], answers)


def _answer_field(step: ScriptStep) -> forms.Field:
    if step.kind in COLUMNS:
        choices = [("", _("Chưa rõ")), *COLUMNS[step.kind].choices]
        return forms.ChoiceField(label=step.text, choices=choices, required=False)
    if step.kind == StepKind.YES_NO:
        return forms.ChoiceField(label=step.text, choices=YES_NO, required=False)
    if step.kind == StepKind.DAY:
        return forms.DateField(label=step.text, widget=DateInput, required=False)
    words = forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=step.text, max_length=LONGEST_ANSWER, required=False, widget=words)


def _text(answer: object) -> str:
    return clean_text(str(answer)) if answer else ""


def answers_before(interview: ContactInterview | None, steps: Iterable[ScriptStep]) -> Mapping[str, Any]:
    """What was answered in earlier calls, as initial values of `CallForm`."""
    if interview is None:
        return {}
    kept = dict(interview.answers.values_list("step", "answer"))
    known: dict[str, Any] = {"grade": interview.grade_id}
    for step in steps:
        known[f"{STEP}{step.pk}"] = getattr(interview, step.kind) if step.kind in COLUMNS else kept.get(step.pk, "")
    return known


class TestForm(forms.Form):
    """A contact's test."""

    __test__ = False

    tested_at = forms.DateTimeField(label=_("Lấy mẫu lúc"), widget=DateTimeInput)
    result = forms.ChoiceField(label=_("Kết quả xét nghiệm"), choices=TestResult.choices)

    def clean_tested_at(self) -> Any:  # noqa: ANN401 - an instant
        if self.cleaned_data["tested_at"] > timezone.now():
            raise forms.ValidationError(_("Thời điểm này ở tương lai."))
        return self.cleaned_data["tested_at"]


class WorkForm(ChosenContacts):
    """Sharing out and grading, for the ticked contacts or for all that the filter lets through."""

    RESIDENCE, SHARED, NOBODY = "residence", "shared", "nobody"

    task = forms.ChoiceField(label=_("Phân công"), error_messages={"required": _("Hãy chọn việc cần làm.")})

    def __init__(self, *args: Any, officer: Officer, disease: Disease, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        own = officer.units_as(Role.TRACER)
        self.officers = {f"officer-{one.pk}": one for one in tracers_within(own)}
        self.teams = {f"team-{unit.pk}": unit for unit in _staffed(own)}
        self.grades = {f"grade-{grade.pk}": grade for grade in grades_of(disease)}
        self.fields["task"].choices = [  # type: ignore[attr-defined]
            ("", _("— Chọn việc —")),
            (
                _("Phân công"),
                [
                    (self.RESIDENCE, _("Cho đội theo nơi ở")),
                    (self.SHARED, _("Theo nơi ở, chia đều cho từng cán bộ")),
                    (self.NOBODY, _("Bỏ phân công")),
                ],
            ),
            (_("Cho một đội"), [(key, str(unit)) for key, unit in self.teams.items()]),
            (_("Cho một cán bộ"), [(key, str(one)) for key, one in self.officers.items()]),
            (
                _("Mức tiếp xúc"),
                [*((key, grade.name) for key, grade in self.grades.items()), ("grade-none", _("Bỏ phân loại"))],
            ),
        ]

    def receiver(self) -> Officer | Unit | None:
        task = self.cleaned_data["task"]
        return self.officers.get(task) or self.teams.get(task)


def _staffed(own: Iterable[Unit]) -> Any:  # noqa: ANN401 - a queryset of the manager's own class
    units = Unit.objects.none()
    for unit in own:
        units |= Unit.objects.within(unit)
    tracing = units.filter(appointments__role=Role.TRACER, appointments__until=None)
    return tracing.distinct().order_by("-level", "sort_key")
