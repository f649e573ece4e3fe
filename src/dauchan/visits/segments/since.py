"""Whose visits may be others by now than a segment has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dauchan.visits.segments.late import late_for
from dauchan.visits.segments.stays import people_of_other_stays

if TYPE_CHECKING:
    from dauchan.visits.arrays import Int64s
    from dauchan.visits.segments.shelf import Opened
    from dauchan.visits.segments.stays import UsualStays


def people_since(opened: Opened, stays: UsualStays) -> Int64s:
    """Those with rows that the segment's snapshot did not show, and those of whom an end is imputed by another stay."""
    day = opened.row.day
    late = late_for(day, opened.row.seen).by_day().get(day, np.empty(0, np.int64))
    return np.union1d(late, people_of_other_stays(opened.segment, stays))
