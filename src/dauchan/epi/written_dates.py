"""Dates as people write them, read by column: what is a day and what a month shows in the column as a whole."""

import math
import re
from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

DAY = timedelta(days=1)
_NUMBERS = re.compile(r"^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:[ T]+(.*))?$")
_CLOCK = re.compile(r"^(\d{1,2})[:hH](\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp][Mm])?$")
_EPOCH = re.compile(r"^\d{9,11}(?:\.\d+)?$")
LAST_MONTH, YEAR_DIGITS, NOON = 12, 4, 12


class DayOrder(StrEnum):
    """Which comes first in 03/04/2021."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


def day_order(cells: Iterable[str | None]) -> DayOrder:
    """What a column shows: month first only where some second number can be no month and no first one is too large for one."""
    parts = [match for cell in cells if cell and (match := _NUMBERS.match(cell)) and len(match[1]) < YEAR_DIGITS]
    is_month_first = any(int(match[2]) > LAST_MONTH for match in parts)
    is_day_first = any(int(match[1]) > LAST_MONTH for match in parts)
    return DayOrder.MONTH_FIRST if is_month_first and not is_day_first else DayOrder.DAY_FIRST


def read_written(
    text: str, order: DayOrder, zone: tzinfo, pattern: str | None = None, *, to_the_end: bool = False
) -> int | None:
    """Epoch seconds of a written instant; None where it is none.

    Args:
        text: ISO 8601, day and month in numbers with a year of four or two digits and perhaps a time, or epoch seconds.
        order: of day and month where the year does not come first.
        zone: of instants that name none.
        pattern: as `datetime.strptime` takes it; then nothing else is tried.
        to_the_end: a day without a time means its end: somebody who left on a day was there on it.
    """
    if pattern is None and _EPOCH.match(text):
        return math.floor(float(text))
    read = _by_pattern(text, pattern) if pattern else _iso(text) or _numbers(text, order)
    if read is None:
        return None
    is_day = read.time() == datetime.min.time() and ":" not in text and "h" not in text.lower()
    if to_the_end and is_day:
        read += DAY
    return math.floor((read if read.tzinfo else read.replace(tzinfo=zone)).timestamp())


def _by_pattern(text: str, pattern: str) -> datetime | None:
    try:
        return datetime.strptime(text, pattern)  # noqa: DTZ007 — the zone is added by the caller
    except ValueError:
        return None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _numbers(text: str, order: DayOrder) -> datetime | None:
    match = _NUMBERS.match(text)
    if not match:
        return None
    first, second, third = (int(number) for number in match.groups()[:3])
    if len(match[1]) == YEAR_DIGITS:
        year, month, day = first, second, third
    else:
        year = third if len(match[3]) == YEAR_DIGITS else 2000 + third
        day, month = (first, second) if order is DayOrder.DAY_FIRST else (second, first)
    clock = _clock(match[4]) if match[4] else (0, 0, 0)
    try:
        return None if clock is None else datetime(year, month, day, *clock)  # noqa: DTZ001 — as above
    except ValueError:
        return None


def _clock(text: str) -> tuple[int, int, int] | None:
    match = _CLOCK.match(text.strip())
    if not match:
        return None
    hours = int(match[1])
    if match[4]:
        hours = hours % NOON + (NOON if match[4].lower() == "pm" else 0)
    return hours, int(match[2]), int(match[3] or 0)
