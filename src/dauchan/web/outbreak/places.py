"""Backward and across: places that cases share beyond their traffic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from dauchan.tracing.shared_places import crossings_of
from dauchan.units.models import Role
from dauchan.visits.retention import RETENTION_DAYS
from dauchan.web.officer.guards import officer_required
from dauchan.web.outbreak.chosen import chosen_with_cases

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

#: A q-value up to this is told as more than traffic explains.
NOTABLE = 0.05


@officer_required(Role.TRACER, Role.APPROVER)
def shared_places(request: OfficerRequest) -> HttpResponse:
    chosen = chosen_with_cases(request)
    parameters = chosen.outbreak.parameters if chosen.outbreak else None
    crossings = None
    if parameters and chosen.cases:
        chosen.record_look("places")
        crossings = crossings_of(chosen.cases, parameters.incubation_longest_days)
    context = {
        "tab": "places",
        "chosen": chosen,
        "parameters": parameters,
        "crossings": crossings,
        "notable": NOTABLE,
        "retention_days": RETENTION_DAYS,
    }
    return render(request, "outbreak/places.html", context)
