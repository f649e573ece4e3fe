"""Where the sources of a generation were, and when."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.crowds import Crowded
from dauchan.epi.intervals import DAY
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.packing import WORD_BYTES
from dauchan.epi.records import STAY, WINDOW, Known, Rows, Stays, Windows
from dauchan.epi.spans import Spans, fetch_ahead, numbers_of, ones, stay_mask, who_mask, words_of
from dauchan.epi.visit_columns import Bools, Int64s


class Sources(NamedTuple):
    """k sources: the stays of the n-th are `stays[start[n] : start[n + 1]]`."""

    person: NDArray[np.int32]
    start: Int64s
    stays: Stays


@kernel
def sources_of(spans: Spans, windows: Windows, crowded: Crowded) -> tuple[Sources, Bools]:
    """The stays of sources in their windows, windows of one source standing together.

    Stays on crowded venue-days are left out; to which of these the sources went is told in the order of `crowded`. Span by span is
    read: neighbours among the sources stand near each other there.
    """
    person, source_of, count = np.empty(len(windows), np.int32), np.empty(len(windows), np.int32), 0
    for at in range(len(windows)):
        if at == 0 or windows[at].person != windows[at - 1].person:
            person[count] = windows[at].person
            count += 1
        source_of[at] = count - 1
    rows, stays, source, filled = np.empty((len(windows), 2), np.int32), np.empty(64, STAY), np.empty(64, np.int32), 0
    seen = np.zeros(len(crowded.is_crowded), np.bool_)
    begin, end = span_of(windows)
    for span in range(len(spans.start)):
        if spans.reach[span] <= begin or spans.first[span] >= end:
            continue
        most = filled + rows_of_windows(spans, span, windows, rows) + 1  # one more is written to than is kept
        stays, source = with_room(stays, filled, most - filled), with_room(source, filled, most - filled)
        filled = add_stays(spans, span, (windows, source_of, rows), (crowded, seen), (stays, source), filled)
    return by_source(person[:count], stays[:filled], source[:filled]), seen


@kernel
def span_of(windows: Windows) -> tuple[int, int]:
    """From the first begin of the windows to their last end."""
    begin, end = 0, 0
    for at in range(len(windows)):
        begin = min(begin, windows[at].start) if at else windows[at].start
        end = max(end, windows[at].end) if at else windows[at].end
    return begin, end


@kernel
def rows_of_windows(spans: Spans, span: int, windows: Windows, rows: NDArray[np.int32]) -> int:
    """Between which words of a span's copy by person those of each window's person stand, shape (k, 2), and how many these are together; none
    where the window does not touch the span.
    """
    blocks, people, first, reach = spans.blocks[span], spans.people_count[span], spans.first[span], spans.reach[span]
    bits, before = words_of(spans.bits[span], blocks), numbers_of(spans.before[span], blocks)
    begins, ends, count = numbers_of(spans.begins[span], people), numbers_of(spans.ends[span], people), 0
    words = spans.by_person[span]
    for at in range(len(windows)):
        person = windows[at].person
        block, bit = np.uint64(person >> 6), person & 63
        rows[at, 0], rows[at, 1] = 0, 0
        if (
            reach > windows[at].start
            and first < windows[at].end
            and block < np.uint64(blocks)
            and (bits[block] >> bit) & 1
        ):
            earlier: int = ones(bits[block] & ((1 << bit) - 1))  # type: ignore[call-arg]  # Numba gives the first argument
            place = np.uint64(before[block] + earlier)
            rows[at, 0], rows[at, 1] = begins[place], ends[place]
            count += rows[at, 1] - rows[at, 0]
            fetch_ahead(words + begins[place] * WORD_BYTES)
            fetch_ahead(words + ends[place] * WORD_BYTES - 1)
    return count


@kernel
def add_stays(
    spans: Spans,
    span: int,
    of: tuple[Windows, NDArray[np.int32], NDArray[np.int32]],
    crowds: tuple[Crowded, Bools],
    room: tuple[Stays, NDArray[np.int32]],
    filled: int,
) -> int:
    """Write where and in whose window people were in a span after what is in the room already; how many stays there are then."""
    (windows, source_of, rows), (crowded, seen), (stays, source) = of, crowds, room
    is_crowded, column, columns, last = crowded.is_crowded, crowded.column, crowded.columns, len(crowded.column) - 1
    words, start = words_of(spans.by_person[span], spans.length[span]), spans.start[span]
    shift, who_bits, venues = spans.entry_shift[span], spans.who_bits[span], spans.venues[spans.venues_at[span] :]
    own_number, longest, count = who_mask(who_bits), stay_mask(shift, who_bits), np.uint64(filled)
    for at in range(len(windows)):
        begin, end, owner = windows[at].start, windows[at].end, source_of[at]
        for row in range(rows[at, 0], rows[at, 1]):  # without a branch to mispredict
            word = words[np.uint64(row)]
            entered, venue = (word >> shift) + start, venues[np.uint64(word & own_number)]
            a, b = max(begin, entered), min(end, entered + ((word >> who_bits) & longest))
            stays[count].venue, stays[count].a, stays[count].b, source[count] = venue, a, b, owner
            cell = np.uint64(venue * columns + column[np.uint64(min(entered // DAY, last))])
            is_there, is_crowd = a < b, is_crowded[cell]
            seen[cell] |= is_there & is_crowd
            count += np.uint64(is_there & ~is_crowd)
    return np.int64(count)  # type: ignore[return-value]  # what Numba takes for a plain number


@inlined
def stays_of(sources: Sources, n: int) -> Stays:
    """The stays of the n-th source."""
    return sources.stays[sources.start[n] : sources.start[n + 1]]


@kernel
def by_source(person: NDArray[np.int32], stays: Stays, source: NDArray[np.int32]) -> Sources:
    """Sort stays by source, those of one as they were."""
    start, moved = np.zeros(len(person) + 2, np.int64), np.empty(len(stays), STAY)
    for owner in source:
        start[np.uint64(owner + 2)] += 1
    for n in range(2, len(start)):
        start[n] += start[n - 1]
    for at in range(len(stays)):
        owner = np.uint64(source[at] + 1)
        moved[np.uint64(start[owner])] = stays[at]
        start[owner] += 1
    return Sources(person, start[:-1], moved)


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
