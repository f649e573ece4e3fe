"""Which team looks after a contact: the tracers of the unit nearest above the commune they live in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.units.models import Appointment, Officer, Role, Unit

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet


def teams_for(communes: Collection[int]) -> dict[int, Unit]:
    """The team of each commune: the unit nearest above it, itself included, in which tracers are appointed today."""
    lines = {pk: _upwards(path) for pk, path in Unit.objects.filter(pk__in=communes).values_list("pk", "path")}
    tracing = Appointment.objects.in_force_on(timezone.localdate()).filter(role=Role.TRACER)
    above = {path for line in lines.values() for path in line}
    staffed = {unit.path: unit for unit in Unit.objects.filter(path__in=above, pk__in=tracing.values("unit"))}
    nearest = {pk: next((staffed[path] for path in line if path in staffed), None) for pk, line in lines.items()}
    return {pk: team for pk, team in nearest.items() if team is not None}


def _upwards(path: str) -> list[str]:
    """The path of a unit, of its parent, and so on to the root."""
    parts = path.split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 0, -1)]


def officers_of(unit: Unit) -> QuerySet[Officer]:
    """The tracers appointed to exactly this unit today, in the order of their names."""
    return tracers_within([unit]).filter(appointments__unit=unit).distinct()


def tracers_within(units: Collection[Unit]) -> QuerySet[Officer]:
    """The tracers appointed today to any of *units* or below them."""
    within = Unit.objects.none()
    for unit in units:
        within |= Unit.objects.within(unit)
    own = Appointment.objects.in_force_on(timezone.localdate()).filter(role=Role.TRACER, unit__in=within)
    return Officer.objects.filter(pk__in=own.values("officer"), is_active=True).order_by("full_name", "pk")
