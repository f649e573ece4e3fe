"""An order on the way of scanning, as it is written."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.units.models import Unit
from dauchan.units.queries import communes_of
from dauchan.venues.models import Category, Mode
from dauchan.venues.modes import ORDERS_MODES, NewOrder
from dauchan.web.layout.widgets import Combobox, DateInput

if TYPE_CHECKING:
    from dauchan.units.models import Officer


class ModeOrderForm(forms.Form):
    document_number = forms.CharField(
        label=_("Số văn bản"), max_length=60, help_text=_("Như ghi trên văn bản, ví dụ 840/UBND-CN.")
    )
    document_title = forms.CharField(label=_("Trích yếu văn bản"), max_length=300)
    mode = forms.ChoiceField(
        label=_("Cách quét"), choices=Mode.choices, widget=forms.RadioSelect(attrs={"class": "tiles"})
    )
    categories = forms.ModelMultipleChoiceField(
        label=_("Loại hình"), queryset=Category.objects.all(), widget=forms.CheckboxSelectMultiple({"class": "columns"})
    )
    unit = forms.ModelChoiceField(
        label=_("Địa bàn áp dụng"),
        queryset=Unit.objects.none(),
        empty_label=None,
        widget=Combobox(),
        help_text=_("Gồm cả mọi phường, xã bên trong."),
    )
    starts_on = forms.DateField(label=_("Từ ngày"), widget=DateInput)
    last_on = forms.DateField(
        label=_("Đến hết ngày"), required=False, widget=DateInput, help_text=_("Để trống: đến khi có văn bản khác.")
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        today = timezone.localdate()
        super().__init__(*args, **{"initial": {"starts_on": today}, **kwargs})
        own = officer.units_as(*ORDERS_MODES)
        within = communes_of(own, today).values_list("pk", flat=True)
        choices = Unit.objects.filter(pk__in={*(unit.pk for unit in own), *within}).order_by("path")
        cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = choices
        self.fields["starts_on"].widget.attrs["min"] = today.isoformat()

    def clean_starts_on(self) -> dt.date:
        starts_on: dt.date = self.cleaned_data["starts_on"]
        if starts_on < timezone.localdate():
            raise forms.ValidationError(_("Ngày bắt đầu không được ở trong quá khứ."))
        return starts_on

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        starts_on, last_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("last_on")
        if starts_on and last_on and last_on < starts_on:
            self.add_error("last_on", _("Ngày kết thúc phải từ ngày bắt đầu trở đi."))
        if last_on == dt.date.max:
            self.add_error("last_on", _("Ngày này quá xa."))
        return cleaned

    def mark(self) -> str:
        """Tells one valid order from another: what is confirmed is what was shown."""
        said = json.dumps({**self.cleaned_data, "unit": self.cleaned_data["unit"].pk}, default=_plain, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def order(self) -> NewOrder:
        """What was written, once it is valid."""
        said = self.cleaned_data
        return NewOrder(
            unit=said["unit"],
            categories=list(said["categories"]),
            mode=Mode(said["mode"]),
            starts_on=said["starts_on"],
            ends_on=said["last_on"] + dt.timedelta(days=1) if said["last_on"] else None,
            document_number=said["document_number"],
            document_title=said["document_title"],
        )


def _plain(value: Any) -> object:  # noqa: ANN401 - what JSON does not know: dates and the chosen categories
    return sorted(category.pk for category in value) if hasattr(value, "model") else str(value)
