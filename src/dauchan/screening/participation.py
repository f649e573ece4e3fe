"""Who scanned at their workplace on which of their working days.

A *member day* is a member and the local day on which a shift of theirs begins; several shifts of one day are one member day. It is
due where the working pattern has a shift on that weekday, no leave covers the day, the member had joined and not left, and no public
holiday falls on it, but for shifts that are kept on holidays too. On a day that is made up for, those who rest on holidays work as on
the weekday it stands for.

The day of a shift is half-open: the local day for a shift that ends on it, and `[start − EARLY, end)` for one that goes on past
midnight, which so belongs to the day it began. Where two days overlap, a scan counts for both: in doubt for the member.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]
States = NDArray[np.int8]

#: Viet Nam, which has had no other time since 1975.
LOCAL_OFFSET = 7 * 3600
DAY = 86_400
EARLY = 2 * 3600
"""So long before an overnight shift begins is a scan at the door one for it."""
WEEK = 7
_EPOCH = date(1970, 1, 1).toordinal()
_INSTANT_BITS = 34


class DayState(IntEnum):
    """What is known of a member day."""

    NOT_DUE = 0
    SCANNED = 1
    MISSED = 2
    #: The member's phone is not known: whether they scanned, nobody can say.
    UNVERIFIABLE = 3
    #: A shift has begun, its day is not over, and there is no scan yet.
    OPEN = 4


@dataclass(frozen=True, slots=True, eq=False)
class Staff:
    """The members of agencies with their shifts and leave; members are named by their place in the first three arrays.

    Attributes:
        joined, left: first day and the day after the last, as proleptic ordinals (`date.toordinal`), shape (n,).
        is_verifiable: whether scans can be told to be theirs, shape (n,).
        shift_member: whose shift it is, shape (s,).
        shift_weekdays: bits 0 (Monday) to 6, shape (s,).
        shift_starts, shift_ends: seconds after the midnight the day begins with; ends after starts, at most two days, shape (s,).
        shift_on_holidays: whether the shift is kept on public holidays as on other days, shape (s,).
        leave_member, leave_first, leave_until: who is away from which ordinal until before which, shape (l,).
    """

    joined: Int64s
    left: Int64s
    is_verifiable: Bools
    shift_member: Int64s
    shift_weekdays: Int64s
    shift_starts: Int64s
    shift_ends: Int64s
    shift_on_holidays: Bools
    leave_member: Int64s
    leave_first: Int64s
    leave_until: Int64s


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Public holidays, and days on which people work as on another weekday (0 is Monday) to make up for one."""

    holidays: frozenset[date] = frozenset()
    made_up: tuple[tuple[date, int], ...] = ()


def participation(
    staff: Staff, calendar: WorkingCalendar, scan_member: Int64s, scan_at: Int64s, first: date, days: int, now: int
) -> States:
    """The `DayState` of every member on every day.

    Args:
        staff: n members.
        calendar: of the place.
        scan_member: whose check-ins at their own agency, in any order, shape (k,).
        scan_at: when, in epoch seconds, shape (k,).
        first: of the days.
        days: how many.
        now: epoch seconds; shifts that have not begun are not due yet.

    Returns: shape (n, days).
    """
    members = len(staff.joined)
    midnights = (first.toordinal() - _EPOCH + np.arange(days)) * DAY - LOCAL_OFFSET
    starts = staff.shift_starts[:, None] + midnights
    ends = staff.shift_ends[:, None] + midnights
    overnight = (staff.shift_ends > DAY)[:, None]
    opens = np.where(overnight, starts - EARLY, midnights)
    closes = np.where(overnight, ends, midnights + DAY)
    due = _due(staff, calendar, first, days) & (starts <= now)
    seen = due & _any_scan(staff.shift_member, opens, closes, scan_member, scan_at)
    running = due & (closes > now)

    is_due, is_seen, is_running = (_of_members(each, staff.shift_member, members) for each in (due, seen, running))
    states = np.full((members, days), DayState.NOT_DUE, np.int8)
    states[is_due] = DayState.MISSED
    states[is_due & is_running] = DayState.OPEN
    states[is_due & ~staff.is_verifiable[:, None]] = DayState.UNVERIFIABLE
    states[is_seen & staff.is_verifiable[:, None]] = DayState.SCANNED
    return states


def missed_in_a_row(states: States) -> Int64s:
    """How many of each member's last due days, one after another, were missed; shape (n,)."""
    run = np.zeros(len(states), np.int64)
    going_on = np.ones(len(states), np.bool_)
    for column in states.T[::-1]:
        going_on &= column != DayState.SCANNED
        run += going_on & (column == DayState.MISSED)
    return run


def counts_by_day(states: States) -> Int64s:
    """How many members are in each state on each day; shape (days, states)."""
    return np.stack([(states == state).sum(axis=0) for state in DayState], axis=1).astype(np.int64)


def _due(staff: Staff, calendar: WorkingCalendar, first: date, days: int) -> Bools:
    ordinals = first.toordinal() + np.arange(days)
    weekday = (ordinals - 1) % WEEK  # day 1 was a Monday
    holiday = np.isin(ordinals, [day.toordinal() for day in calendar.holidays])
    kept = weekday.copy()
    for day, stands_for in calendar.made_up:
        kept[ordinals == day.toordinal()] = stands_for
    plain = (staff.shift_weekdays[:, None] >> weekday) & 1 > 0
    resting = ((staff.shift_weekdays[:, None] >> kept) & 1 > 0) & ~holiday
    on_duty = np.where(staff.shift_on_holidays[:, None], plain, resting)
    present = (staff.joined[:, None] <= ordinals) & (ordinals < staff.left[:, None])
    for member, start, until in zip(staff.leave_member, staff.leave_first, staff.leave_until, strict=True):
        present[member] &= (ordinals < start) | (ordinals >= until)
    return on_duty & present[staff.shift_member]


def _any_scan(member: Int64s, opens: Int64s, closes: Int64s, scan_member: Int64s, scan_at: Int64s) -> Bools:
    """Whether the member of each row has a scan within each of its half-open intervals."""
    keys = np.sort((scan_member << _INSTANT_BITS) | scan_at)
    base = (member << _INSTANT_BITS)[:, None]
    # A negative instant would borrow from the member before; no scan is that old.
    return np.searchsorted(keys, base | np.maximum(closes, 0)) > np.searchsorted(keys, base | np.maximum(opens, 0))


def _of_members(shifts: Bools, member: Int64s, members: int) -> Bools:
    found = np.zeros((members, shifts.shape[1]), np.bool_)
    np.logical_or.at(found, member, shifts)
    return found
