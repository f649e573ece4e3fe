"""Which outbreak is looked at: disease, area and period, in the address of the page."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.tracing.models import Disease
from dauchan.units.models import Unit
from dauchan.web.layout.widgets import Combobox, DateInput

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: What is shown to who has not chosen: six weeks, today's included.
USUAL_DAYS = 42
MOST_DAYS = 366
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2100, 1, 1)
BASES = [("onset", _("Ngày khởi phát")), ("sample", _("Ngày lấy mẫu")), ("report", _("Ngày ghi nhận"))]


class OutbreakForm(forms.Form):
    """The choice of an outbreak; what is left out takes its usual value."""

    disease = forms.ModelChoiceField(Disease.objects.none(), label=_("Bệnh"), required=False, empty_label=None)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Địa bàn"), required=False, empty_label=None, widget=Combobox
    )
    first_on = forms.DateField(label=_("Từ ngày"), required=False, widget=DateInput)
    last_on = forms.DateField(label=_("Đến hết ngày"), required=False, widget=DateInput)
    basis = forms.ChoiceField(label=_("Tính theo"), required=False, choices=BASES)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self.fields["disease"].queryset = Disease.objects.all()  # type: ignore[attr-defined]  # the stubs know only Field
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        last_on = cleaned.get("last_on") or timezone.localdate()
        first_on = cleaned.get("first_on") or max(last_on, EARLIEST) - dt.timedelta(days=USUAL_DAYS - 1)
        if not all(EARLIEST <= day <= LATEST for day in (first_on, last_on)):
            self.add_error("first_on", _("Hãy chọn những ngày từ năm 2000 trở đi."))
        elif first_on > last_on:
            self.add_error("first_on", _("Ngày bắt đầu phải trước ngày kết thúc."))
        elif (last_on - first_on).days >= MOST_DAYS:
            self.add_error("first_on", _("Chỉ xem được tối đa một năm mỗi lần."))
        return cleaned | {"first_on": first_on, "last_on": last_on, "basis": cleaned.get("basis") or "onset"}
