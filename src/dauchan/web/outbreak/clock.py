"""The team's own clock: from confirmed to list to the first contact reached, by team and by case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone

from dauchan.tracing.team_clock import clocks_by_team, clocks_of, list_limit_on, team_clock
from dauchan.units.models import Role
from dauchan.web.officer.guards import officer_required
from dauchan.web.outbreak.chosen import chosen_outbreak

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

CASES_A_PAGE = 50


@officer_required(Role.TRACER, Role.APPROVER, Role.LEADER)
def clock(request: OfficerRequest) -> HttpResponse:
    """By team for everybody; case by case for who may see them, the overdue first."""
    chosen = chosen_outbreak(request)
    now = timezone.now()
    clocks = clocks_of(chosen.cases)
    teams = clocks_by_team(clocks, now)
    named = sorted((chosen.unit_names[unit], team) for unit, team in teams.items())
    rows = [(each, each.is_overdue(now)) for each in clocks] if chosen.sees_cases else []
    rows.sort(key=lambda row: (not row[1], row[0].case.registered_at), reverse=False)
    context = {
        "tab": "clock",
        "chosen": chosen,
        "whole": team_clock(clocks, now),
        "teams": named,
        "page": Paginator(rows, CASES_A_PAGE).get_page(request.GET.get("page")),
        "deadline": list_limit_on(timezone.localdate()),
    }
    return render(request, "outbreak/clock.html", context)
