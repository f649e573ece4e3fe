"""What a head writes about a member: facts, shifts, leave."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.roster.models import LeaveKind, Member
from dauchan.people.roster.roster_list import Pattern
from dauchan.web.layout.concurrent import SeenForm
from dauchan.web.layout.fields import LineField, phone_typed
from dauchan.web.layout.widgets import DateInput, PhoneInput

if TYPE_CHECKING:
    from collections.abc import Sequence

ONE_DAY = dt.timedelta(days=1)
IDENTITY_DIGITS = 12
MOST_SHIFTS = 10
WEEKDAYS = [
    ("0", _("Thứ Hai")),
    ("1", _("Thứ Ba")),
    ("2", _("Thứ Tư")),
    ("3", _("Thứ Năm")),
    ("4", _("Thứ Sáu")),
    ("5", _("Thứ Bảy")),
    ("6", _("Chủ nhật")),
]


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__({"class": "short"}, format="%H:%M")


class MemberForm(SeenForm):
    employee_number = LineField(label=_("Mã nhân viên"), max_length=20, widget=forms.TextInput({"class": "short"}))
    full_name = LineField(label=_("Họ và tên"), max_length=100, widget=forms.TextInput({"autocomplete": "off"}))
    phone = forms.CharField(
        label=_("Điện thoại di động"),
        required=False,
        max_length=40,
        widget=PhoneInput({"autocomplete": "off"}),
        help_text=_("Số mà người này dùng để quét mã. Chỉ giữ dấu băm, không giữ số; để trống thì không đổi."),
    )
    forget_phone = forms.BooleanField(label=_("Bỏ số điện thoại đang giữ"), required=False)
    department = LineField(label=_("Phòng, ban, bộ phận"), max_length=80, required=False)
    joined_on = forms.DateField(label=_("Làm việc từ ngày"), widget=DateInput)
    last_on = forms.DateField(
        label=_("Làm việc đến hết ngày"), required=False, widget=DateInput, help_text=_("Để trống khi còn làm việc.")
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        self.member = member
        initial = {name: getattr(member, name) for name in ("employee_number", "full_name", "department", "joined_on")}
        super().__init__(*args, **{"initial": {**initial, "last_on": member.last_on}, **kwargs})
        shifts = sorted(member.shifts.values_list()) if member.pk else []
        self.shows(initial, member.last_on, bytes(member.phone_hash or b""), shifts)
        if member.phone_hash is None:
            del self.fields["forget_phone"]

    def clean_employee_number(self) -> str:
        number: str = self.cleaned_data["employee_number"]
        if number.isdigit() and len(number) == IDENTITY_DIGITS:
            raise forms.ValidationError(_("Không dùng số căn cước làm mã nhân viên."))
        return number

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return phone_typed(typed) if typed.strip() else ""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        joined, last = self.cleaned_data.get("joined_on"), self.cleaned_data.get("last_on")
        if joined and last and last < joined:
            self.add_error("last_on", _("Ngày này trước ngày bắt đầu làm việc."))
        if last == dt.date.max:
            self.add_error("last_on", _("Ngày này quá xa."))
        return cleaned

    def written(self) -> Member:
        said = self.cleaned_data
        for name in ("employee_number", "full_name", "department", "joined_on"):
            setattr(self.member, name, said[name])
        self.member.left_on = said["last_on"] + ONE_DAY if said["last_on"] else None
        return self.member

    def phone_to_keep(self) -> str | None:
        """As of `keep_member`."""
        return self.cleaned_data["phone"] or ("" if self.cleaned_data.get("forget_phone") else None)


class ShiftForm(forms.Form):
    weekdays = forms.MultipleChoiceField(
        label=_("Ngày làm việc"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple({"class": "columns"})
    )
    starts = forms.TimeField(label=_("Bắt đầu"), widget=TimeInput)
    ends = forms.TimeField(
        label=_("Kết thúc"), widget=TimeInput, help_text=_("Sớm hơn hoặc bằng giờ bắt đầu: sang ngày hôm sau.")
    )
    on_holidays = forms.BooleanField(label=_("Làm cả ngày lễ"), required=False)

    def pattern(self) -> Pattern:
        said = self.cleaned_data
        bits = sum(1 << int(day) for day in said["weekdays"])
        return Pattern(bits, said["starts"], said["ends"], on_holidays=said["on_holidays"])


ShiftForms = forms.formset_factory(ShiftForm, extra=1, max_num=MOST_SHIFTS, validate_max=True, can_delete=True)


def shift_initial(patterns: Sequence[Pattern]) -> list[dict[str, Any]]:
    return [
        {
            "weekdays": [str(day) for day in range(7) if pattern.weekdays >> day & 1],
            "starts": pattern.starts,
            "ends": pattern.ends,
            "on_holidays": pattern.on_holidays,
        }
        for pattern in patterns
    ]


class LeaveForm(forms.Form):
    kind = forms.ChoiceField(label=_("Lý do"), choices=LeaveKind.choices)
    first_on = forms.DateField(label=_("Từ ngày"), widget=DateInput)
    last_on = forms.DateField(label=_("Đến hết ngày"), widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        today = timezone.localdate()
        super().__init__(*args, **{"initial": {"first_on": today, "last_on": today}, "auto_id": "leave_%s", **kwargs})

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        first, last = self.cleaned_data.get("first_on"), self.cleaned_data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("Ngày kết thúc phải từ ngày bắt đầu trở đi."))
        if last == dt.date.max:
            self.add_error("last_on", _("Ngày này quá xa."))
        return cleaned
