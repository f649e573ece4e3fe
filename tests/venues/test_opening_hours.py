"""Opening hours against a minute-by-minute oracle."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from dauchan.venues.opening_hours import DAYS, state_at, week_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = dt.datetime(2026, 3, 2, tzinfo=ZONE)
MINUTES_A_DAY = 24 * 60
WEEK = 7 * MINUTES_A_DAY

minutes = st.integers(0, 95).map(lambda quarter: quarter * 15)
intervals = st.tuples(minutes, st.integers(0, 96).map(lambda quarter: quarter * 15))
weeks = st.dictionaries(st.sampled_from(DAYS), st.lists(intervals, max_size=3), max_size=7)


def written(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def open_minutes(week: dict[str, list[tuple[int, int]]]) -> set[int]:
    """Every minute of a week, counted from Monday, at which the venue is open; the week goes round."""
    found = set()
    for day, spans in week.items():
        for start, end in spans:
            length = end - start if end > start else end - start + MINUTES_A_DAY
            begin = DAYS.index(day) * MINUTES_A_DAY + start
            found |= {(begin + minute) % WEEK for minute in range(length)}
    return found


@settings(deadline=None)
@given(weeks, st.integers(0, WEEK - 1))
def test_open_or_closed_and_until_when(week: dict[str, list[tuple[int, int]]], now: int) -> None:
    stored = {day: [[written(start), written(end)] for start, end in spans] for day, spans in week.items()}
    state = state_at(stored, MONDAY + dt.timedelta(minutes=now))
    if not any(week.values()):
        assert state is None
        return
    expected = open_minutes(week)
    assert state is not None
    assert state.is_open == (now in expected)
    change = next((step for step in range(1, WEEK + 1) if ((now + step) % WEEK in expected) != state.is_open), None)
    assert state.changes_at == (None if change is None else MONDAY + dt.timedelta(minutes=now + change))


def test_a_week_has_seven_days_or_none() -> None:
    assert week_of({}) == []
    assert week_of({"mon": []}) == []
    stated = week_of({"tue": [["07:00", "11:30"], ["13:00", "17:00"]]})
    assert [day for day, _ in stated] == list(DAYS)
    assert dict(stated)["tue"] == [("07:00", "11:30"), ("13:00", "17:00")]
    assert dict(stated)["mon"] == []
