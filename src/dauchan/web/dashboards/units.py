"""The indicators of a unit over a period, and of the units directly below it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dauchan.compliance.periods import Period
from dauchan.compliance.posters_out_of_place import posters_out_of_place
from dauchan.compliance.unit_use import (
    LOOKS_BACK,
    RANKED_FROM_VENUES,
    UnitUse,
    days_of_unit,
    silent_communes,
    use_of_units,
)
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Unit
from dauchan.venues.access import SEES_VENUES
from dauchan.venues.models import Venue
from dauchan.web.dashboards.asked import SEES_DASHBOARDS, Asked, asked
from dauchan.web.dashboards.drawing import active_venues, scans_and_people
from dauchan.web.dashboards.lines import lines_of
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

#: By what the units are compared; those too small to be ranked stand below the others in every order but that of names.
SORTS: Final[dict[str, tuple[object, Callable[[UnitUse], float | None]]]] = {
    "share": (_("Tỷ lệ địa điểm có lượt quét"), lambda use: use.sums.active_share),
    "scans": (_("Lượt quét mỗi ngày"), lambda use: use.sums.scans_a_day),
    "people": (_("Số người mỗi ngày"), lambda use: use.sums.people_a_day),
    "a_venue": (_("Lượt quét mỗi địa điểm đã duyệt"), lambda use: use.sums.scans_a_venue),
    "change": (_("Lượt quét so với kỳ trước"), lambda use: use.scans_change),
    "registered": (_("Địa điểm đã duyệt"), lambda use: float(use.on_last.registered)),
    "name": (_("Tên đơn vị"), lambda _use: None),
}
USUAL_SORT = "share"


@require_safe
@officer_required(*SEES_DASHBOARDS)
def unit_page(request: OfficerRequest) -> HttpResponse:
    chosen = asked(request)
    whole, *parts = use_of(chosen)
    order, upwards = order_of(request)
    # Six days more, for the mean of seven days at the first of the period.
    days = days_of_unit(chosen.unit, Period(chosen.period.first - dt.timedelta(days=6), chosen.period.last))
    context = {
        "asked": chosen,
        "whole": whole,
        "parts": ordered([part for part in parts if part.has_venues], order, upwards=upwards),
        "empty": [part for part in parts if not part.has_venues],
        "sorts": [(name, label) for name, (label, _figure) in SORTS.items()],
        "order": order,
        "upwards": upwards,
        "charts": [scans_and_people(days, chosen.period), active_venues(days, chosen.period)] if chosen.counted else [],
        "silent": silent_communes(chosen.unit, chosen.period.last),
        "looks_back": LOOKS_BACK,
        "ranked_from": RANKED_FROM_VENUES,
        "lines": lines_of(whole),
        "out_of_place": posters_out_of_place(timezone.now(), Venue.objects.filter(in_area([chosen.unit]))),
        "opens_files": request.user.roles() & set(SEES_VENUES),
        "tab": "units",
    }
    return render(request, "dashboards/units.html", context)


def use_of(chosen: Asked) -> list[UnitUse]:
    """The unit itself, and those directly below it on the map of the period's last day."""
    below = Unit.objects.valid_on(chosen.period.last).filter(parent=chosen.unit)
    return use_of_units([chosen.unit, *below], chosen.period)


def order_of(request: OfficerRequest) -> tuple[str, bool]:
    """The order asked for, and whether the smallest come first."""
    order = request.GET.get("sort", USUAL_SORT)
    return (order if order in SORTS else USUAL_SORT), request.GET.get("way") == "up"


def ordered(parts: list[UnitUse], order: str, *, upwards: bool = False) -> list[UnitUse]:
    figure = SORTS[order][1]

    def place(use: UnitUse) -> tuple[bool, bool, float, str]:
        value = figure(use)
        sized = 0.0 if value is None else value if upwards else -value
        small = order != "name" and not use.is_ranked
        return small, value is None, sized, use.unit.sort_key

    return sorted(parts, key=place)
