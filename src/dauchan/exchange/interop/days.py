"""Days as other systems write them: ISO 8601, 03.04.2021, 03/04/2021, 3/4/21."""

from __future__ import annotations

import datetime as dt
import re
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


def order_of(texts: Iterable[str]) -> tuple[bool | None, bool]:
    """Whether the day stands first in what a file writes with slashes, and whether the file itself proves it.

    One day above 12 settles it for the whole file: systems write all days of a file alike. Dots put the day first everywhere.

    Returns: (None, True) where no day is written so.
    """
    pairs = [(int(f[1]), int(f[3])) for text in texts if (f := _WRITTEN.fullmatch(text.strip())) and f[2] != "."]
    if not pairs:
        return None, True
    day_first, month_first = any(a > _MONTHS for a, _b in pairs), any(b > _MONTHS for _a, b in pairs)
    return not (month_first and not day_first), day_first != month_first


def day_of(text: str, *, day_first: bool = True) -> dt.date:
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
    day, month = (one, two) if day_first or found[2] == "." else (two, one)
    return dt.date(year, month, day)
