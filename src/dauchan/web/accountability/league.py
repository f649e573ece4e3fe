"""Units ranked by one figure, for the leader: never by a sum of figures, and nobody by a handful."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from dauchan.oversight.accountability.access import SEES_LEAGUE
from dauchan.oversight.accountability.league import ranked
from dauchan.oversight.accountability.queries import all_columns
from dauchan.web.accountability.asked import asked
from dauchan.web.accountability.units import lines
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

USUAL = "active"


@require_safe
@officer_required(*SEES_LEAGUE)
def league(request: OfficerRequest) -> HttpResponse:
    chosen = asked(request, *SEES_LEAGUE)
    rankable = {column.name: column for column in all_columns() if column.least}
    by = rankable.get(request.GET.get("by", USUAL), rankable[USUAL])
    _whole, parts = lines(chosen)
    answerable = [line for line in parts if line.is_answerable]
    places = ranked(answerable, lambda line: line.figure(by), by.least, more_is_better=by.more_is_better)
    context = {
        "asked": chosen,
        "by": by,
        "rankable": list(rankable.values()),
        "others": [column for column in rankable.values() if column is not by and column.group == by.group],
        "places": [place for place in places if place.rank],
        "small": [place.item for place in places if place.rank is None],
        "tab": "league",
    }
    return render(request, "accountability/league.html", context)
