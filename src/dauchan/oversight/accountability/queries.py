"""Reads of the accountability table: a line for each unit, with the period before; who heads it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.oversight.accountability.columns import Column, Figure, Figures, Window
from dauchan.oversight.accountability.sources import SOURCES
from dauchan.units.models import Appointment, Role, Unit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

NOTHING = Figure()
#: A change of a number is told from so much on; shares are told in points whatever they were.
SMALLEST_BASE = 10


def all_columns() -> list[Column]:
    return [column for source in SOURCES for column in source.columns]


@dataclass(frozen=True)
class Line:
    """How a unit and its head did in a period, and in the one before."""

    unit: Unit
    heads: list[str]
    figures: Figures = field(default_factory=dict)
    before: Figures = field(default_factory=dict)

    @property
    def is_answerable(self) -> bool:
        """Whether there is anything to answer for."""
        return any(figure.number or figure.of or figure.is_few for figure in self.figures.values())

    def figure(self, column: Column) -> Figure:
        return self.figures.get(column.name, NOTHING)

    def figure_before(self, column: Column) -> Figure:
        return self.before.get(column.name, NOTHING)

    def change(self, column: Column) -> float | None:
        """Of a share in points of a hundred, of a number in per cent; None where there is nothing to compare with."""
        now, before = self.figure(column), self.figure_before(column)
        if column.of:
            return None if now.share is None or before.share is None else 100 * (now.share - before.share)
        if now.is_few or before.is_few or before.number < SMALLEST_BASE:
            return None
        return 100 * (now.number - before.number) / before.number


def lines_of(units: Sequence[Unit], window: Window) -> list[Line]:
    """A line for each unit, in the order given; the number of queries does not depend on how many they are."""
    now, before = _read(units, [window, replace(window, period=window.before)])
    heads = heads_of(units, timezone.localdate(window.now))
    return [Line(unit, heads.get(unit.pk, []), now[unit.pk], before[unit.pk]) for unit in units]


def _read(units: Sequence[Unit], windows: Sequence[Window]) -> list[dict[int, Figures]]:
    """Of each window, in their order."""
    found: list[dict[int, Figures]] = [{unit.pk: {} for unit in units} for _window in windows]
    for source in SOURCES:
        for of_window, read in zip(found, source.read(units, windows), strict=True):
            for pk, figures in read.items():
                of_window[pk].update(figures)
    for of_window in found:
        for figures in of_window.values():
            if "signs" in figures:
                figures["signs"] = replace(figures["signs"], of=figures["registered"].number)
    return found


def heads_of(units: Sequence[Unit], on: dt.date) -> dict[int, list[str]]:
    """The names of those who head each unit."""
    appointed = Appointment.objects.in_force_on(on).filter(role=Role.HEAD, unit__in=units, officer__is_active=True)
    found: dict[int, list[str]] = {}
    for unit, name in appointed.order_by("since").values_list("unit_id", "officer__full_name"):
        found.setdefault(unit, []).append(name)
    return found


def units_below(unit: Unit, on: dt.date) -> list[Unit]:
    """Those directly below on the map of a day, in the order of the dictionary."""
    return list(Unit.objects.valid_on(on).filter(parent=unit))
