"""When the clock of a referral strikes: pure, over working days; what it did before is an argument."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dauchan.units.deadlines import OfficeCalendar, add_working_days
from dauchan.vietnamese.dates import LOCAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OFFICE_BEGINS = dt.time(8)
BEFORE, AFTER, UP = "before", "after", "up"


@dataclass(frozen=True)
class Terms:
    """Working days, as `ClockRule` has them; *levels* are the units above the one that answers."""

    remind_before: int
    remind_every: int
    reminders: int
    levels: int


@dataclass(frozen=True)
class Strike:
    """One thing the clock does: a reminder, or telling the level above.

    Attributes:
        mark: names it among all strikes of one referral; the same at every run.
        number: of reminders after the deadline and of levels told, from 1; 0 for the reminder before.
    """

    kind: str
    number: int
    mark: str
    planned_at: dt.datetime


def strikes_due(
    began_at: dt.datetime,
    due_at: dt.datetime,
    terms: Terms,
    calendar: OfficeCalendar,
    now: dt.datetime,
    struck: Mapping[str, dt.datetime],
) -> list[Strike]:
    """What must happen by *now* and has not, in order of time.

    *struck*: when each earlier strike happened, by its mark. A level above is told on the working day after the last
    reminder before it was really sent: a unit that could not be reminded in time is not reported for it.
    """
    found = [one for one in _reminders(began_at, due_at, terms, calendar, now) if one.mark not in struck]
    for level in range(1, terms.levels + 1):
        last = struck.get(_mark(due_at, AFTER, level * terms.reminders))
        mark = _mark(due_at, UP, level)
        if last is None or mark in struck:
            continue
        planned = _morning(add_working_days(last, 1, calendar))
        if planned <= now:
            found.append(Strike(UP, level, mark, planned))
    return sorted(found, key=lambda one: one.planned_at)


def _reminders(
    began_at: dt.datetime, due_at: dt.datetime, terms: Terms, calendar: OfficeCalendar, now: dt.datetime
) -> Iterator[Strike]:
    """Those planned up to *now*: one before the deadline (while it has not passed), then one every so many days.

    They end when every level has been told and has had as many of them again.
    """
    before = _morning(add_working_days(due_at, -terms.remind_before, calendar))
    if terms.remind_before and began_at < before <= now < due_at:
        yield Strike(BEFORE, 0, _mark(due_at, BEFORE, 0), before)
    for number in range(1, terms.reminders * (terms.levels + 1) + 1):
        planned = _morning(add_working_days(due_at, 1 + (number - 1) * terms.remind_every, calendar))
        if planned > now:
            return
        yield Strike(AFTER, number, _mark(due_at, AFTER, number), planned)


def _mark(due_at: dt.datetime, kind: str, number: int) -> str:
    """With the deadline in it: after a new deadline the clock strikes anew."""
    return f"{due_at.astimezone(LOCAL):%Y-%m-%d}:{kind}:{number}"


def _morning(instant: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(instant.astimezone(LOCAL).date(), OFFICE_BEGINS, LOCAL).astimezone(dt.UTC)
