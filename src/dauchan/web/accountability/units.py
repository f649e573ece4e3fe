"""The account of a unit and its head over a period, and of the units directly below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from dauchan.oversight.accountability.access import SEES_ACCOUNTS
from dauchan.oversight.accountability.columns import GROUPS, Group
from dauchan.oversight.accountability.queries import all_columns, lines_of, units_below
from dauchan.web.accountability.asked import Asked, asked
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.oversight.accountability.queries import Line
    from dauchan.web.requests import OfficerRequest


@require_safe
@officer_required(*SEES_ACCOUNTS)
def unit_page(request: OfficerRequest) -> HttpResponse:
    chosen = asked(request)
    whole, parts = lines(chosen)
    columns = all_columns()
    group = request.GET.get("group", Group.USE)
    group = group if group in list(Group) else Group.USE
    context = {
        "asked": chosen,
        "whole": whole,
        "groups": [(name, label, [one for one in columns if one.group == name]) for name, label in GROUPS.items()],
        "group": group,
        "columns": [one for one in columns if one.group == group],
        "parts": [line for line in parts if line.is_answerable],
        "empty": [line for line in parts if not line.is_answerable],
        "tab": "units",
    }
    return render(request, "accountability/units.html", context)


def lines(chosen: Asked) -> tuple[Line, list[Line]]:
    """Of the unit itself, and of those directly below it on the map of the period's last day."""
    whole, *parts = lines_of([chosen.unit, *units_below(chosen.unit, chosen.window.period.last)], chosen.window)
    return whole, parts
