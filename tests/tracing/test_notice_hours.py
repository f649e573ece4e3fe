"""Times as outsiders may read them: outward, fixed, and nothing to be gained by subtracting."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import assume, given
from hypothesis import strategies as st

from dauchan.tracing.notices.coarsening import Interval, atoms, in_blocks, in_days, in_quarters, local_days
from dauchan.vietnamese.dates import LOCAL

FIRST = dt.datetime(2026, 11, 20, tzinfo=LOCAL)
INSTANTS = st.integers(0, 4 * 86_400).map(lambda seconds: FIRST + dt.timedelta(seconds=seconds))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    start, end = sorted((draw(INSTANTS), draw(INSTANTS)))
    assume(start < end)
    return start, end


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=LOCAL)


def test_what_is_on_the_grid_stays_and_ends_at_midnight_are_ends() -> None:
    assert in_quarters((at(20, 7, 15), at(20, 9))) == (at(20, 7, 15), at(20, 9))
    assert in_quarters((at(20, 7, 16), at(20, 9, 1))) == (at(20, 7, 15), at(20, 9, 15))
    assert in_blocks((at(20, 6), at(20, 12))) == (at(20, 6), at(20, 12))
    assert in_blocks((at(20, 5, 59), at(20, 12, 1))) == (at(20, 0), at(20, 18))
    assert in_days((at(20, 23), at(21, 0))) == (at(20, 0), at(21, 0))
    assert in_days((at(20, 23), at(21, 0, 1))) == (at(20, 0), at(22, 0))
    assert local_days((at(20, 23), at(21, 0))) == [dt.date(2026, 11, 20)]
    assert local_days((at(20, 23), at(21, 1))) == [dt.date(2026, 11, 20), dt.date(2026, 11, 21)]


def test_utc_is_read_by_the_local_clock() -> None:
    """18:00 of the 19th in UTC is one in the morning of the 20th in Huế."""
    start = dt.datetime(2026, 11, 19, 18, tzinfo=dt.UTC)
    assert in_days((start, start + dt.timedelta(hours=1))) == (at(20, 0), at(21, 0))
    assert local_days((start, start + dt.timedelta(hours=1))) == [dt.date(2026, 11, 20)]


@given(intervals())
def test_coarser_hours_hold_the_finer_ones(interval: Interval) -> None:
    nested = [interval, in_quarters(interval), in_blocks(interval), in_days(interval)]
    for (start, end), (wider_start, wider_end) in itertools.pairwise(nested):
        assert wider_start <= start
        assert end <= wider_end
    for coarsen in (in_quarters, in_blocks, in_days):
        assert coarsen(coarsen(interval)) == coarsen(interval)


@given(intervals(), st.integers(-400, 400))
def test_shifting_by_minutes_does_not_move_a_block(interval: Interval, seconds: int) -> None:
    """Whoever proposes the same stay a little later gets the same block, or the next: no sliding window."""
    moved = tuple(instant + dt.timedelta(seconds=seconds) for instant in interval)
    for instant in in_blocks((moved[0], moved[1])):
        assert (instant.hour % 6, instant.minute, instant.second) == (0, 0, 0)


@given(st.lists(intervals(), min_size=1, max_size=6))
def test_atoms_are_apart_and_every_difference_is_made_of_them(given_: list[Interval]) -> None:
    pieces = atoms(given_)
    assert all(start < end for start, end in pieces)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(pieces))
    for start, end in given_:
        inside = [piece for piece in pieces if start <= piece[0] and piece[1] <= end]
        assert sum((b - a for a, b in inside), dt.timedelta()) == end - start, "every interval is a union of pieces"
        assert all(piece[1] <= start or end <= piece[0] for piece in pieces if piece not in inside)
