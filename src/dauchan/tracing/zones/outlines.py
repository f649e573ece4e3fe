"""What a zone covers, made of what an officer said: corners, communes, a circle, or places of cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dauchan.tracing.queries import stays_of
from dauchan.tracing.zones.errors import NothingToSurround
from dauchan.tracing.zones.geometry import Box, Json, Point, around, box_of, cells_around, from_cells, from_rings
from dauchan.tracing.zones.models import Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dauchan.tracing.models import Case
    from dauchan.units.models import Unit


@dataclass(frozen=True)
class Outline:
    """`geometry` None: whole communes, whose borders the administrative map says, not ours."""

    shape: Shape
    geometry: Json | None = None
    made_from: Json = field(default_factory=dict)
    communes: Sequence[Unit] = ()

    @property
    def box(self) -> Box | None:
        return box_of(self.geometry) if self.geometry else None


def outline_of_communes(communes: Sequence[Unit]) -> Outline:
    return Outline(Shape.COMMUNES, communes=communes)


def outline_of_corners(rings: Sequence[Sequence[Point]]) -> Outline:
    """Raises: ShapeRefused."""
    return Outline(Shape.POLYGON, from_rings(rings))


def outline_around(centre: Point, metres: int) -> Outline:
    return Outline(Shape.CIRCLE, around([centre], metres), {"metres": metres, "points": [list(centre)]})


def outline_around_cases(cases: Iterable[Case], metres: int) -> Outline:
    """Raises: NothingToSurround."""
    return Outline(Shape.CASES, around(_places(cases), metres), {"metres": metres})


def outline_of_cells(cases: Iterable[Case], resolution: int, rings: int) -> Outline:
    """Raises: NothingToSurround."""
    cells = cells_around(_places(cases), resolution, rings)
    return Outline(Shape.CELLS, from_cells(cells), {"resolution": resolution, "rings": rings, "cells": cells})


def places_of(cases: Iterable[Case]) -> dict[int, tuple[str, Point]]:
    """Where the cases were while they could infect: name and position by venue."""
    venues = (stay.visit.venue for case in cases for stay in stays_of(case))
    return {
        venue.pk: (venue.name, Point(venue.lon, venue.lat))
        for venue in venues
        if venue.lat is not None and venue.lon is not None
    }


def _places(cases: Iterable[Case]) -> list[Point]:
    points = [point for _name, point in places_of(cases).values()]
    if not points:
        raise NothingToSurround
    return points
