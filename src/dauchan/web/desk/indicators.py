"""How much the doors of an area are used on a day, unit by unit, with what each figure means."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from dauchan.compliance.indicators import DEFINITIONS, indicators_of
from dauchan.compliance.posters_out_of_place import posters_out_of_place
from dauchan.units.jurisdiction import access_unit, in_area
from dauchan.units.models import Role, Unit
from dauchan.venues.models import Venue
from dauchan.web.desk.forms import DayForm
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

#: Of a unit's number in the database.
MOST_DIGITS = 18
SEES_INDICATORS = (Role.OFFICER, Role.HEAD, Role.MONITOR, Role.LEADER)


@officer_required(*SEES_INDICATORS)
def indicator_page(request: OfficerRequest) -> HttpResponse:
    """The chosen unit of the officer's area, and the units directly below it on that day's map."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    form = DayForm(request.GET if "day" in request.GET else {"day": yesterday})
    day = form.cleaned_data["day"] if form.is_valid() else yesterday
    unit = _chosen_unit(request)
    below = list(Unit.objects.valid_on(day).filter(parent=unit))
    figures = indicators_of([unit, *below], day)
    context = {
        "form": form,
        "day": day,
        "unit": unit,
        "whole": figures[0],
        "parts": figures[1:],
        "silent": sum(part.is_silent for part in figures[1:]),
        "definitions": DEFINITIONS,
        "out_of_place": posters_out_of_place(timezone.now(), Venue.objects.filter(in_area([unit]))),
    }
    return render(request, "desk/indicators.html", context)


def _chosen_unit(request: OfficerRequest) -> Unit:
    asked = request.GET.get("unit", "")
    if asked.isascii() and asked.isdigit() and len(asked) <= MOST_DIGITS:
        return access_unit(request.user, int(asked), *SEES_INDICATORS)
    return request.user.units_as(*SEES_INDICATORS)[0]
