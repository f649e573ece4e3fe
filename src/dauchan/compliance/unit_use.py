"""How the doors of units are used: on a day, on average over a period, and against the period before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Aggregate, Count, Q, Sum

from dauchan.compliance.days import ROLLUP
from dauchan.compliance.indicators import Indicators, indicators_of
from dauchan.compliance.models import UnitDay
from dauchan.compliance.periods import Period
from dauchan.units.models import Unit, UnitLevel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


#: Of fewer registered venues a share says little: such units are shown, and not ranked.
RANKED_FROM_VENUES: Final = ROLLUP["ranked_from_venues"]
#: So far back days without a scan are counted.
LOOKS_BACK: Final = 28
#: A change of fewer scans or people a day is not told as a percentage: three instead of two is no growth by a half.
SMALLEST_BASE: Final = 10
_SUMMED = ("registered", "new", "active", "scans", "people", "failed")


@dataclass(frozen=True)
class Sums:
    """A unit's figures added up over the days of a period that were counted.

    People are different ones within each day; who comes every day is counted every day, so only their average a day is told.
    """

    days: int = 0
    registered: int = 0
    new: int = 0
    active: int = 0
    scans: int = 0
    people: int = 0
    failed: int = 0

    def _a_day(self, total: int) -> float | None:
        return total / self.days if self.days else None

    @property
    def scans_a_day(self) -> float | None:
        return self._a_day(self.scans)

    @property
    def people_a_day(self) -> float | None:
        return self._a_day(self.people)

    @property
    def active_a_day(self) -> float | None:
        return self._a_day(self.active)

    @property
    def failed_a_day(self) -> float | None:
        return self._a_day(self.failed)

    @property
    def active_share(self) -> float | None:
        """Of every hundred registered venues, how many had a scan on an average day; 0 to 1."""
        return self.active / self.registered if self.registered else None

    @property
    def scans_a_venue(self) -> float | None:
        """A day and registered venue: the figure by which units of different size can be compared."""
        return self.scans / self.registered if self.registered else None


@dataclass(frozen=True)
class UnitUse:
    """A unit's figures.

    Attributes:
        on_last: those of the period's last day.
        sums: over the period.
        before: over the period before.
        week: over the seven days to the period's last.
        silent_days: how many days in a row, to the last one, had venues and not one scan; at most `LOOKS_BACK`.
    """

    unit: Unit
    on_last: Indicators
    sums: Sums
    before: Sums
    week: Sums
    silent_days: int

    @property
    def has_venues(self) -> bool:
        """Whether there was anything to use at all."""
        return bool(self.on_last.registered or self.sums.registered)

    @property
    def is_ranked(self) -> bool:
        return self.on_last.registered >= RANKED_FROM_VENUES

    @property
    def scans_change(self) -> float | None:
        return change(self.before.scans_a_day, self.sums.scans_a_day)

    @property
    def people_change(self) -> float | None:
        return change(self.before.people_a_day, self.sums.people_a_day)

    @property
    def share_change(self) -> float | None:
        """In points of a hundred: a share is not compared by shares."""
        if self.before.active_share is None or self.sums.active_share is None:
            return None
        return 100 * (self.sums.active_share - self.before.active_share)


def change(before: float | None, now: float | None) -> float | None:
    """By how much a figure has grown, in per cent; None where there was too little to grow from."""
    if before is None or now is None or before < SMALLEST_BASE:
        return None
    return 100 * (now - before) / before


def use_of_units(units: Sequence[Unit], period: Period) -> list[UnitUse]:
    """The figures of each unit, in the order given; three queries however many there are."""
    own, before, week = sums_of(units, [period, period.before, Period.ending(period.last, 7)])
    silent = silent_days(units, period.last)
    return [
        UnitUse(one.unit, one, own[one.unit.pk], before[one.unit.pk], week[one.unit.pk], silent.get(one.unit.pk, 0))
        for one in indicators_of(units, period.last)
    ]


def sums_of(
    units: Sequence[Unit], periods: Sequence[Period], names: Sequence[str] = _SUMMED
) -> list[defaultdict[int, Sums]]:
    """Of each period in turn the figures *names* of each unit, added up, nothing but zeros where no day was counted. One query."""
    windows = [Q(day__range=(period.first, period.last)) for period in periods]
    wanted: dict[str, Aggregate] = {
        f"{name}_{at}": Sum(name, filter=window) for at, window in enumerate(windows) for name in names
    }
    wanted |= {f"days_{at}": Count("day", filter=window) for at, window in enumerate(windows)}
    span = (min(period.first for period in periods), max(period.last for period in periods))
    rows = UnitDay.objects.filter(unit__in=units, day__range=span).values("unit_id").annotate(**wanted).order_by()
    found: Any = list(rows)
    return [
        defaultdict(
            Sums,
            {row["unit_id"]: Sums(**{name: row[f"{name}_{at}"] or 0 for name in ("days", *names)}) for row in found},
        )
        for at in range(len(periods))
    ]


def silent_days(units: Sequence[Unit], last: date) -> dict[int, int]:
    """Of units without a scan on *last* how many days in a row that makes; a day that was not counted ends the row."""
    first = last - timedelta(days=LOOKS_BACK - 1)
    rows = UnitDay.objects.filter(unit__in=units, day__range=(first, last), scans=0, registered__gt=0)
    days: dict[int, set[date]] = {}
    for unit_id, day in rows.values_list("unit_id", "day"):
        days.setdefault(unit_id, set()).add(day)
    return {unit_id: row for unit_id, silent in days.items() if (row := _in_a_row(silent, last))}


def _in_a_row(silent: set[date], last: date) -> int:
    return next((n for n in range(LOOKS_BACK) if last - timedelta(days=n) not in silent), LOOKS_BACK)


@dataclass(frozen=True)
class SilentCommune:
    """A commune with registered venues and not one scan; *days* in a row."""

    unit: Unit
    registered: int
    days: int


def silent_communes(within: Unit, last: date) -> list[SilentCommune]:
    """The communes of a unit without any scan on a day, the longest silent first."""
    rows = UnitDay.objects.filter(day=last, scans=0, registered__gt=0, unit__level=UnitLevel.COMMUNE)
    rows = rows.filter(Q(unit=within.pk) | Q(unit__path__startswith=f"{within.path}."))
    registered = dict(rows.values_list("unit_id", "registered"))
    if not registered:
        return []
    units = Unit.objects.in_bulk(list(registered))
    days = silent_days(list(units.values()), last)
    found = [SilentCommune(unit, registered[pk], days.get(pk, 1)) for pk, unit in units.items()]
    return sorted(found, key=lambda each: (-each.days, each.unit.sort_key))


def days_of_unit(unit: Unit, period: Period) -> dict[date, UnitDay]:
    """The counted days of a unit."""
    rows = UnitDay.objects.filter(unit=unit, day__range=(period.first, period.last)).order_by("day")
    return {row.day: row for row in rows}
