"""Rosters as arrays, for `dauchan.screening.participation`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dauchan.people.roster.models import Leave, Member, Shift
from dauchan.screening.participation import DAY, Staff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_FAR = dt.date.max.toordinal()


@dataclass(frozen=True, eq=False)
class Rosters:
    """Members of some agencies, in the order of their departments and numbers, without a name.

    Attributes:
        member: ids, shape (n,).
        agency: the agency of each, shape (n,).
        department: of each, shape (n,).
        staff: what participation needs of them.
    """

    member: NDArray[np.int64]
    agency: NDArray[np.int64]
    department: list[str]
    staff: Staff


def rosters_of(agency_ids: Sequence[int], first: dt.date, until: dt.date) -> Rosters:
    """Everybody who belonged to one of the agencies on a day of [first, until); three queries."""
    there = Member.objects.filter(agency__in=agency_ids, joined_on__lt=until).exclude(left_on__lte=first)
    columns = ("pk", "agency_id", "department", "joined_on", "left_on", "phone_hash")
    members = list(there.order_by("agency", "department", "employee_number").values_list(*columns))
    place = {pk: at for at, (pk, *_rest) in enumerate(members)}
    shifts = Shift.objects.filter(member__in=there.values("pk"))
    kept = list(shifts.values_list("member_id", "weekdays", "starts", "ends", "on_holidays"))
    away = Leave.objects.filter(member__in=there.values("pk"), first_on__lt=until, until_on__gt=first)
    leave = list(away.values_list("member_id", "first_on", "until_on"))
    staff = Staff(
        joined=_ints(joined.toordinal() for _pk, _a, _d, joined, _l, _p in members),
        left=_ints(left.toordinal() if left else _FAR for _pk, _a, _d, _j, left, _p in members),
        is_verifiable=np.array([phone is not None for *_rest, phone in members], np.bool_),
        shift_member=_ints(place[pk] for pk, *_rest in kept),
        shift_weekdays=_ints(days for _pk, days, _s, _e, _h in kept),
        shift_starts=_ints(_seconds(starts) for _pk, _d, starts, _e, _h in kept),
        shift_ends=_ints(_seconds(ends) + (DAY if ends <= starts else 0) for _pk, _d, starts, ends, _h in kept),
        shift_on_holidays=np.array([holidays for *_rest, holidays in kept], np.bool_),
        leave_member=_ints(place[pk] for pk, _f, _u in leave),
        leave_first=_ints(start.toordinal() for _pk, start, _u in leave),
        leave_until=_ints(end.toordinal() for _pk, _f, end in leave),
    )
    return Rosters(_ints(place), _ints(row[1] for row in members), [row[2] for row in members], staff)


def _seconds(time: dt.time) -> int:
    return time.hour * 3600 + time.minute * 60 + time.second


def _ints(values: object) -> NDArray[np.int64]:
    return np.array(list(values), np.int64)  # type: ignore[call-overload]  # any iterable of numbers
