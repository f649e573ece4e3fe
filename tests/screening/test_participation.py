"""Member days against an oracle that looks at one member, one day and one scan at a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dauchan.screening.participation import (
    DayState,
    Staff,
    WorkingCalendar,
    counts_by_day,
    missed_in_a_row,
    participation,
)

LOCAL = dt.timezone(dt.timedelta(hours=7))
FIRST = dt.date(2026, 8, 20)  # a Thursday before a made-up Saturday and a national day
DAYS = 16


@dataclass(frozen=True)
class Shift:
    weekdays: frozenset[int]
    start: dt.time
    end: dt.time
    on_holidays: bool = False

    def window(self, day: dt.date) -> tuple[dt.datetime, dt.datetime, dt.datetime]:
        midnight = dt.datetime.combine(day, dt.time(), LOCAL)
        start = dt.datetime.combine(day, self.start, LOCAL)
        if self.end > self.start or self.end == dt.time():  # at midnight the day ends, too
            return start, midnight, midnight + dt.timedelta(days=1)
        end = dt.datetime.combine(day + dt.timedelta(days=1), self.end, LOCAL)
        return start, start - dt.timedelta(hours=2), end


@dataclass(frozen=True)
class Member:
    shifts: tuple[Shift, ...]
    leave: tuple[tuple[dt.date, dt.date], ...] = ()
    joined: dt.date = dt.date(2020, 1, 1)
    left: dt.date = dt.date.max
    has_phone: bool = True
    scans: tuple[dt.datetime, ...] = ()


CALENDAR = WorkingCalendar(
    frozenset({dt.date(2026, 8, 31), dt.date(2026, 9, 1), dt.date(2026, 9, 2)}), ((dt.date(2026, 8, 22), 0),)
)


def seconds(time: dt.time) -> int:
    return time.hour * 3600 + time.minute * 60


def staff_of(members: list[Member]) -> Staff:
    shifts = [(n, shift) for n, member in enumerate(members) for shift in member.shifts]
    leave = [(n, *stretch) for n, member in enumerate(members) for stretch in member.leave]
    ends = [seconds(s.end) + (0 if s.end > s.start else 86_400) for _n, s in shifts]

    def ints(values: list[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.array(values, np.int64)

    return Staff(
        ints([m.joined.toordinal() for m in members]),
        ints([m.left.toordinal() for m in members]),
        np.array([m.has_phone for m in members], np.bool_),
        ints([n for n, _s in shifts]),
        ints([sum(1 << day for day in s.weekdays) for _n, s in shifts]),
        ints([seconds(s.start) for _n, s in shifts]),
        ints(ends),
        np.array([s.on_holidays for _n, s in shifts], np.bool_),
        ints([n for n, _f, _u in leave]),
        ints([f.toordinal() for _n, f, _u in leave]),
        ints([u.toordinal() for _n, _f, u in leave]),
    )


def states_of(members: list[Member], now: dt.datetime) -> list[list[DayState]]:
    scans = [(n, int(at.timestamp())) for n, member in enumerate(members) for at in member.scans]
    who, at = (np.array([pair[i] for pair in scans], np.int64) for i in (0, 1))
    found = participation(staff_of(members), CALENDAR, who, at, FIRST, DAYS, int(now.timestamp()))
    return [[DayState(value) for value in row] for row in found]


def expected(member: Member, day: dt.date, now: dt.datetime) -> DayState:
    if not member.joined <= day < member.left or any(first <= day < until for first, until in member.leave):
        return DayState.NOT_DUE
    due = []
    for shift in member.shifts:
        made_up = dict(CALENDAR.made_up)
        works = day.weekday() if shift.on_holidays else made_up.get(day, day.weekday())
        if works in shift.weekdays and (shift.on_holidays or day not in CALENDAR.holidays):
            due.append(shift.window(day))
    due = [window for window in due if window[0] <= now]
    if not due:
        return DayState.NOT_DUE
    if not member.has_phone:
        return DayState.UNVERIFIABLE
    if any(opens <= scan < closes for _start, opens, closes in due for scan in member.scans):
        return DayState.SCANNED
    return DayState.OPEN if any(closes > now for _start, _opens, closes in due) else DayState.MISSED


TIMES = st.builds(dt.time, st.integers(0, 23), st.sampled_from([0, 30]))
WITHIN = st.dates(FIRST - dt.timedelta(days=2), FIRST + dt.timedelta(days=DAYS + 2))
INSTANTS = st.builds(lambda day, time: dt.datetime.combine(day, time, LOCAL), WITHIN, TIMES)
SHIFTS = st.builds(Shift, st.frozensets(st.integers(0, 6), min_size=1), TIMES, TIMES, st.booleans())
MEMBERS = st.builds(
    Member,
    st.lists(SHIFTS, max_size=3).map(tuple),
    st.lists(st.tuples(WITHIN, WITHIN), max_size=2).map(tuple),
    st.one_of(st.just(dt.date(2020, 1, 1)), WITHIN),
    st.one_of(st.just(dt.date.max), WITHIN),
    st.booleans(),
    st.lists(INSTANTS, max_size=6).map(tuple),
)


@given(st.lists(MEMBERS, max_size=4), INSTANTS)
@settings(max_examples=150, deadline=None)
def test_every_member_day_is_what_the_oracle_says(members: list[Member], now: dt.datetime) -> None:
    found = states_of(members, now)
    days = [FIRST + dt.timedelta(days=n) for n in range(DAYS)]
    assert found == [[expected(member, day, now) for day in days] for member in members]


LATER = dt.datetime(2026, 9, 20, tzinfo=LOCAL)
OFFICE = Shift(frozenset(range(5)), dt.time(7, 30), dt.time(17))
NIGHT = Shift(frozenset(range(7)), dt.time(22), dt.time(6), on_holidays=True)


def on(states: list[DayState], day: dt.date) -> DayState:
    return states[(day - FIRST).days]


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 8, day, hour, minute, tzinfo=LOCAL)


def test_a_shift_over_midnight_belongs_to_the_day_it_began() -> None:
    """A scan at two in the morning is the shift of the evening before; the moment it ends is outside."""
    [states] = states_of([Member((NIGHT,), scans=(at(25, 2), at(27, 6), at(28, 21, 50)))], LATER)
    assert on(states, dt.date(2026, 8, 24)) == DayState.SCANNED
    assert on(states, dt.date(2026, 8, 25)) == DayState.MISSED
    assert on(states, dt.date(2026, 8, 26)) == DayState.MISSED
    assert on(states, dt.date(2026, 8, 28)) == DayState.SCANNED


def test_an_office_rests_on_holidays_and_makes_up_for_one_and_a_guard_does_neither() -> None:
    office, guard = states_of([Member((OFFICE,)), Member((NIGHT,))], LATER)
    for day in (31,):
        assert on(office, dt.date(2026, 8, day)) == DayState.NOT_DUE
        assert on(guard, dt.date(2026, 8, day)) == DayState.MISSED
    assert on(office, dt.date(2026, 8, 22)) == DayState.MISSED  # Saturday, worked as a Monday
    assert on(office, dt.date(2026, 8, 23)) == DayState.NOT_DUE


def test_days_missed_in_a_row_skip_days_that_were_not_due() -> None:
    leave = ((dt.date(2026, 8, 27), dt.date(2026, 8, 29)),)
    [states] = states_of([Member((OFFICE,), leave, scans=(at(25, 7),))], at(30, 12))
    row = np.array([states], np.int8)
    assert missed_in_a_row(row).tolist() == [1]  # the 26th; then leave, then a weekend
    counted = counts_by_day(row)
    assert counted.shape == (DAYS, len(DayState))
    assert counted.sum(axis=1).tolist() == [1] * DAYS
