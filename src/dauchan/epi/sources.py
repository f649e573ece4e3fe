"""Where the sources of a generation were, and when."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.crowds import Crowded
from dauchan.epi.intervals import DAY
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.records import STAY, WINDOW, Known, Rows, Stays, Windows
from dauchan.epi.spans import Spans, numbers_of, ones, stay_mask, who_mask, words_of
from dauchan.epi.visit_columns import Bools, Int64s


class Sources(NamedTuple):
    """k sources: the stays of the n-th are `stays[start[n] : start[n + 1]]`."""

    person: NDArray[np.int32]
    start: Int64s
    stays: Stays


@kernel
def sources_of(spans: Spans, windows: Windows, crowded: Crowded) -> tuple[Sources, Bools]:
    """The stays of sources in their windows, windows of one source standing together.

    Stays on crowded venue-days are left out; to which of these the sources went is told in the order of `crowded`.
    """
    rows = rows_of_windows(spans, windows)
    person, start, count = np.empty(len(windows), np.int32), np.zeros(len(windows) + 1, np.int64), 0
    stays, filled, seen = np.empty(64, STAY), 0, np.zeros(len(crowded.is_crowded), np.bool_)
    for at in range(len(windows)):
        if at == 0 or windows[at].person != windows[at - 1].person:
            person[count] = windows[at].person
            count += 1
        most = np.sum(rows[at, :, 1] - rows[at, :, 0])
        stays = with_room(stays, filled, most + 1)  # one more is written to than is kept
        filled = add_stays(spans, rows[at], (windows[at].start, windows[at].end), crowded, seen, (stays, filled))
        start[count] = filled
    return Sources(person[:count], start[: count + 1], stays[:filled]), seen


@kernel
def rows_of_windows(spans: Spans, windows: Windows) -> NDArray[np.int32]:
    """Between which words of each span's copy by person those of each source stand, shape (k, S, 2); none where the window does not touch the span.

    Span by span: neighbours among the sources stand together in what is looked up.
    """
    rows = np.zeros((len(windows), len(spans.start), 2), np.int32)
    for span in range(len(spans.start)):
        blocks, count, first, reach = spans.blocks[span], spans.people_count[span], spans.first[span], spans.reach[span]
        bits, before = words_of(spans.bits[span], blocks), numbers_of(spans.before[span], blocks)
        begins, ends = numbers_of(spans.begins[span], count), numbers_of(spans.ends[span], count)
        for at in range(len(windows)):
            person = windows[at].person
            block, bit = np.uint64(person >> 6), person & 63
            if reach <= windows[at].start or first >= windows[at].end or block >= blocks or not (bits[block] >> bit) & 1:
                continue
            place = np.uint64(before[block] + ones(bits[block] & ((1 << bit) - 1)))
            rows[at, span, 0], rows[at, span, 1] = begins[place], ends[place]
    return rows


@inlined
def add_stays(
    spans: Spans,
    rows: NDArray[np.int32],
    window: tuple[int, int],
    crowded: Crowded,
    seen: Bools,
    room: tuple[Stays, int],
) -> int:
    """Write where a person was in a window, after the stays that are in the room already; how many there are then."""
    (stays, filled), (begin, end), is_crowded, column, columns = room, window, crowded.is_crowded, crowded.column, crowded.columns
    count, all_venues, last = np.uint64(filled), spans.venues, len(crowded.column) - 1
    for span in range(len(rows)):
        low, high = rows[span, 0], rows[span, 1]
        if low == high:
            continue
        words, start = words_of(spans.by_person[span], spans.length[span])[low:high], spans.start[span]
        shift, who_bits, venues = spans.entry_shift[span], spans.who_bits[span], spans.venues_at[span]
        own_number, longest = who_mask(who_bits), stay_mask(shift, who_bits)
        for word in words:  # without a branch to mispredict
            entered = (word >> shift) + start
            stay, venue = stays[count], all_venues[np.uint64(venues + (word & own_number))]
            stay.venue, stay.a = venue, max(begin, entered)
            stay.b = min(end, entered + ((word >> who_bits) & longest))
            cell = np.uint64(venue * columns + column[np.uint64(min(entered // DAY, last))])
            is_there, is_crowd = stay.a < stay.b, is_crowded[cell]
            seen[cell] |= is_there & is_crowd
            count += np.uint64(is_there & ~is_crowd)
    return np.int64(count)


@kernel
def windows_after(rows: Rows, latent_period: int, horizon: int) -> Windows:
    """When the contacts of a generation are sources: from the latent period after their first exposure to the horizon."""
    windows, count = np.empty(len(rows), WINDOW), 0
    for row in rows:
        start = row.first + latent_period
        if start < horizon:
            windows[count].person, windows[count].start, windows[count].end = row.person, start, horizon
            count += 1
    return windows[:count]


def nobody(people: int) -> Known:
    """Room for the known among so many people."""
    return np.zeros((people + 63) // 64, np.int64)


@kernel
def make_known(known: Known, rows: Rows) -> None:
    """From now on nobody looks for the people of the rows."""
    for row in rows:
        known[row.person >> 6] |= 1 << (row.person & 63)


@inlined
def is_known(known: Known, person: int) -> int:
    """1 or 0; a number, for loops without branches."""
    members: int = known[np.uint64(person >> 6)]
    return (members >> (person & 63)) & 1


def joined(parts: Sequence[Sources]) -> Sources:
    """The sources of all parts."""
    if len(parts) == 1:
        return parts[0]
    starts = [np.zeros(1, np.int64), *(np.diff(part.start) for part in parts)]
    person, stays = (np.concatenate([part[column] for part in parts]) for column in (0, 2))
    return Sources(person, np.cumsum(np.concatenate(starts)), stays)


@kernel
def with_room(rows: Rows, count: int, more: int) -> Rows:
    """The first `count` rows in an array with room for `more`."""
    if count + more <= len(rows):
        return rows
    larger = np.empty(2 * (count + more), rows.dtype)
    larger[:count] = rows[:count]
    return larger
