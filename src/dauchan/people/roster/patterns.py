"""Weekdays and hours as people write them in rosters: `T2-T6`, `thứ 2 đến thứ 6`, `T2, T4, CN`, `hằng ngày`; `7h30-17h`."""

from __future__ import annotations

import datetime as dt
import re

from dauchan.vietnamese import fold

_DAYS = {
    "2": 0, "t2": 0, "thu 2": 0, "thu hai": 0, "mon": 0, "monday": 0,
    "3": 1, "t3": 1, "thu 3": 1, "thu ba": 1, "tue": 1, "tuesday": 1,
    "4": 2, "t4": 2, "thu 4": 2, "thu tu": 2, "wed": 2, "wednesday": 2,
    "5": 3, "t5": 3, "thu 5": 3, "thu nam": 3, "thu": 3, "thursday": 3,
    "6": 4, "t6": 4, "thu 6": 4, "thu sau": 4, "fri": 4, "friday": 4,
    "7": 5, "t7": 5, "thu 7": 5, "thu bay": 5, "sat": 5, "saturday": 5,
    "8": 6, "cn": 6, "chu nhat": 6, "sun": 6, "sunday": 6,
}  # fmt: skip
_ALL_DAYS = {"hang ngay", "hang ngay trong tuan", "ca tuan", "moi ngay", "every day", "daily"}
_TO = re.compile(r"\s*(?:-|–|—|\bden\b|\bto\b)\s*")
_AND = re.compile(r"\s*(?:,|;|\+|\bva\b|\band\b)\s*")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})\s*(?:[:hg.](?:\s*(?P<minute>\d{2})(?::\d{2})?)?|\s*gio(?:\s*(?P<minute2>\d{1,2}))?)?", re.ASCII
)
SHORT_NAMES = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


class PatternUnreadable(ValueError):
    """The text names no weekdays, or no time of day."""


def read_weekdays(text: str) -> int:
    """The weekdays as bits, 0 is Monday. Raises: PatternUnreadable."""
    folded = fold(text)
    if folded in _ALL_DAYS:
        return 0b1111111
    bits = 0
    for part in _AND.split(folded):
        ends = [_DAYS.get(word) for word in _TO.split(part)]
        if None in ends or not 1 <= len(ends) <= 2:  # noqa: PLR2004 - one day, or from one to another
            raise PatternUnreadable
        first, last = ends[0], ends[-1]
        assert first is not None  # noqa: S101 - for the type checker
        assert last is not None  # noqa: S101 - same
        for day in range(first, last + 1 if last >= first else last + 8):
            bits |= 1 << day % 7
    return bits


def weekdays_written(bits: int) -> str:
    """As `read_weekdays` reads them: runs of three days and more as `T2-T6`."""
    days = [day for day in range(7) if bits >> day & 1]
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(_run(run) for run in runs)


def _run(days: list[int]) -> str:
    names = [SHORT_NAMES[day] for day in days]
    return f"{names[0]}-{names[-1]}" if len(names) > 2 else ", ".join(names)  # noqa: PLR2004 - two are a list


def read_clock(text: str) -> dt.time:
    """`7:30`, `07h30`, `7 giờ 30`, `17h`, `24:00` (midnight). Raises: PatternUnreadable."""
    found = _CLOCK.fullmatch(fold(text))
    if found is None:
        raise PatternUnreadable
    hour, minute = int(found["hour"]), int(found["minute"] or found["minute2"] or 0)
    try:
        return dt.time(0 if (hour, minute) == (24, 0) else hour, minute)
    except ValueError:
        raise PatternUnreadable from None
