"""What a contact, or an officer for them, fills in about a day; and what officers filter and note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.tracing.follow_up.actions import Answer
from dauchan.tracing.intake.models import LabOutcome, SampleKind
from dauchan.tracing.intake.symptoms import Symptom
from dauchan.units.models import Unit
from dauchan.web.layout.widgets import Combobox, DateInput, DateTimeInput

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.tracing.follow_up.models import FollowUpRule

COLDEST, HOTTEST, FEVER = 34.0, 43.0, 38.0


def read_temperature(text: str) -> str:
    """38,6 and 38.6 and 38.6°C are one temperature; "" for none. Raises: ValidationError."""
    typed = text.strip().lower().removesuffix("c").removesuffix("°").replace(",", ".").strip()
    if not typed:
        return ""
    try:
        degrees = float(typed)
    except ValueError:
        degrees = 0.0
    if not COLDEST <= degrees <= HOTTEST:
        raise ValidationError(_("Nhiệt độ từ 34 đến 43 °C, ví dụ 37,2."))
    return f"{degrees:.1f}"


def symptom_choices(rule: FollowUpRule) -> list[tuple[str, Any]]:
    """The closed list of the rule, in the order of all symptoms."""
    wanted = set(rule.symptoms.split())
    return [(symptom.value, symptom.label) for symptom in Symptom if symptom.value in wanted]


def answer_of(symptoms: list[str], temperature: str, remark: str, rule: FollowUpRule) -> Answer:
    """A measured fever is a symptom, whether it was ticked or not."""
    found = set(symptoms)
    if temperature and float(temperature) >= FEVER and Symptom.FEVER in rule.symptoms.split():
        found.add(Symptom.FEVER)
    return Answer(tuple(code for code, _label in symptom_choices(rule) if code in found), temperature, remark)


class SymptomForm(forms.Form):
    """How somebody is today."""

    state = forms.ChoiceField(
        label=_("Hôm nay sức khỏe thế nào?"),
        choices=[("well", _("Khỏe, không có triệu chứng")), ("ill", _("Có triệu chứng"))],
        widget=forms.RadioSelect(attrs={"class": "tiles"}),
    )
    symptoms = forms.MultipleChoiceField(
        label=_("Triệu chứng"), required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "tiles"})
    )
    temperature = forms.CharField(
        label=_("Nhiệt độ (°C), nếu có đo"),
        required=False,
        max_length=8,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal", "autocomplete": "off"}),
    )
    remark = forms.CharField(
        label=_("Ghi thêm"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, rule: FollowUpRule, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self.rule = rule
        self.fields["symptoms"].choices = symptom_choices(rule)  # type: ignore[attr-defined]  # the stubs know only Field

    def clean_temperature(self) -> str:
        return read_temperature(self.cleaned_data["temperature"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == "ill" and not cleaned.get("symptoms"):
            self.add_error("symptoms", _("Hãy chọn ít nhất một triệu chứng."))
        return cleaned

    def answer(self) -> Answer:
        said = self.cleaned_data
        return answer_of(said["symptoms"], said["temperature"], said["remark"], self.rule)


class TodayFilter(forms.Form):
    """Which part of the list is looked at."""

    q = forms.CharField(label=_("Số người hoặc mã ca"), required=False, max_length=40)
    team = forms.ModelChoiceField(label=_("Xã, phường"), required=False, queryset=Unit.objects.none(), widget=Combobox)


class NoteForm(forms.Form):
    """A sentence that says what was done or why."""

    note = forms.CharField(
        label=_("Lý do, việc đã làm"), min_length=5, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class EndForm(forms.Form):
    note = forms.CharField(
        label=_("Ghi chú khi kết thúc"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class TestDayForm(forms.Form):
    due_on = forms.DateField(label=_("Ngày xét nghiệm"), widget=DateInput)

    def clean_due_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["due_on"]
        today = timezone.localdate()
        if abs((day - today).days) > 60:  # noqa: PLR2004 - longer than any schedule
            raise ValidationError(_("Hãy chọn ngày trong vòng 60 ngày."))
        return day


class SampleForm(forms.Form):
    """A sample that was taken, or the result of one."""

    kind = forms.ChoiceField(label=_("Loại xét nghiệm"), choices=SampleKind.choices, required=False)
    sampled_at = forms.DateTimeField(label=_("Lấy mẫu lúc"), required=False, widget=DateTimeInput)
    result = forms.ChoiceField(label=_("Kết quả"), required=False, choices=[("", "—"), *LabOutcome.choices])

    def clean_sampled_at(self) -> dt.datetime | None:
        at: dt.datetime | None = self.cleaned_data["sampled_at"]
        if at and at > timezone.now():
            raise ValidationError(_("Thời điểm lấy mẫu không được ở tương lai."))
        return at


class CaseFromContactForm(forms.Form):
    """The dates from which the new case's infectious period follows; filled in from what is known."""

    sampled_on = forms.DateField(label=_("Ngày lấy mẫu"), widget=DateInput)
    onset_on = forms.DateField(label=_("Ngày khởi phát"), required=False, widget=DateInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        today = timezone.localdate()
        for name in ("sampled_on", "onset_on"):
            day = cleaned.get(name)
            if day and not 0 <= (today - day).days <= 60:  # noqa: PLR2004 - longer than any schedule
                self.add_error(name, _("Hãy chọn ngày trong vòng 60 ngày, không ở tương lai."))
        return cleaned
