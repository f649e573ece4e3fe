"""Where the cases were, over time: fixed areas chosen by the server, a step of the slider a day or a week."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.shortcuts import render

from dauchan.tracing.outbreak_queries import instants_by
from dauchan.units.models import Role, Unit
from dauchan.web.officer.guards import officer_required
from dauchan.web.outbreak.chosen import chosen_outbreak
from dauchan.web.outbreak.map_drawing import AreaOverTime, MapDrawing, days_of, windows

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpResponse

    from dauchan.web.outbreak.chosen import Chosen
    from dauchan.web.requests import OfficerRequest

#: Who may not see single cases sees no smaller number of an area and a week.
SMALLEST_CELL = 10
#: A day's picture shows the cases of so many days up to it.
WINDOW_DAYS = 14


@officer_required(Role.TRACER, Role.APPROVER, Role.LEADER)
def spread(request: OfficerRequest) -> HttpResponse:
    chosen = chosen_outbreak(request)
    drawing = drawing_of(chosen)
    context = {
        "tab": "map",
        "chosen": chosen,
        "drawing": drawing,
        "smallest": SMALLEST_CELL,
        "window_days": WINDOW_DAYS,
    }
    return render(request, "outbreak/map.html", context)


def drawing_of(chosen: Chosen) -> MapDrawing | None:
    """None without cases. For who only sees figures weeks that do not overlap, and cells of at least `SMALLEST_CELL`."""
    if chosen.outbreak is None or not chosen.cases:
        return None
    days = days_of(instants_by(chosen.cases, chosen.basis))
    steps = windows(chosen.outbreak.first_on, chosen.outbreak.last_on, WINDOW_DAYS, weekly=not chosen.sees_cases)
    units = Unit.objects.in_bulk({case.unit_id for case in chosen.cases})
    by_unit: dict[int, Counter[dt.date]] = {}
    for case, day in zip(chosen.cases, days, strict=True):
        if day is not None:
            by_unit.setdefault(case.unit_id, Counter())[day] += 1
    areas = [
        AreaOverTime(units[unit], [_cell(_within(counts, *step), chosen) for step in steps])
        for unit, counts in by_unit.items()
    ]
    areas.sort(key=lambda area: area.unit.sort_key)
    return MapDrawing(steps, areas)


def _within(counts: Counter[dt.date], first_on: dt.date, last_on: dt.date) -> int:
    return sum(count for day, count in counts.items() if first_on <= day <= last_on)


def _cell(count: int, chosen: Chosen) -> int | None:
    """The number to be shown; None where it is too small for this reader, nought included, so that it says nothing."""
    return count if chosen.sees_cases or count >= SMALLEST_CELL else None
