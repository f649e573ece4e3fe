"""What a tracer fills in about a case."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.tracing.actions import CaseReport, policy_for
from dauchan.tracing.models import Disease
from dauchan.units.models import Role, Unit, UnitLevel
from dauchan.vietnamese import clean_text
from dauchan.web.layout.fields import LineField, phone_typed
from dauchan.web.layout.widgets import Combobox, DateInput, DateTimeInput, PhoneInput

if TYPE_CHECKING:
    from dauchan.epi import TracePolicy
    from dauchan.tracing.models import Case
    from dauchan.units.models import Officer

SHORTEST_REASON = 10


class CaseForm(forms.Form):
    """A confirmed case. It is shown with what follows from it before it is kept: see `reading`."""

    phone = forms.CharField(label=_("Số điện thoại của ca bệnh"), max_length=30, widget=PhoneInput)
    full_name = LineField(
        label=_("Họ và tên, nếu ca bệnh chưa từng quét mã"),
        max_length=100,
        required=False,
        help_text=_("Chỉ dùng khi chưa có ai trong hệ thống mang số này. Tên đã có không bị thay."),
    )
    disease = forms.ModelChoiceField(Disease.objects.all(), label=_("Bệnh"), empty_label=None)
    sampled_on = forms.DateField(label=_("Ngày lấy mẫu xét nghiệm"), widget=DateInput)
    onset_on = forms.DateField(
        label=_("Ngày khởi phát triệu chứng"),
        widget=DateInput,
        required=False,
        help_text=_("Để trống nếu không có triệu chứng."),
    )
    isolated_at = forms.DateTimeField(
        label=_("Thời điểm bắt đầu cách ly"),
        widget=DateTimeInput,
        required=False,
        help_text=_("Để trống nếu chưa cách ly."),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Địa bàn quản lý ca bệnh"),
        widget=Combobox,
        help_text=_("Phường, xã nơi ở của ca bệnh, hoặc toàn tỉnh nếu chưa rõ."),
    )
    note = forms.CharField(
        label=_("Ghi chú"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = _units_of(officer)  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        return phone_typed(self.cleaned_data["phone"])

    def clean_note(self) -> str:
        return clean_text(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        today = timezone.localdate()
        for name in ("sampled_on", "onset_on"):
            if cleaned.get(name) and cleaned[name] > today:
                self.add_error(name, _("Ngày này ở tương lai."))
        if cleaned.get("isolated_at") and cleaned["isolated_at"] > timezone.now():
            self.add_error("isolated_at", _("Thời điểm này ở tương lai."))
        return cleaned

    def report(self) -> CaseReport:
        return CaseReport(**self.cleaned_data)

    def reading(self) -> str:
        """A digest of what the tracer saw in the preview: a value changed since then is shown again before it counts."""
        said = {name: str(value) for name, value in self.cleaned_data.items()}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def _units_of(officer: Officer) -> Any:  # noqa: ANN401 - a queryset of the manager's own class
    """The province first, then the communes in force today, all within the officer's tracing area."""
    units = Unit.objects.none()
    for own in officer.units_as(Role.TRACER):
        units |= Unit.objects.within(own)
    return units.valid_on(timezone.localdate()).exclude(level=UnitLevel.DISTRICT).order_by("-level", "sort_key")


class TraceForm(forms.Form):
    """How far to trace. The rule's own figures are not for choosing here."""

    generations = forms.TypedChoiceField(
        label=_("Số vòng truy vết"),
        coerce=int,
        choices=[(1, _("F1")), (2, _("F1 và F2")), (3, _("F1, F2 và F3"))],
        initial=2,
        widget=forms.RadioSelect(attrs={"class": "tiles"}),
    )
    crowd_limit = forms.IntegerField(
        label=_("Giới hạn nơi đông người, từ vòng F2"),
        min_value=0,
        max_value=100_000,
        initial=150,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        help_text=_(
            "Từ vòng F2, nơi có nhiều lượt vào hơn số này trong ngày được nêu thành thông báo công khai, không liệt kê từng "
            "người. Số nhỏ: danh sách ngắn, có thể sót người. Số lớn, hoặc 0 là không giới hạn: không sót, nhưng vòng F2 của "
            "một ca có thể gồm gần như cả tỉnh. Vòng F1 luôn được liệt kê đủ."
        ),
    )

    def policy(self, case: Case) -> TracePolicy:
        return policy_for(case, **self.cleaned_data)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do rút lại"),
        min_length=SHORTEST_REASON,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ít nhất 10 ký tự; lý do được ghi vào nhật ký."),
    )
