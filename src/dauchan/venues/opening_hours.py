"""Opening hours of a venue: whether it is open now, and its week in words. Pure: *now* is an argument.

Hours are stored as `{"mon": [["07:00", "11:30"], ["13:00", "17:00"]], …}`: half-open intervals of local time. A missing
day is closed; an empty object says nothing. An interval whose end is not after its start ends on the next day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = "24:00"

Hours = Mapping[str, Sequence[Sequence[str]]]
Stretch = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class OpenState:
    """Whether a venue is open at an instant, and when that changes next (None: not within a week)."""

    is_open: bool
    changes_at: dt.datetime | None


def state_at(hours: Hours, now: dt.datetime) -> OpenState | None:
    """The state at *now*, a local time with its zone; None where no hours were stated."""
    if not any(hours.values()):
        return None
    stretches = _stretches_around(hours, now)
    for start, end in stretches:
        if start <= now < end:
            return OpenState(is_open=True, changes_at=None if end - start >= dt.timedelta(days=7) else end)
    return OpenState(is_open=False, changes_at=min((start for start, _ in stretches if start > now), default=None))


def _stretches_around(hours: Hours, now: dt.datetime) -> list[Stretch]:
    """From yesterday to a week ahead; those that touch or overlap are one, so that 24 hours a day never closes."""
    joined: list[Stretch] = []
    for start, end in sorted(_stretches(hours, now)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _stretches(hours: Hours, now: dt.datetime) -> Iterator[Stretch]:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for offset in range(-1, 8):
        day = midnight + dt.timedelta(days=offset)
        for start_text, end_text in hours.get(DAYS[day.weekday()], ()):
            start, end = day + _since_midnight(start_text), day + _since_midnight(end_text)
            yield start, end if end > start else end + dt.timedelta(days=1)


def _since_midnight(text: str) -> dt.timedelta:
    hour, minute = text.split(":")
    return dt.timedelta(hours=int(hour), minutes=int(minute))


def week_of(hours: Hours) -> list[tuple[str, list[tuple[str, str]]]]:
    """Monday to Sunday with their intervals; none stated gives an empty list."""
    if not any(hours.values()):
        return []
    return [(day, [(start, end) for start, end in hours.get(day, ())]) for day in DAYS]
