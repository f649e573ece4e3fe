"""Who gets a card: one person, or a whole list."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.access import ISSUES_CARDS
from dauchan.people.cards import usual_expiry
from dauchan.people.holders import Holder
from dauchan.units.models import Unit
from dauchan.units.queries import communes_of
from dauchan.vietnamese import fold
from dauchan.web.cards.typed import birth_year_typed
from dauchan.web.layout.fields import LineField, ListFile, phone_typed
from dauchan.web.layout.widgets import Combobox, DateInput, PhoneInput

if TYPE_CHECKING:
    from django.http import QueryDict

    from dauchan.units.models import Officer

LONGEST_DAYS = 5 * 365 + 1


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    def label_from_instance(self, unit: Unit) -> str:
        return unit.full_name


class IssuingForm(forms.Form):
    """What is common to one card and to many: who issues, and how long they are good."""

    unit = UnitField(
        label=_("Phường, xã cấp thẻ"),
        queryset=Unit.objects.none(),
        widget=Combobox(),
        error_messages={"required": _("Hãy chọn phường, xã.")},
    )
    last_on = forms.DateField(label=_("Dùng đến hết ngày"), widget=DateInput({"class": "short"}))

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["last_on"].initial = usual_expiry(today) - dt.timedelta(days=1)
        own = officer.units_as(*ISSUES_CARDS)
        units = communes_of(own, today) | Unit.objects.filter(pk__in=[unit.pk for unit in own])
        self.only_unit = units[0] if len(units[:2]) == 1 else None
        if self.only_unit:
            del self.fields["unit"]  # there is nothing to choose
        else:
            cast("UnitField", self.fields["unit"]).queryset = units.distinct()

    def clean_last_on(self) -> dt.date:
        last_on: dt.date = self.cleaned_data["last_on"]
        today = timezone.localdate()
        if not today <= last_on <= today + dt.timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(_("Chọn một ngày từ hôm nay đến năm năm sau."))
        return last_on

    def put_back(self, name: str, value: str) -> None:
        """Show the form again with *value* in a field as if it had been sent."""
        sent = cast("QueryDict", self.data).copy()
        sent[name] = value
        self.data = sent

    @property
    def chosen_unit(self) -> Unit:
        return self.only_unit or self.cleaned_data["unit"]

    @property
    def expires_on(self) -> dt.date:
        return cast("dt.date", self.cleaned_data["last_on"]) + dt.timedelta(days=1)


class CardForm(IssuingForm):
    field_order = ["full_name", "birth_year", "phone", "address", "unit", "last_on"]

    full_name = LineField(
        label=_("Họ và tên"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "off", "autofocus": True, "spellcheck": "false"}),
        error_messages={"required": _("Hãy nhập họ và tên.")},
    )
    birth_year = forms.CharField(
        label=_("Năm sinh"),
        required=False,
        max_length=10,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "class": "short"}),
    )
    phone = forms.CharField(
        label=_("Điện thoại liên hệ"),
        required=False,
        max_length=40,
        widget=PhoneInput({"autocomplete": "off"}),
        help_text=_("Của người giữ thẻ hoặc người thân; chỉ để gọi khi cần, không dùng để đăng nhập."),
    )
    address = LineField(
        label=_("Thôn, tổ dân phố, số nhà"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    confirmed = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def clean_birth_year(self) -> int | None:
        return birth_year_typed(self.cleaned_data["birth_year"], timezone.localdate().year)

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return phone_typed(typed, landline=True) if typed.strip() else ""

    @property
    def holder(self) -> Holder:
        names = ("full_name", "birth_year", "phone", "address")
        return Holder(**{name: self.cleaned_data[name] for name in names})

    @property
    def likeness(self) -> str:
        """What a possible double was shown for: another name has to be looked at anew."""
        return f"{fold(self.holder.full_name)}|{self.holder.birth_year or ''}"

    @property
    def is_confirmed(self) -> bool:
        return bool(self.cleaned_data["confirmed"] == self.likeness)


class ListForm(IssuingForm):
    field_order = ["file", "text", "unit", "last_on"]

    file = ListFile(
        label=_("Tệp danh sách"),
        help_text=_("XLSX hoặc CSV, tối đa 1.000 dòng, 2 MB."),
    )
    text = forms.CharField(
        label=_("Hoặc dán danh sách vào đây"),
        required=False,
        max_length=300_000,
        strip=False,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false", "wrap": "off"}),
        help_text=_("Mỗi người một dòng: họ tên, năm sinh, điện thoại, địa chỉ; chép thẳng từ bảng tính cũng được."),
    )
