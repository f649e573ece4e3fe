"""Deadlines in working days: against a count day by day, over weekends, holidays and Saturdays that are made up."""

from __future__ import annotations

import datetime as dt

from hypothesis import assume, given
from hypothesis import strategies as st

from dauchan.units.deadlines import (
    OfficeCalendar,
    add_working_days,
    end_of_calendar_days,
    is_working_day,
    unknown_years,
    working_days_between,
)
from dauchan.vietnamese.dates import LOCAL

DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 31))
SATURDAY = 5
FIRST_DAYS = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(90)]
WEEKENDS = [day for day in FIRST_DAYS if day.weekday() >= SATURDAY]
CALENDARS = st.builds(
    OfficeCalendar,
    st.frozensets(DAYS, max_size=12),
    st.frozensets(st.sampled_from(WEEKENDS), max_size=4),
    st.just(frozenset({2026})),
)
#: The days off about the lunar new year of 2026, and a Saturday worked for Friday 2 January.
TET = OfficeCalendar(
    frozenset({dt.date(2026, 1, 1), dt.date(2026, 1, 2), *(dt.date(2026, 2, day) for day in range(16, 21))}),
    frozenset({dt.date(2026, 1, 10)}),
    frozenset({2026}),
)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def test_a_deadline_passes_over_the_lunar_new_year() -> None:
    """Received on the Friday before: the third working day is the Wednesday after."""
    assert add_working_days(at("2026-02-13 08:00"), 3, TET) == at("2026-02-25 17:00")


def test_days_of_the_calendar_end_at_midnight_and_never_on_a_day_of_rest() -> None:
    """Received on 9 February: seven days end within the lunar new year, and so with the first Monday worked after it."""
    assert end_of_calendar_days(at("2026-02-09 16:59"), 3, TET) == at("2026-02-13 00:00")
    assert end_of_calendar_days(at("2026-02-09 23:59"), 7, TET) == at("2026-02-24 00:00")


def test_a_made_up_saturday_counts_and_its_day_off_does_not() -> None:
    assert add_working_days(at("2025-12-31 16:59"), 1, TET) == at("2026-01-05 17:00")
    assert add_working_days(at("2026-01-09 09:00"), 1, TET) == at("2026-01-10 17:00")


def test_the_day_of_receipt_is_the_local_one_and_never_counts() -> None:
    """23:30 UTC on Monday is Tuesday morning in Viet Nam."""
    received = dt.datetime(2026, 3, 2, 23, 30, tzinfo=dt.UTC)
    assert add_working_days(received, 1, TET) == at("2026-03-04 17:00")
    assert add_working_days(at("2026-03-02 23:00"), 1, TET) == at("2026-03-03 17:00")


def test_no_days_are_the_end_of_the_day_or_of_the_next_one_that_is_worked() -> None:
    assert add_working_days(at("2026-03-04 09:00"), 0, TET) == at("2026-03-04 17:00")
    assert add_working_days(at("2026-03-07 09:00"), 0, TET) == at("2026-03-09 17:00")


@given(DAYS, st.integers(1, 30), CALENDARS)
def test_a_deadline_is_a_working_day_so_many_working_days_on(day: dt.date, days: int, calendar: OfficeCalendar) -> None:
    received = dt.datetime.combine(day, dt.time(12), LOCAL)
    due = add_working_days(received, days, calendar).astimezone(LOCAL)
    assert due.time() == dt.time(17)
    assert is_working_day(due.date(), calendar)
    assert working_days_between(day, due.date(), calendar) == days


@given(DAYS, st.integers(1, 30), CALENDARS)
def test_going_back_from_a_working_day_undoes_going_on(day: dt.date, days: int, calendar: OfficeCalendar) -> None:
    assume(is_working_day(day, calendar))
    noon = dt.datetime.combine(day, dt.time(12), LOCAL)
    assert add_working_days(add_working_days(noon, days, calendar), -days, calendar).astimezone(LOCAL).date() == day


@given(DAYS, DAYS, DAYS, CALENDARS)
def test_counts_add_up_and_turn_with_their_sign(
    one: dt.date, two: dt.date, three: dt.date, calendar: OfficeCalendar
) -> None:
    there = working_days_between(one, two, calendar)
    assert there == -working_days_between(two, one, calendar)
    assert there + working_days_between(two, three, calendar) == working_days_between(one, three, calendar)


@given(DAYS, st.integers(1, 20), st.integers(0, 10), CALENDARS)
def test_a_longer_term_never_ends_earlier(day: dt.date, days: int, more: int, calendar: OfficeCalendar) -> None:
    received = dt.datetime.combine(day, dt.time(9), LOCAL)
    assert add_working_days(received, days + more, calendar) >= add_working_days(received, days, calendar)


def test_a_year_without_announced_holidays_is_told() -> None:
    assert unknown_years(dt.date(2026, 12, 28), dt.date(2027, 1, 4), TET) == [2027]
    assert unknown_years(dt.date(2026, 12, 28), dt.date(2026, 12, 31), TET) == []
