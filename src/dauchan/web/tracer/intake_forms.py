"""What a tracer fills in about a case."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.tracing.actions import CaseReport
from dauchan.tracing.intake.models import LabOutcome, SampleKind
from dauchan.tracing.intake.reports import LabReport
from dauchan.tracing.intake.symptoms import Symptom
from dauchan.tracing.models import Disease
from dauchan.units.models import Role, Unit, UnitLevel
from dauchan.vietnamese import clean_text
from dauchan.web.cards.typed import birth_year_typed
from dauchan.web.layout.fields import LineField, phone_typed
from dauchan.web.layout.widgets import Combobox, DateInput, DateTimeInput, PhoneInput
from dauchan.web.tracer.documents import document_typed

if TYPE_CHECKING:
    from dauchan.units.models import Officer

#: Values of `CaseForm.who` beside the number of a person.
ANOTHER = "another"
LONGEST_CT = 60


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class LabFields(forms.Form):
    """A laboratory result; the day of its sample is the anchor of the infectious period."""

    lab_kind = forms.ChoiceField(label=_("Loại xét nghiệm"), choices=SampleKind.choices, required=False)
    sampled_on = forms.DateField(label=_("Ngày lấy mẫu xét nghiệm"), widget=DateInput)
    sampled_time = forms.TimeField(label=_("Giờ lấy mẫu"), widget=TimeInput, required=False)
    resulted_at = forms.DateTimeField(label=_("Giờ có kết quả"), widget=DateTimeInput, required=False)
    laboratory = LineField(label=_("Nơi xét nghiệm"), max_length=120, required=False)
    ct = forms.DecimalField(
        label=_("Giá trị Ct"),
        min_value=0,
        max_value=LONGEST_CT,
        max_digits=4,
        decimal_places=1,
        required=False,
        localize=True,
        widget=forms.TextInput({"inputmode": "decimal", "class": "short", "autocomplete": "off"}),
        help_text=_("Chỉ với PCR, nếu phòng xét nghiệm cho biết."),
    )
    lab_result = forms.ChoiceField(label=_("Kết quả xét nghiệm"), choices=LabOutcome.choices, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        now, sampled_on, resulted_at = timezone.now(), cleaned.get("sampled_on"), cleaned.get("resulted_at")
        if sampled_on and sampled_on > timezone.localdate(now):
            self.add_error("sampled_on", _("Ngày này ở tương lai."))
        if resulted_at and resulted_at > now:
            self.add_error("resulted_at", _("Thời điểm này ở tương lai."))
        elif resulted_at and sampled_on and timezone.localdate(resulted_at) < sampled_on:
            self.add_error("resulted_at", _("Có kết quả trước khi lấy mẫu: hãy xem lại ngày."))
        return cleaned

    def lab(self) -> LabReport:
        asked = self.cleaned_data
        return LabReport(
            asked["lab_kind"] or SampleKind.PCR,
            asked["sampled_time"],
            asked["resulted_at"],
            asked["laboratory"],
            asked["ct"],
            asked["lab_result"] or LabOutcome.POSITIVE,
        )


class CaseForm(LabFields):
    """A confirmed case. It is shown with what follows from it before it is kept: see `reading`."""

    phone = forms.CharField(
        label=_("Số điện thoại của ca bệnh"),
        max_length=30,
        required=False,
        widget=PhoneInput({"autocomplete": "off"}),
        help_text=_("Để trống nếu ca bệnh không có điện thoại; khi đó cần họ và tên."),
    )
    full_name = LineField(
        label=_("Họ và tên"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Dùng để tìm ca trùng, và để ghi người chưa từng quét mã. Tên đã có không bị thay."),
    )
    birth_year = forms.CharField(
        label=_("Năm sinh"),
        required=False,
        max_length=10,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "class": "short"}),
    )
    document = forms.CharField(
        label=_("Số CCCD, BHYT, hoặc nội dung quét được từ thẻ"),
        required=False,
        max_length=1000,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Chỉ dùng để tìm đúng người; hệ thống không lưu số này."),
    )
    disease = forms.ModelChoiceField(Disease.objects.all(), label=_("Bệnh"), empty_label=None)
    onset_on = forms.DateField(
        label=_("Ngày khởi phát triệu chứng"),
        widget=DateInput,
        required=False,
        help_text=_("Để trống nếu không có triệu chứng."),
    )
    symptoms = forms.MultipleChoiceField(
        label=_("Triệu chứng"),
        choices=Symptom.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "columns"}),
    )
    isolated_at = forms.DateTimeField(
        label=_("Thời điểm bắt đầu cách ly"),
        widget=DateTimeInput,
        required=False,
        help_text=_("Để trống nếu chưa cách ly."),
    )
    isolated_where = LineField(label=_("Nơi điều trị hoặc cách ly"), max_length=200, required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Địa bàn quản lý ca bệnh"),
        widget=Combobox,
        help_text=_("Phường, xã nơi ở của ca bệnh, hoặc toàn tỉnh nếu chưa rõ."),
    )
    address = LineField(
        label=_("Số nhà, đường, thôn"), max_length=200, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    note = forms.CharField(
        label=_("Ghi chú"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    # Asked for in the preview only: is this the same person as somebody known?
    who = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(officer)  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return phone_typed(typed) if typed.strip() else ""

    def clean_birth_year(self) -> int | None:
        return birth_year_typed(self.cleaned_data["birth_year"], timezone.localdate().year)

    def clean_note(self) -> str:
        return clean_text(self.cleaned_data["note"])

    def clean_who(self) -> str:
        who: str = self.cleaned_data["who"]
        return who if who == ANOTHER or (who.isascii() and who.isdigit()) else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._read_document(cleaned)
        if cleaned.get("onset_on") and cleaned["onset_on"] > timezone.localdate():
            self.add_error("onset_on", _("Ngày này ở tương lai."))
        if cleaned.get("isolated_at") and cleaned["isolated_at"] > timezone.now():
            self.add_error("isolated_at", _("Thời điểm này ở tương lai."))
        if "phone" in cleaned and not cleaned["phone"] and not cleaned.get("full_name"):
            self.add_error("phone", _("Hãy nhập số điện thoại, hoặc họ tên nếu ca bệnh không có điện thoại."))
        return cleaned

    def _read_document(self, cleaned: dict[str, Any]) -> None:
        """A whole card that was scanned also tells name and year of birth, where nothing was typed for them."""
        try:
            typed = document_typed(cleaned.get("document", ""))
        except forms.ValidationError as refused:
            self.add_error("document", refused)
            return
        cleaned["document"] = typed.document if typed else None
        if typed:
            cleaned["full_name"] = cleaned.get("full_name") or typed.full_name
            cleaned["birth_year"] = cleaned.get("birth_year") or typed.birth_year

    def report(self) -> CaseReport:
        asked = self.cleaned_data
        plain = ("phone", "disease", "unit", "sampled_on", "onset_on", "isolated_at", "note", "full_name", "birth_year")
        return CaseReport(
            **{name: asked[name] for name in plain},
            document=asked["document"],
            symptoms=tuple(asked["symptoms"]),
            isolated_where=asked["isolated_where"],
            address=asked["address"],
            lab=self.lab(),
            same_as=int(asked["who"]) if asked["who"].isdigit() else None,
            is_another=asked["who"] == ANOTHER,
        )

    def reading(self) -> str:
        """A digest of what the tracer saw in the preview: a value changed since then is shown again before it counts."""
        said = {name: str(value) for name, value in self.cleaned_data.items() if name != "who"}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def units_of(officer: Officer) -> Any:  # noqa: ANN401 - a queryset of the manager's own class
    """The province first, then the communes in force today, all within the officer's tracing area."""
    units = Unit.objects.none()
    for own in officer.units_as(Role.TRACER):
        units |= Unit.objects.within(own)
    return units.valid_on(timezone.localdate()).exclude(level=UnitLevel.DISTRICT).order_by("-level", "sort_key")
