"""The calendar of public holidays: loading it, and reading it for whoever counts working days."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from dauchan.screening.participation import WorkingCalendar
from dauchan.units.calendar_models import CalendarDay, DayKind
from dauchan.units.deadlines import OfficeCalendar
from dauchan.units.reference_rows import Loaded, keep_records, read_rows

if TYPE_CHECKING:
    import datetime as dt

HOLIDAYS = Path(__file__).with_name("reference") / "holidays.csv"
COLUMNS = ("day", "kind", "stands_for", "name_vi", "name_en", "source")


@transaction.atomic
def load_holidays(file: Path = HOLIDAYS) -> Loaded:
    """Load holidays and days made up. Loading again changes nothing.

    Raises: dauchan.units.errors.ReferenceRefused, and then nothing of it is kept.
    """
    days = []
    for row in read_rows(file, COLUMNS):
        day = CalendarDay(**{column: text for column, text in row.given().items() if column in COLUMNS})
        row.check(day, exclude=[])
        try:
            day.clean()
        except ValidationError as fault:
            raise row.refused(" ".join(fault.messages)) from fault
        days.append(day)
    return keep_records(days, key=["day"])


def working_calendar(first: dt.date, until: dt.date) -> WorkingCalendar:
    """Holidays and days made up in [first, until)."""
    days = list(CalendarDay.objects.filter(day__gte=first, day__lt=until))
    made_up = tuple((day.day, day.stands_for.weekday()) for day in days if day.stands_for)
    return WorkingCalendar(frozenset(day.day for day in days if not day.stands_for), made_up)


def calendar_covers(day: dt.date) -> bool:
    """Whether the holidays of that year are known."""
    return CalendarDay.objects.filter(day__year=day.year).exists()


def office_calendar() -> OfficeCalendar:
    """When offices are open, as far as it was announced. One query; read it once for a page or a job."""
    days = list(CalendarDay.objects.values_list("day", "kind"))
    rests = frozenset(day for day, kind in days if kind == DayKind.HOLIDAY)
    works = frozenset(day for day, kind in days if kind == DayKind.MADE_UP)
    return OfficeCalendar(rests, works, frozenset(day.year for day in rests))
