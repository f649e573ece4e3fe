"""The figures of a row: what one person shared with one source, overlap by overlap."""

from typing import Any

from dauchan.epi.kernel import kernel
from dauchan.epi.records import NOWHERE

FAR_PAST = -(1 << 31)


@kernel
def begin_row(row: Any, person: int, start: int) -> None:  # noqa: ANN401 — a record of `EXPOSURE`
    """A person's row before the first overlap is added, which begins at `start`."""
    row.person = person
    row.overlap = 0
    row.tail = 0
    row.encounters = 0
    row.first = start
    row.last = FAR_PAST
    row.longest = 0
    row.venue = NOWHERE


@kernel
def add_overlap(row: Any, begins: int, ends: int, left: int, venue: int) -> None:  # noqa: ANN401 — as above
    """Add the overlap [begins, ends) with a source that left, or whose window ended, at `left`."""
    overlap = ends - begins
    row.overlap += overlap
    row.tail += max(0, ends - max(begins, left))
    row.encounters += 1
    row.first = min(row.first, begins)
    row.last = max(row.last, ends)
    if overlap > row.longest or (overlap == row.longest and venue < row.venue):
        row.longest = overlap
        row.venue = venue
