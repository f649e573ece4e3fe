"""Which weekly reports are due, in the Vietnamese calendar and with a worker that was down."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.compliance.periods import Period
from dauchan.oversight.accountability.columns import Window
from dauchan.oversight.accountability.weeks import MAKES_UP, WEEK, last_whole_week, weeks_due

LOCAL = dt.timezone(dt.timedelta(hours=7))


@pytest.mark.parametrize(
    ("at", "monday"),
    [
        # Sunday night in Viet Nam is Sunday afternoon in UTC: the week is not over.
        (dt.datetime(2026, 11, 29, 23, 59, tzinfo=LOCAL), dt.date(2026, 11, 16)),
        # Monday before five in the morning, which is still Sunday in UTC.
        (dt.datetime(2026, 11, 30, 4, 59, tzinfo=LOCAL), dt.date(2026, 11, 16)),
        (dt.datetime(2026, 11, 29, 22, 0, tzinfo=dt.UTC), dt.date(2026, 11, 23)),
        (dt.datetime(2026, 12, 6, 23, 59, tzinfo=LOCAL), dt.date(2026, 11, 23)),
        # The week that holds the new year.
        (dt.datetime(2027, 1, 4, 5, 0, tzinfo=LOCAL), dt.date(2026, 12, 28)),
    ],
)
def test_the_last_week_is_that_of_the_local_calendar(at: dt.datetime, monday: dt.date) -> None:
    assert last_whole_week(at) == monday


@given(st.integers(0, 3 * 365 * 24), st.sets(st.integers(0, 6)))
def test_what_was_missed_is_made_up_once(hours: int, made: set[int]) -> None:
    now = dt.datetime(2025, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=hours)
    last = last_whole_week(now)
    done = {last - WEEK * back for back in made}
    counted = {last - dt.timedelta(days=back) for back in range(-6, 60)}
    due = weeks_due(now, counted, done)
    assert due == sorted(due)
    assert set(due) == {last - WEEK * back for back in range(MAKES_UP)} - done
    assert weeks_due(now, counted, done | set(due)) == []
    assert weeks_due(now, set(), set()) == []


@given(st.dates(dt.date(2024, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 400))
def test_windows_lie_before_today_and_beside_their_like(day: dt.date, later: int) -> None:
    now = dt.datetime.combine(day + dt.timedelta(days=later), dt.time(12), LOCAL)
    week, month = Window.of_week(day, now), Window.of_month(day, now)
    assert week.period.first.weekday() == week.before.first.weekday() == 0
    assert week.before.length == week.period.length
    assert month.period.first.day == month.before.first.day == 1
    assert month.before.last < month.period.first
    for window in (week, month):
        assert isinstance(window.period, Period)
        assert window.period.first <= window.period.last
        assert window.period.last < now.date() or window.period.first == window.period.last == now.date()
