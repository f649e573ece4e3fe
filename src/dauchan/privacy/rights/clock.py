"""The law's clocks: the first answer in working days, the act in calendar days. Pure."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from dauchan.units.deadlines import OFFICE_ENDS, is_working_day
from dauchan.vietnamese.dates import LOCAL

if TYPE_CHECKING:
    from dauchan.units.deadlines import OfficeCalendar

_DAY = dt.timedelta(days=1)


def act_by(received_at: dt.datetime, days: int, calendar: OfficeCalendar) -> dt.datetime:
    """The end of office hours of the *days*-th calendar day after it was received; a day off moves it to the next working day.

    The day of receipt is not counted (Bộ luật Dân sự 2015, Điều 147 and 148).
    """
    day = received_at.astimezone(LOCAL).date() + _DAY * days
    while not is_working_day(day, calendar):
        day += _DAY
    return dt.datetime.combine(day, OFFICE_ENDS, LOCAL).astimezone(dt.UTC)
