"""Which past days are to be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dauchan.web.layout.widgets import DateInput

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from django.http import QueryDict


class BackfillForm(forms.Form):
    first = forms.DateField(label=_("Từ ngày"), widget=DateInput)
    last = forms.DateField(label=_("Đến hết ngày"), widget=DateInput)

    def __init__(self, sent: QueryDict | None = None, *, days: Sequence[dt.date]) -> None:
        super().__init__(sent, initial={"first": days[0], "last": days[-1]} if days else {})
        for name in self.fields if days else ():
            self.fields[name].widget.attrs |= {"min": f"{days[0]:%Y-%m-%d}", "max": f"{days[-1]:%Y-%m-%d}"}
        self._days = list(days)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("first") and said.get("last") and said["first"] > said["last"]:
            self.add_error("last", _("Ngày cuối phải sau hoặc trùng ngày đầu."))
        elif said and not self.days():
            raise forms.ValidationError(_("Không có ngày nào trong khoảng này còn được lưu và thuộc thỏa thuận."))
        return said

    def days(self) -> list[dt.date]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        return [day for day in self._days if first and last and first <= day <= last]
