"""Opening hours as a form that works without script: a pattern to choose, and lines for each day where days differ."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dauchan.venues.opening_hours import DAYS, MIDNIGHT
from dauchan.web.public.page import DAY_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import time

    from django.forms.boundfield import BoundField

ALL_DAY = [["00:00", MIDNIGHT]]
#: Most places close once at midday; more intervals than these are shown only where a venue already has them.
FEWEST_INTERVALS = 2


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__({"class": "short"}, format="%H:%M")


class HoursFields(forms.Form):
    """Fields for opening hours, to be mixed into the form of a venue. Clean data: `opening_hours`, as they are stored."""

    pattern = forms.ChoiceField(
        label=_("Giờ mở cửa"),
        choices=[
            ("daily", _("Các ngày giống nhau")),
            ("weekly", _("Khác nhau theo ngày")),
            ("always", _("Cả ngày đêm")),
            ("unstated", _("Không ghi giờ")),
        ],
        initial="daily",
        widget=forms.RadioSelect(attrs={"class": "tiles"}),
    )
    daily_from = forms.TimeField(label=_("Mở cửa lúc"), required=False, initial="07:00", widget=TimeInput)
    daily_to = forms.TimeField(label=_("Đóng cửa lúc"), required=False, initial="21:00", widget=TimeInput)
    closed_on = forms.MultipleChoiceField(
        label=_("Ngày nghỉ trong tuần"),
        choices=list(DAY_NAMES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "inline"}),
    )

    #: How many intervals a day has lines for.
    intervals = FEWEST_INTERVALS

    def __init__(self, *args: Any, hours: dict[str, list[list[str]]] | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        hours = hours or {}
        self.intervals = max([FEWEST_INTERVALS, *(len(stretches) for stretches in hours.values())])
        for day in DAYS:
            for number in range(self.intervals):
                for end, label in (("from", _("từ")), ("to", _("đến"))):
                    name = f"{day}_{end}_{number}"
                    self.fields[name] = forms.TimeField(
                        label=f"{DAY_NAMES[day]}, {label}", required=False, widget=TimeInput()
                    )
        if self.instance_has_hours(hours):
            self.initial.update(initial_of(hours))

    def instance_has_hours(self, hours: dict[str, list[list[str]]]) -> bool:
        """Whether the venue is not new: then "no hours" is what its owner said."""
        return any(hours.values()) or getattr(getattr(self, "instance", None), "pk", None) is not None

    def daily_times(self) -> list[BoundField]:
        """For the template: needed with one pattern and not with the others, so neither required nor optional."""
        return [self["daily_from"], self["daily_to"]]

    def weekdays(self) -> Iterator[tuple[object, list[tuple[BoundField, BoundField]]]]:
        """For the template: each day's name with the fields of its intervals."""
        for day in DAYS:
            pairs = [(self[f"{day}_from_{number}"], self[f"{day}_to_{number}"]) for number in range(self.intervals)]
            yield DAY_NAMES[day], pairs

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        pattern = self.cleaned_data.get("pattern")
        if pattern == "daily":
            self.cleaned_data["opening_hours"] = self._daily()
        elif pattern == "weekly":
            self.cleaned_data["opening_hours"] = self._weekly()
        else:
            self.cleaned_data["opening_hours"] = dict.fromkeys(DAYS, ALL_DAY) if pattern == "always" else {}
        return cleaned

    def _daily(self) -> dict[str, list[list[str]]]:
        interval = self._interval("daily_from", "daily_to")
        if interval is None and not {"daily_from", "daily_to"} & self.errors.keys():
            self.add_error("daily_from", _("Nhập giờ mở cửa và giờ đóng cửa, hoặc chọn “Không ghi giờ”."))
        closed = self.cleaned_data.get("closed_on") or []
        return {day: [interval] for day in DAYS if interval and day not in closed}

    def _weekly(self) -> dict[str, list[list[str]]]:
        hours: dict[str, list[list[str]]] = {}
        refused_before = len(self.errors)
        for day in DAYS:
            names = [(f"{day}_from_{number}", f"{day}_to_{number}") for number in range(self.intervals)]
            found = sorted(filter(None, (self._interval(*pair) for pair in names)))
            if any(earlier[1] > later[0] or earlier[1] <= earlier[0] for earlier, later in pairwise(found)):
                self.add_error(names[0][0], _("Các khoảng giờ trong ngày chồng lên nhau."))
            if found:
                hours[day] = found
        if not hours and len(self.errors) == refused_before:
            self.add_error("pattern", _("Chưa nhập giờ của ngày nào. Muốn bỏ trống thì chọn “Không ghi giờ”."))
        return hours

    def _interval(self, from_name: str, to_name: str) -> list[str] | None:
        start: time | None = self.cleaned_data.get(from_name)
        end: time | None = self.cleaned_data.get(to_name)
        if {from_name, to_name} & self.errors.keys() or (start is None and end is None):
            return None
        if start is None or end is None:
            self.add_error(to_name if start else from_name, _("Thiếu một trong hai giờ."))
            return None
        if start == end:
            self.add_error(to_name, _("Giờ đóng trùng giờ mở. Mở suốt thì chọn “Cả ngày đêm”."))
            return None
        return [f"{start:%H:%M}", f"{end:%H:%M}"]


def initial_of(hours: dict[str, list[list[str]]]) -> dict[str, Any]:
    """The form's fields for stored *hours*: the simplest pattern that says the same."""
    stated = {day: stretches for day, stretches in hours.items() if stretches}
    if not stated:
        return {"pattern": "unstated"}
    if stated == dict.fromkeys(DAYS, ALL_DAY):
        return {"pattern": "always"}
    first = next(iter(stated.values()))
    if len(first) == 1 and first != ALL_DAY and all(stretches == first for stretches in stated.values()):
        closed = [day for day in DAYS if day not in stated]
        return {"pattern": "daily", "daily_from": first[0][0], "daily_to": first[0][1], "closed_on": closed}
    lines = {
        f"{day}_{end}_{number}": "00:00" if text == MIDNIGHT else text
        for day, stretches in stated.items()
        for number, stretch in enumerate(stretches)
        for end, text in zip(("from", "to"), stretch, strict=True)
    }
    return {"pattern": "weekly", **lines}
