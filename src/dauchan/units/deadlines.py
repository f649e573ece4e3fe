"""Deadlines, most in working days: office hours end at 17:00, weekends and public holidays do not count, made-up Saturdays do.

Pure: the calendar and *now* are arguments. The day on which something is received is never counted.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dauchan.vietnamese.dates import LOCAL

OFFICE_ENDS = dt.time(17)
_DAY = dt.timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class OfficeCalendar:
    """Days on which offices differ from the week's rule.

    Attributes:
        rests: weekdays and others on which offices are closed.
        works: weekend days that are made up for a day off.
        known_years: years whose holidays were announced; of any other only the weekends are known.
    """

    rests: frozenset[dt.date] = frozenset()
    works: frozenset[dt.date] = frozenset()
    known_years: frozenset[int] = frozenset()


def is_working_day(day: dt.date, calendar: OfficeCalendar) -> bool:
    if day in calendar.works:
        return True
    return day.weekday() < _SATURDAY and day not in calendar.rests


def add_working_days(received_at: dt.datetime, days: int, calendar: OfficeCalendar) -> dt.datetime:
    """The end of office hours of the *days*-th working day after (before, if negative) the local day of *received_at*.

    No days: the end of office hours of that day itself, or of the first working day after it. In UTC.
    """
    day = received_at.astimezone(LOCAL).date()
    step = _DAY if days >= 0 else -_DAY
    left = abs(days)
    if left == 0 and not is_working_day(day, calendar):
        left = 1
    while left:
        day += step
        left -= is_working_day(day, calendar)
    return dt.datetime.combine(day, OFFICE_ENDS, LOCAL).astimezone(dt.UTC)


def end_of_calendar_days(received_at: dt.datetime, days: int, calendar: OfficeCalendar) -> dt.datetime:
    """24:00 of the *days*-th day after the local day of *received_at*; of the next working day where offices rest on it. In UTC.

    As the Civil Code 2015 counts a period given in days (articles 147 and 148): the day it begins with is not counted.
    """
    day = received_at.astimezone(LOCAL).date() + _DAY * days
    while not is_working_day(day, calendar):
        day += _DAY
    return dt.datetime.combine(day + _DAY, dt.time(), LOCAL).astimezone(dt.UTC)


def working_days_between(first: dt.date, last: dt.date, calendar: OfficeCalendar) -> int:
    """How many working days come after *first* up to and with *last*; negative where *last* comes before *first*."""
    if last < first:
        return -working_days_between(last, first, calendar)
    return sum(is_working_day(first + _DAY * ahead, calendar) for ahead in range(1, (last - first).days + 1))


def unknown_years(first: dt.date, last: dt.date, calendar: OfficeCalendar) -> list[int]:
    """The years between two days whose holidays were not announced yet: a count over them is provisional."""
    return [year for year in range(first.year, last.year + 1) if year not in calendar.known_years]
