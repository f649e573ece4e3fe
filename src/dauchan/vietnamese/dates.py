"""Days and times as people in Viet Nam write them in lists. Pure: *today* is an argument."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from dauchan.vietnamese.folding import fold

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
#: Spreadsheets count days from here; a cell that lost its format shows the count.
SPREADSHEET_EPOCH = dt.date(1899, 12, 30)
SERIALS = range(36_000, 73_000)  # 1998 to 2099

_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})(?:[/.\-](?P<year>\d{4}|\d{2}))?", re.ASCII)
_ISO = re.compile(r"(?P<year>\d{4})[/.\-](?P<month>\d{1,2})[/.\-](?P<day>\d{1,2})", re.ASCII)
_IN_WORDS = re.compile(r"(?:ngay )?(?P<day>\d{1,2}) thang (?P<month>\d{1,2})(?: nam (?P<year>\d{4}))?", re.ASCII)
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:hg](?P<minute>\d{2})?(?::\d{2}(?:\.\d+)?)?| gio(?: (?P<minute2>\d{1,2})(?: phut)?)?)",
    re.ASCII,
)


class DayUnreadable(ValueError):
    """The text is no day, or none of the calendar."""


def read_day(text: str, today: dt.date) -> dt.date:
    """The day in `28/11/2026`, `28-11-26`, `28.11`, `2026-11-28`, `ngày 28 tháng 11 năm 2026`, or a spreadsheet's count.

    Without a year it is the latest such day that is not in the future. A time beside the day is passed over.

    Raises: DayUnreadable.
    """
    return _split(text, today)[0]


def read_instant(text: str, today: dt.date) -> tuple[dt.date, dt.time | None]:
    """The day, and the local time where one is written: `08:30 28/11/2026`, `28/11/2026 8h30`, `8 giờ 30 ngày 28/11`.

    Raises: DayUnreadable.
    """
    return _split(text, today)


def _split(text: str, today: dt.date) -> tuple[dt.date, dt.time | None]:
    folded = fold(text).replace("t", " ", 1) if _ISO.match(fold(text)) else fold(text)
    if folded.isascii() and folded.isdigit() and int(folded) in SERIALS:
        return SPREADSHEET_EPOCH + dt.timedelta(days=int(folded)), None
    found = next((match for kind in (_ISO, _IN_WORDS, _DAY_FIRST) if (match := kind.search(folded))), None)
    if found is None:
        raise DayUnreadable
    rest = (folded[: found.start()] + " " + folded[found.end() :]).replace("ngay", " ").strip(" ,;-")
    return _day(found, today), _time(rest)


def _day(found: re.Match[str], today: dt.date) -> dt.date:
    year = found["year"]
    try:
        if year is None:
            return _latest(int(found["month"]), int(found["day"]), today)
        return dt.date(int(year) + (2000 if len(year) == 2 else 0), int(found["month"]), int(found["day"]))  # noqa: PLR2004
    except ValueError:
        raise DayUnreadable from None


def _latest(month: int, day: int, today: dt.date) -> dt.date:
    this_year = dt.date(today.year, month, day)
    return this_year if this_year <= today else this_year.replace(year=today.year - 1)


def _time(text: str) -> dt.time | None:
    if not text:
        return None
    found = _TIME.fullmatch(text)
    if found is None:
        raise DayUnreadable
    try:
        return dt.time(int(found["hour"]), int(found["minute"] or found["minute2"] or 0))
    except ValueError:
        raise DayUnreadable from None
