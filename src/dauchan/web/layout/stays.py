"""Stays of several people at one place, side by side over time: `{% stays stays %}`.

Drawn on the server as SVG with attributes only, since the pages allow no inline style; lengths along the time axis are
per cent, so that the drawing is as wide as its page and its text keeps its size.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils import formats, timezone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_stubs_ext import StrOrPromise

HEAD = 34
LANE = 44
BAR = 18
#: Distances between ticks, in minutes: the first that leaves at most MOST_TICKS.
TICK_MINUTES = (5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080)
MOST_TICKS = 9
#: Without this much space at both ends the outermost bars would stick to the edge.
MARGIN = 3.0
#: A stay of a minute in a view of a day is still seen.
NARROWEST = 0.4


@dataclass(frozen=True)
class Stay:
    """One visit `[start_at, end_at)`; *is_imputed* where nobody saw the person leave."""

    start_at: dt.datetime
    end_at: dt.datetime
    is_imputed: bool = False


@dataclass(frozen=True)
class Lane:
    """One person's stays.

    Attributes:
        label: who, as the reader may know them: a name, or "Người 3".
        stays: the visits at the place.
        overlaps: the spans shared with the case.
        is_index: whether this is the case.
    """

    label: StrOrPromise
    stays: Sequence[Stay]
    overlaps: Sequence[tuple[dt.datetime, dt.datetime]] = ()
    is_index: bool = False


class Bar(NamedTuple):
    """A rectangle in the drawing; lengths as text, which no language's comma changes."""

    x: str
    y: str
    width: str
    height: str
    kind: str
    reading: str


class Tick(NamedTuple):
    """A moment named at the head of the drawing."""

    x: str
    text: str


class Row(NamedTuple):
    """One lane as it is drawn."""

    label: StrOrPromise
    line_y: str
    bars: list[Bar]


@dataclass(frozen=True)
class Stays:
    """The drawing of *lanes*, the case first.

    Attributes:
        title: what it shows, for those who hear it.
        lanes: at least one, with at least one stay among them.
    """

    title: StrOrPromise
    lanes: Sequence[Lane]

    @property
    def height(self) -> str:
        return str(HEAD + LANE * len(self.lanes))

    @property
    def start_at(self) -> dt.datetime:
        return min(stay.start_at for lane in self.lanes for stay in lane.stays)

    @property
    def end_at(self) -> dt.datetime:
        return max(stay.end_at for lane in self.lanes for stay in lane.stays)

    @property
    def ticks(self) -> list[Tick]:
        """Round local times, none twice, with the day where it begins."""
        step = self._step()
        zone = timezone.get_current_timezone()
        midnight = timezone.localtime(self.start_at).replace(hour=0, minute=0, second=0, microsecond=0)
        ticks, at = [], midnight
        while at <= self.end_at:
            if at >= self.start_at:
                ticks.append(Tick(_percent(self._x(at)), _tick_text(at.astimezone(zone), step)))
            at += step
        return ticks

    @property
    def rows(self) -> list[Row]:
        return [self._row(place, lane) for place, lane in enumerate(self.lanes)]

    @property
    def legend(self) -> set[str]:
        """What is drawn, so that the legend names nothing else: index, others, shared, imputed."""
        stays = [stay for lane in self.lanes for stay in lane.stays]
        drawn = {
            "index": any(lane.is_index for lane in self.lanes),
            "others": any(not lane.is_index for lane in self.lanes),
            "shared": any(lane.overlaps for lane in self.lanes),
            "imputed": any(stay.is_imputed for stay in stays),
        }
        return {kind for kind, is_drawn in drawn.items() if is_drawn}

    def _row(self, place: int, lane: Lane) -> Row:
        top = HEAD + LANE * place
        kind = "index" if lane.is_index else ""
        bar_top = top + (LANE - BAR) / 2
        bars = [
            self._bar(s.start_at, s.end_at, bar_top, BAR, f"{kind} {'imputed' if s.is_imputed else ''}".strip())
            for s in lane.stays
        ]
        bars += [self._bar(start, end, bar_top + BAR, 5, "shared") for start, end in lane.overlaps]
        return Row(lane.label, _pixels(top + LANE), bars)

    def _bar(self, start: dt.datetime, end: dt.datetime, top: float, height: float, kind: str) -> Bar:
        x = self._x(start)
        width = max(self._x(end) - x, NARROWEST)
        return Bar(_percent(x), _pixels(top), _percent(width), _pixels(height), kind, _reading(start, end))

    def _x(self, at: dt.datetime) -> float:
        span = (self.end_at - self.start_at).total_seconds() or 1
        return MARGIN + (100 - 2 * MARGIN) * (at - self.start_at).total_seconds() / span

    def _step(self) -> dt.timedelta:
        minutes = (self.end_at - self.start_at).total_seconds() / 60
        fitting = (step for step in TICK_MINUTES if minutes / step <= MOST_TICKS)
        return dt.timedelta(minutes=next(fitting, TICK_MINUTES[-1]))


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _pixels(value: float) -> str:
    return f"{value:.1f}"


def _tick_text(at: dt.datetime, step: dt.timedelta) -> str:
    if step >= dt.timedelta(days=1) or (at.hour, at.minute) == (0, 0):
        return formats.date_format(at, "d/m")
    return formats.date_format(at, "H:i")


def _reading(start: dt.datetime, end: dt.datetime) -> str:
    start, end = timezone.localtime(start), timezone.localtime(end)
    last = "H:i" if start.date() == end.date() else "H:i d/m"
    return f"{formats.date_format(start, 'H:i d/m')} – {formats.date_format(end, last)}"
