"""The zones of the area: on a map, as a list, on any day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from dauchan.tracing.access import access_cases
from dauchan.tracing.models import Case
from dauchan.tracing.zones.access import DRAFTS_ZONES, SEES_ZONES, TRACES, waiting_disclosures, waiting_orders
from dauchan.tracing.zones.models import RiskLevel
from dauchan.tracing.zones.queries import orders_at, orders_coming, orders_over, orders_undecided
from dauchan.visits.partitions import midnight
from dauchan.web.officer.guards import officer_required
from dauchan.web.zones.pictures import bounds_of, case_points, collection, commune_points

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from dauchan.tracing.zones.models import ZoneOrder
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest

ENDED_A_PAGE = 25
FIRST_YEAR, LAST_YEAR = 2020, 2100


def day_asked(request: OfficerRequest) -> dt.date:
    """The day that the page is about: today where none, or none that makes sense, is asked for."""
    try:
        day = parse_date(request.GET.get("on", ""))
    except ValueError:
        day = None
    return day if day and FIRST_YEAR <= day.year < LAST_YEAR else timezone.localdate()


def instant_of(day: dt.date) -> dt.datetime:
    """Now for today; the end of any other day."""
    if day == timezone.localdate():
        return timezone.now()
    return midnight(day + dt.timedelta(days=1)) - dt.timedelta(seconds=1)


def _shown(request: OfficerRequest, at: dt.datetime) -> list[ZoneOrder]:
    orders = orders_at(request.user, at)
    rank = request.GET.get("level", "")
    return list(orders.filter(level__rank=rank) if rank in {"1", "2", "3", "4"} else orders)


@require_safe
@officer_required(*SEES_ZONES)
def zones(request: OfficerRequest) -> HttpResponse:
    day = day_asked(request)
    at = instant_of(day)
    orders = _shown(request, at)
    context = {
        "day": day,
        "is_today": day == timezone.localdate(),
        "orders": orders,
        "levels": RiskLevel.objects.in_force_on(day),
        "level": request.GET.get("level", ""),
        "coming": orders_coming(request.user, at),
        "undecided": orders_undecided(request.user) if day == timezone.localdate() else [],
        "ended": Paginator(orders_over(request.user, at), ENDED_A_PAGE).get_page(request.GET.get("page")),
        "may_draft": bool(request.user.units_as(*DRAFTS_ZONES)),
        **_map(request.user, orders),
        **_waiting(request.user),
    }
    return render(request, "zones/zones.html", context)


def _map(officer: Officer, orders: list[ZoneOrder]) -> dict[str, Any]:
    places = case_points(_cases_seen(officer))
    points = [point for order in orders for point in commune_points(order)] + places
    return {"points": points, "bounds": bounds_of(orders), "shows_cases": bool(places)}


def _cases_seen(officer: Officer) -> QuerySet[Case]:
    return access_cases(officer) if officer.units_as(*TRACES) else Case.objects.none()


def _waiting(officer: Officer) -> dict[str, Any]:
    """What this officer may decide."""
    return {"to_decide": waiting_orders(officer), "names_to_decide": waiting_disclosures(officer)}


@require_safe
@officer_required(*SEES_ZONES)
def areas(request: OfficerRequest) -> JsonResponse:
    """The outlines of the same zones, for the map."""
    return JsonResponse(collection(_shown(request, instant_of(day_asked(request)))), safe=True)
