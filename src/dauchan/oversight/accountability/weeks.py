"""Which weekly reports are due: weeks of the Vietnamese calendar, Monday to Sunday. Pure: *now* and what there is are arguments."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from dauchan.vietnamese.dates import LOCAL

if TYPE_CHECKING:
    from collections.abc import Collection

#: A week's report is made from Monday morning on: Sunday has been counted and screened by then.
READY_AT = dt.time(5)
#: Where the worker was down for longer, older weeks stay without a report.
MAKES_UP = 4
WEEK = dt.timedelta(days=7)


def last_whole_week(now: dt.datetime) -> dt.date:
    """The Monday of the last week that is over and whose Sunday has been counted by the clock."""
    local = now.astimezone(LOCAL)
    monday = local.date() - dt.timedelta(days=local.weekday())
    is_early = local.weekday() == 0 and local.time() < READY_AT
    return monday - WEEK * (2 if is_early else 1)


def weeks_due(now: dt.datetime, counted: Collection[dt.date], made: Collection[dt.date]) -> list[dt.date]:
    """The Mondays of the weeks that have counted days and no report yet, the earliest first."""
    last = last_whole_week(now)
    mondays = [last - WEEK * back for back in reversed(range(MAKES_UP))]
    return [
        monday for monday in mondays if monday not in made and any(monday <= day < monday + WEEK for day in counted)
    ]
