"""Days as other systems write them: ISO 8601, 03.04.2021, 03/04/2021, 3/4/21."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dauchan.vietnamese.dates import LOCAL

if TYPE_CHECKING:
    from collections.abc import Iterable

_WRITTEN = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T,].*)?", re.ASCII)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ISO_ZONE = re.compile(r"[T ].*(?:Z|[+-]\d{2}:?\d{2})$", re.ASCII)
#: Days of two-digit years lie in this century up to here, else in the last.
_LATEST_SHORT_YEAR = 40
_MONTHS = 12


@dataclass(frozen=True)
class Order:
    """How a file writes days.

    Attributes:
        day_first: whether the day stands first in what is written with slashes; None where no day is written so.
        is_sure: the file itself proves it.
        dots_day_first: the same of what is written with dots, which everywhere put the day first but where a file proves otherwise.
    """

    day_first: bool | None = None
    is_sure: bool = True
    dots_day_first: bool = True


def order_of(texts: Iterable[str]) -> Order:
    """What one day above 12 settles for the whole file: systems write all days of a file alike, with dots or with slashes."""
    found = [match for text in texts if (match := _WRITTEN.fullmatch(text.strip()))]
    dotted, slashed = ([f for f in found if (f[2] == ".") is is_dotted] for is_dotted in (True, False))
    dots, slashes = _proven(dotted), _proven(slashed)
    dots_day_first = slashes if dots is None and slashes is not None else dots is not False
    if not slashed:
        return Order(None if dots_day_first else False, dots_day_first=dots_day_first)
    told = dots if slashes is None else slashes
    return Order(told is not False, told is not None, dots_day_first)


def _proven(found: Iterable[re.Match[str]]) -> bool | None:
    """Whether the day stands first; None where nothing tells, or the days contradict each other."""
    pairs = [(int(f[1]), int(f[3])) for f in found]
    day_first, month_first = any(a > _MONTHS for a, _b in pairs), any(b > _MONTHS for _a, b in pairs)
    return day_first if day_first != month_first else None


_USUAL = Order()


def day_of(text: str, order: Order = _USUAL) -> dt.date:
    """The local day of what is written; of an instant with a zone, the day it is then in Vietnam.

    Raises: ValueError.
    """
    written = text.strip()
    if _ISO_DAY.match(written):
        if _ISO_ZONE.search(written):
            return dt.datetime.fromisoformat(written).astimezone(LOCAL).date()
        return dt.date.fromisoformat(written[:10])
    found = _WRITTEN.fullmatch(written)
    if not found:
        raise ValueError(text)
    one, two, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == len("yy"):
        year += 2000 if year <= _LATEST_SHORT_YEAR else 1900
    is_day_first = order.dots_day_first if found[2] == "." else order.day_first is not False
    day, month = (one, two) if is_day_first else (two, one)
    return dt.date(year, month, day)
