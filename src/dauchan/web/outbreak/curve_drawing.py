"""The epidemic curve as a drawing: bars stacked by area, the mean of seven days, and the same as a table and in a sentence.

Drawn on the server as SVG with attributes only: no script, the same on paper. Lengths across are per cent, so that the text
keeps its size on a phone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from django.utils import formats

if TYPE_CHECKING:
    from dauchan.epi.curves import EpidemicCurve

HEIGHT, TOP, FOOT = 240, 16, 26
PLOT = HEIGHT - TOP - FOOT
LEFT, RIGHT = 6.0, 1.0
#: Above so many days a bar is a week.
MOST_BARS = 84
MOST_TICKS = 6
WEEK = 7
#: Areas with a colour of their own; the others are drawn together.
SHADES = ("series-1", "series-2", "series-3", "series-4")


class Bar(NamedTuple):
    """A part of a column; lengths as text, which no language's comma changes."""

    x: str
    y: str
    width: str
    height: str
    shade: str
    reading: str


class Tick(NamedTuple):
    """A line of the grid, or a name below a column."""

    at: str
    text: str


class Area(NamedTuple):
    """A series of the drawing."""

    name: str
    shade: str
    counts: list[int]


@dataclass(frozen=True)
class Column:
    """A day or a week."""

    first_on: dt.date
    name: str


