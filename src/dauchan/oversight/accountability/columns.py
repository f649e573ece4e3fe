"""The figures of the accountability table: what each is called, what it means, from what size on units may be ranked by it.

A figure bears its denominator; where too few people are behind it, only that they are few is told.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from dauchan.compliance.periods import Period
from dauchan.visits.partitions import local_day, midnight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django_stubs_ext import StrOrPromise

    from dauchan.units.models import Unit


class Group(StrEnum):
    """What figures belong together on a screen."""

    USE = "use"
    FOLLOW_UP = "follow_up"
    OVERSIGHT = "oversight"
    HEADS = "heads"


GROUPS: dict[Group, StrOrPromise] = {
    Group.USE: _("Sử dụng mã QR"),
    Group.FOLLOW_UP: _("Dấu hiệu và xử lý"),
    Group.OVERSIGHT: _("Phản ánh, kiểm tra, xử lý vi phạm"),
    Group.HEADS: _("Trách nhiệm người đứng đầu"),
}


@dataclass(frozen=True)
class Figure:
    """A number, alone or out of *of*; *is_few* where it is above nothing and too small to be told."""

    number: float = 0
    of: float | None = None
    is_few: bool = False

    @property
    def share(self) -> float | None:
        """0 to 1; None of a number that is part of nothing, and where there was nothing to be part of."""
        return self.number / self.of if self.of else None

    @property
    def size(self) -> float | None:
        """By what it is ordered: the share where it is one."""
        if self.is_few:
            return None
        return self.number if self.of is None else self.share


@dataclass(frozen=True)
class Column:
    """One figure of a unit.

    Attributes:
        of: what its denominator counts; empty for a plain number.
        least: of how many a unit needs so that it may be ranked; 0 where nobody is ranked by it.
        more_is_better: which end of the ranking is the good one.
    """

    name: str
    group: Group
    label: StrOrPromise
    meaning: StrOrPromise
    of: StrOrPromise = ""
    least: int = 0
    more_is_better: bool = True
    #: Told in tenths, as averages are.
    is_average: bool = False


@dataclass(frozen=True)
class Window:
    """A period, the one it is compared with, and the instant as of which figures are told: the end, or now while it runs."""

    period: Period
    before: Period
    now: dt.datetime

    @property
    def start(self) -> dt.datetime:
        return midnight(self.period.first)

    @property
    def end(self) -> dt.datetime:
        return midnight(self.period.last + dt.timedelta(days=1))

    @property
    def as_of(self) -> dt.datetime:
        return min(self.end, self.now)

    @classmethod
    def of_week(cls, day: dt.date, now: dt.datetime) -> Window:
        """Monday to Sunday, beside the same days of the week before."""
        monday = day - dt.timedelta(days=day.weekday())
        period = _cut(monday, monday + dt.timedelta(days=6), now)
        return cls(period, Period(*(one - dt.timedelta(days=7) for one in (period.first, period.last))), now)

    @classmethod
    def of_month(cls, day: dt.date, now: dt.datetime) -> Window:
        """A month of the calendar, beside the whole of the one before, or as much of it while the month runs."""
        first = day.replace(day=1)
        last_of = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        period = _cut(first, last_of, now)
        end_before = first - dt.timedelta(days=1)
        begins = end_before.replace(day=1)
        same = end_before if period.last == last_of else min(end_before, begins + (period.last - first))
        return cls(period, Period(begins, same), now)


def _cut(first: dt.date, last: dt.date, now: dt.datetime) -> Period:
    """Up to yesterday, the last whole day; on the first day of it, that day."""
    yesterday = local_day(now) - dt.timedelta(days=1)
    return Period(first, max(first, min(last, yesterday)))


Figures = dict[str, Figure]
Counts = dict[str, float]


@dataclass(frozen=True)
class Source:
    """Where some columns come from: *read* answers the figures of units by their key, in as many queries however many there are.

    It is asked for several windows at once, and answers each in its order; most sources read `one_by_one`.
    """

    columns: tuple[Column, ...]
    read: Callable[[Sequence[Unit], Sequence[Window]], Sequence[Mapping[int, Figures]]]


def one_by_one(
    read: Callable[[Sequence[Unit], Window], Mapping[int, Figures]],
) -> Callable[[Sequence[Unit], Sequence[Window]], list[Mapping[int, Figures]]]:
    """Reads each window by itself."""
    return lambda units, windows: [read(units, window) for window in windows]


def outermost(units: Sequence[Unit]) -> list[Unit]:
    """Those that lie in none of the others: the same area in fewer words."""
    paths = {unit.path for unit in units}
    return [unit for unit in units if not any(unit.path.startswith(f"{path}.") for path in paths)]


def added_up(units: Sequence[Unit], rows: Iterable[tuple[str, Counts]]) -> dict[int, defaultdict[str, float]]:
    """Counts of units, known by their paths, added up to each of *units* that holds them; of nested ones to both."""
    by_path = {unit.path: unit.pk for unit in units}
    sums: dict[int, defaultdict[str, float]] = {unit.pk: defaultdict(float) for unit in units}
    for path, counts in rows:
        steps = path.split(".")
        for depth in range(1, len(steps) + 1):
            if (unit := by_path.get(".".join(steps[:depth]))) is not None:
                for name, number in counts.items():
                    sums[unit][name] += number
    return sums


def by_path(rows: Iterable[Mapping[str, Any]], path: str) -> Iterable[tuple[str, Counts]]:
    """Rows of a query as `added_up` takes them: the path of each unit, and its counts."""
    for row in rows:
        yield row[path], {name: number for name, number in row.items() if name != path}
