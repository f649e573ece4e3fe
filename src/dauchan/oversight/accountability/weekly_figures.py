"""What a weekly report tells: figures of the whole and of its parts, overdue heads, doors never scanned, how fast tracing was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from dauchan.compliance.models import CountedDay, UnitDay, VenueDay
from dauchan.compliance.venue_use import REGISTERED
from dauchan.oversight.accountability.columns import Window
from dauchan.oversight.accountability.league import ranked
from dauchan.oversight.accountability.overdue import overdue_items
from dauchan.oversight.accountability.queries import all_columns, heads_of, lines_of, units_below
from dauchan.tracing.models import Case
from dauchan.tracing.outbreak_queries import outbreak_case
from dauchan.tracing.team_clock import clocks_of, team_clock
from dauchan.units.jurisdiction import in_area
from dauchan.venues.models import Venue

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.compliance.periods import Period
    from dauchan.oversight.accountability.columns import Column
    from dauchan.oversight.accountability.league import Place
    from dauchan.oversight.accountability.overdue import Overdue
    from dauchan.oversight.accountability.queries import Line
    from dauchan.tracing.team_clock import TeamClock
    from dauchan.units.models import Unit

MOST_NAMED = 40


@dataclass(frozen=True)
class OverdueHead:
    """A unit with something overdue, who heads it, and what they promised."""

    unit: Unit
    heads: list[str]
    items: list[Overdue]

    @property
    def explained(self) -> int:
        return sum(item.explained is not None for item in self.items)

    @property
    def longest(self) -> int:
        return max(item.days_over for item in self.items)


@dataclass(frozen=True)
class Week:
    """Attributes:
    league: the parts, ranked by the share of active places.
    days: active share of each day of the week and of the one before, in per cent; None for a day that was not counted.
    never: places that no scan of the kept days ever reached, the longest registered first; at most `MOST_NAMED`.
    clock: how fast cases registered in the week were traced; None where there were none.
    """

    unit: Unit
    period: Period
    made_at: dt.datetime
    counted: int
    columns: list[Column]
    whole: Line
    league: list[Place[Line]]
    days: list[tuple[dt.date, float | None]]
    overdue: list[OverdueHead]
    never: list[Venue]
    never_in_all: int
    clock: TeamClock | None

    def told(self) -> dict[str, Any]:
        """The few figures by which the list of reports tells them apart."""
        figures = {column.name: self.whole.figure(column) for column in self.columns}
        return {
            "active": figures["active"].share,
            "before": self.whole.before["active"].share if "active" in self.whole.before else None,
            "overdue": figures["overdue"].number,
            "never": self.never_in_all,
            "days": self.counted,
        }


def week_of(unit: Unit, period: Period, now: dt.datetime) -> Week:
    window = Window(period, period.before, now)
    whole, *parts = lines_of([unit, *units_below(unit, period.last)], window)
    columns = all_columns()
    by = next(column for column in columns if column.name == "active")
    never = _never_scanned(unit, window)
    return Week(
        unit,
        period,
        now,
        CountedDay.objects.filter(day__range=(period.first, period.last)).count(),
        columns,
        whole,
        ranked(
            [line for line in parts if line.is_answerable],
            lambda line: line.figure(by),
            by.least,
            more_is_better=by.more_is_better,
        ),
        _active_by_day(unit, period),
        _overdue_heads(unit, now),
        list(never[:MOST_NAMED]),
        never.count(),
        _clock(unit, window),
    )


def _active_by_day(unit: Unit, period: Period) -> list[tuple[dt.date, float | None]]:
    days = [*period.before.days, *period.days]
    rows = UnitDay.objects.filter(unit=unit, day__range=(days[0], days[-1]), registered__gt=0)
    known = {row.day: 100 * row.active / row.registered for row in rows}
    return [(day, known.get(day)) for day in days]


def _overdue_heads(unit: Unit, now: dt.datetime) -> list[OverdueHead]:
    by_unit: dict[int, list[Overdue]] = {}
    for item in overdue_items([unit], now):
        by_unit.setdefault(item.unit.pk, []).append(item)
    units = [items[0].unit for items in by_unit.values()]
    heads = heads_of(units, timezone.localdate(now))
    found = [OverdueHead(one, heads.get(one.pk, []), by_unit[one.pk]) for one in units]
    return sorted(found, key=lambda one: (-len(one.items), -one.longest, one.unit.sort_key))


def _never_scanned(unit: Unit, window: Window) -> Any:  # noqa: ANN401 - a list of venues that is counted and cut
    """Places in use before the week that have no scan on any kept day. A sensitive place is counted and never named."""
    scanned = VenueDay.objects.filter(venue=OuterRef("pk"), scans__gt=0)
    in_use = Venue.objects.filter(in_area([unit]), ~Exists(scanned), status__in=REGISTERED, decided_at__lt=window.start)
    return in_use.filter(~Q(sensitive=True), ~Q(category__sensitive=True)).select_related("unit").order_by("decided_at")


def _clock(unit: Unit, window: Window) -> TeamClock | None:
    registered = Case.objects.filter(in_area([unit]), registered_at__gte=window.start, registered_at__lt=window.as_of)
    cases = [outbreak_case(case) for case in registered]
    return team_clock(clocks_of(cases), window.now) if cases else None
