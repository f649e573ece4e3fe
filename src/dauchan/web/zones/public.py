"""Zones for everybody: those in force, and the figures of their communes. No parameter moves any of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dauchan.tracing.zones.models import RiskLevel
from dauchan.tracing.zones.public import zones_in_force
from dauchan.tracing.zones.publishing import DAYS_BEHIND, figures_of
from dauchan.tracing.zones.small_numbers import SMALLEST_CELL
from dauchan.web.zones.pictures import bounds_of, collection, commune_points

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

DAYS_SHOWN = 7


@require_safe
def zones(request: HttpRequest) -> HttpResponse:
    found = zones_in_force(timezone.now())
    units = {unit.pk: unit for zone in found for unit in zone.units}
    figures = figures_of(list(units), DAYS_SHOWN)
    context = {
        "zones": found,
        "levels": RiskLevel.objects.in_force_on(timezone.localdate()),
        "points": [point for zone in found for point in commune_points(zone)],
        "bounds": bounds_of(found),
        "areas": reverse("zones:public_areas"),
        "days": list(next(iter(figures.values()), {})),
        "figures": [(units[unit], list(by_day.values())) for unit, by_day in figures.items()],
        "smallest": SMALLEST_CELL,
        "days_behind": DAYS_BEHIND,
    }
    return render(request, "zones/public.html", context)


@require_safe
def areas(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - a view
    """The outlines of the zones in force, for the map and for whoever builds on it."""
    return JsonResponse(collection(zones_in_force(timezone.now())))