@dataclass(frozen=True)
class CurveDrawing:
    """A curve over the days of a period, all days included.

    Attributes:
        curve: as `dauchan.epi.curves.epidemic_curve` gives it.
        first_on, last_on: the period that is shown, both included.
        others: what the areas without a shade of their own are called together.
        whole: what the only series is called where the curve has no groups.
    """

    curve: EpidemicCurve
    first_on: dt.date
    last_on: dt.date
    others: str
    whole: str

    @property
    def days(self) -> int:
        return (self.last_on - self.first_on).days + 1

    @property
    def step(self) -> int:
        """Days in a column."""
        return WEEK if self.days > MOST_BARS else 1

    @property
    def height(self) -> int:
        return HEIGHT

    @property
    def base_y(self) -> str:
        return str(TOP + PLOT)

    @property
    def name_y(self) -> str:
        return str(HEIGHT - 8)

    @property
    def plot(self) -> tuple[int, int]:
        return TOP, PLOT

    @cached_property
    def columns(self) -> list[Column]:
        starts = [self.first_on + dt.timedelta(days=at) for at in range(0, self.days, self.step)]
        return [Column(day, formats.date_format(day, "d/m")) for day in starts]

    @cached_property
    def areas(self) -> list[Area]:
        """The largest first, at most as many as there are shades."""
        groups = self.curve.groups or {self.whole: self.curve.cases}
        ordered = sorted(groups.items(), key=lambda group: (-sum(group[1]), group[0]))
        shown, rest = ordered, []
        if len(ordered) > len(SHADES):
            shown, rest = ordered[: len(SHADES) - 1], ordered[len(SHADES) - 1 :]
        areas = [Area(name, shade, self._binned(counts)) for (name, counts), shade in zip(shown, SHADES, strict=False)]
        if rest:
            together = [sum(values) for values in zip(*(counts for _name, counts in rest), strict=True)]
            areas.append(Area(self.others, SHADES[-1], self._binned(together)))
        return areas

    @cached_property
    def totals(self) -> list[int]:
        return [sum(values) for values in zip(*(area.counts for area in self.areas), strict=True)]

    @property
    def cases(self) -> int:
        return sum(self.totals)

    @cached_property
    def means(self) -> list[float | None]:
        """Of seven days up to each; none for the first six, and none where a column is a week."""
        if self.step > 1:
            return [None] * len(self.totals)
        sums = [None] * (WEEK - 1) + [sum(self.totals[at - WEEK : at]) for at in range(WEEK, len(self.totals) + 1)]
        return [None if value is None else value / WEEK for value in sums[: len(self.totals)]]

    @cached_property
    def highest(self) -> int:
        """The top of the scale: a round number not below the highest column."""
        most = max([*self.totals, 1])
        scales = (factor * power for power in (1, 10, 100, 1000, 10_000, 100_000) for factor in (2, 4, 5, 8, 10))
        return next((scale for scale in scales if scale >= most), most)

    @property
    def bars(self) -> list[Bar]:
        bars = []
        width = (100 - LEFT - RIGHT) / max(1, len(self.columns))
        for place, column in enumerate(self.columns):
            below = 0
            for area in self.areas:
                count = area.counts[place]
                if not count:
                    continue
                below += count
                reading = f"{column.name} · {area.name}: {formats.number_format(count, use_l10n=True)}"
                height = PLOT * count / self.highest
                x = LEFT + width * (place + 0.1)
                bars.append(
                    Bar(
                        _percent(x),
                        f"{self._y(below):.1f}",
                        _percent(width * 0.8),
                        f"{height:.1f}",
                        area.shade,
                        reading,
                    )
                )
        return bars

    @property
    def mean_line(self) -> str:
        """Points of a line in a box of 100 by 100 over the plot; "" where there is no mean."""
        width = (100 - LEFT - RIGHT) / max(1, len(self.columns))
        points = [
            f"{LEFT + width * (place + 0.5):.2f},{100 - 100 * mean / self.highest:.2f}"
            for place, mean in enumerate(self.means)
            if mean is not None
        ]
        return " ".join(points) if len(points) > 1 else ""

    @property
    def scale(self) -> list[Tick]:
        half = [self.highest // 2] if self.highest % 2 == 0 else []
        return [
            Tick(f"{self._y(value):.1f}", formats.number_format(value, use_l10n=True))
            for value in [*half, self.highest]
        ]

    @property
    def names(self) -> list[Tick]:
        """The names of some columns, evenly apart, none cut at the edge."""
        every = max(1, -(-len(self.columns) // MOST_TICKS))
        width = (100 - LEFT - RIGHT) / max(1, len(self.columns))
        chosen = range(every // 2, len(self.columns), every)
        return [Tick(_percent(LEFT + width * (place + 0.5)), self.columns[place].name) for place in chosen]

    @property
    def rows(self) -> list[tuple[str, list[int], int, float | None]]:
        """The table: name, a count for each area, the sum, the mean of seven days."""
        return [
            (column.name, [area.counts[place] for area in self.areas], self.totals[place], self.means[place])
            for place, column in enumerate(self.columns)
        ]

    @property
    def peak(self) -> tuple[str, int]:
        """The name of the highest column, the first of equals, and its number."""
        most = max(self.totals, default=0)
        return (self.columns[self.totals.index(most)].name if self.totals else "", most)

    @property
    def last_week(self) -> tuple[int, int]:
        """Cases of the last seven days and of the seven before."""
        daily = self._daily(self.curve.cases)
        return sum(daily[-WEEK:]), sum(daily[-2 * WEEK : -WEEK])

    def _binned(self, counts: tuple[int, ...] | list[int]) -> list[int]:
        daily = self._daily(counts)
        edges = [*range(0, len(daily), self.step), len(daily)]
        return [sum(daily[start:end]) for start, end in pairwise(edges)]

    def _daily(self, counts: tuple[int, ...] | list[int]) -> list[int]:
        """Counts of the curve over the days of the period; what lies outside is left out."""
        daily = [0] * self.days
        if self.curve.first_on is None:
            return daily
        shift = (self.curve.first_on - self.first_on).days
        for at, count in enumerate(counts):
            if 0 <= at + shift < self.days:
                daily[at + shift] = count
        return daily

    def _y(self, value: float) -> float:
        return TOP + PLOT * (1 - value / self.highest)


def _percent(value: float) -> str:
    return f"{value:.3f}%"
