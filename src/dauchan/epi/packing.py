"""Visits packed into words of 64 bits and sorted twice: by person and by venue, each by entry.

A word holds, from the top: seconds from the pack's start to the entry, seconds of the stay, and the dense number of the venue
(in the copy by person) or of the person (in the copy by venue). It is never negative, and words of one group ascend with the entry.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi import sorting
from dauchan.epi.arrays import MISSING
from dauchan.epi.errors import VisitsRefused
from dauchan.epi.intervals import DAY, local_midnight
from dauchan.epi.kernel import kernel
from dauchan.epi.visit_columns import Bools, Int64s, VisitColumns

WORD_BITS, WORD_BYTES = 63, 8
LINE = 64
"""Bytes that come into the caches at a time."""
DAY_BITS = (DAY - 1).bit_length()

Words = NDArray[np.int64]
Int32s = NDArray[np.int32]


class Layout(NamedTuple):
    """Where things stand in a word; `start` is the local midnight that entries are counted from, seconds since the epoch."""

    start: int
    entry_bits: int
    who_bits: int

    @property
    def stay_bits(self) -> int:
        return WORD_BITS - self.entry_bits - self.who_bits

    @property
    def entry_shift(self) -> int:
        return WORD_BITS - self.entry_bits

    @property
    def longest_stay(self) -> int:
        """The longest stay that fits, in seconds."""
        return (1 << self.stay_bits) - 1

    def fields(self, words: Words) -> tuple[Int64s, Int64s, Int64s]:
        """Entries in seconds since the epoch, stays in seconds, dense numbers."""
        entered = (words >> self.entry_shift) + self.start
        return entered, (words >> self.who_bits) & self.longest_stay, words & ((1 << self.who_bits) - 1)


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """The visits of a stretch of time, sorted twice.

    Attributes:
        layout: how to read a word.
        person_ids, venue_ids: int64, the identifiers of the dense numbers, ascending.
        person_start, venue_start: int32, where the rows of each begin; one entry more than there are identifiers.
        by_person, by_venue: int64, the words of n visits.
        longest_stay: int32, of each venue, in seconds.
        imputed: bool, for each row by person whether its end is imputed.
        first, last: the first and the last entry, in seconds since the epoch; the start where there is none.
        reach: the last end, likewise.
        imputed_visits: how many ends are imputed.
    """

    layout: Layout
    person_ids: Int64s
    venue_ids: Int64s
    person_start: Int32s
    venue_start: Int32s
    by_person: Words
    by_venue: Words
    longest_stay: Int32s
    imputed: Bools
    first: int
    last: int
    reach: int
    imputed_visits: int

    def __len__(self) -> int:
        return len(self.by_person)

    def columns(self) -> VisitColumns:
        """The visits as plain columns, by person."""
        entered, stay, venue = self.layout.fields(self.by_person)
        person = np.repeat(self.person_ids, np.diff(self.person_start))
        return VisitColumns(person, self.venue_ids[venue], entered, entered + stay, imputed=np.asarray(self.imputed))


def with_ends(visits: VisitColumns) -> VisitColumns:
    """The same visits, missing check-outs imputed from the entries among them, and told apart in `imputed`."""
    missing = visits.left == MISSING
    if not missing.any():
        return visits
    left, person = visits.left.copy(), sorting.dense(visits.person)[1]
    starts = sorting.counted(person, int(person.max()) + 1)
    order = sorting.grouped(person, starts, np.argsort(visits.entered, kind="stable"))
    stay = np.broadcast_to(visits.stay, left.shape)
    sorting.close_open_stays(order, starts, visits.entered, left, missing, stay)
    return VisitColumns(visits.person, visits.venue, visits.entered, left, visits.stay_minutes, visits.is_imputed)


def order_in_time(entered: Int64s) -> Int64s:
    """Rows by entry, equal ones as they were; scans mostly arrive that way."""
    if (entered[1:] >= entered[:-1]).all():
        return np.arange(len(entered))
    return np.argsort(entered, kind="stable")


def packed(visits: VisitColumns) -> list[Pack]:
    """Sort visits with ends, of whatever days, into as few packs as can hold them.

    Raises:
        VisitsRefused: a stay is too long to fit into a word, or the visits lie more than 68 years apart.
    """
    if not len(visits):
        return []
    start = local_midnight(int(visits.entered.min()))
    span = int(visits.entered.max()) - start
    if span > np.iinfo(np.int32).max:
        raise VisitsRefused(
            "the visits lie more than 68 years apart: one of the times is wrong",
            "các lượt ghé cách nhau hơn 68 năm: có thời điểm bị sai",
        )
    longest = max(int((visits.left - visits.entered).max()), 1)
    room = WORD_BITS - longest.bit_length() - max(_distinct_at_most(visits) - 1, 1).bit_length()
    if span.bit_length() <= room:
        return [pack(visits, start, max(span.bit_length(), DAY_BITS))]
    days = max((1 << max(room, DAY_BITS)) // DAY, 1)
    part = (visits.entered - start) // (days * DAY)
    bits = (days * DAY - 1).bit_length()
    return [pack(visits.where(part == n), start + int(n) * days * DAY, bits) for n in np.unique(part)]


def _distinct_at_most(visits: VisitColumns) -> int:
    """How many people or places there are, whichever are more."""
    return max(len(sorting.dense(ids)[0]) for ids in (visits.person, visits.venue))


def pack(visits: VisitColumns, start: int, entry_bits: int = DAY_BITS) -> Pack:
    """Sort visits with ends that begin in the `1 << entry_bits` seconds from `start`, seconds since the epoch.

    Raises:
        VisitsRefused: a stay is too long to fit into a word.
    """
    person_ids, person = sorting.dense(visits.person)
    venue_ids, venue = sorting.dense(visits.venue)
    who_bits = max(len(person_ids), len(venue_ids), 2) - 1
    layout = Layout(start, entry_bits, who_bits.bit_length())
    entered, stay = visits.entered - start, visits.left - visits.entered
    check_stays(stay, layout)
    times = (entered << layout.entry_shift) | (stay << layout.who_bits)
    person_start, venue_start = sorting.counted(person, len(person_ids)), sorting.counted(venue, len(venue_ids))
    by_time, imputed = order_in_time(entered), visits.is_imputed
    by_venue = sorting.words_by(venue, venue_start, by_time, times, person)
    return Pack(
        layout,
        person_ids,
        venue_ids,
        person_start.astype(np.int32),
        venue_start.astype(np.int32),
        sorting.words_by(person, person_start, by_time, times, venue),
        by_venue,
        longest_stays(venue_start, by_venue, layout),
        imputed[sorting.grouped(person, person_start, by_time)] if imputed.any() else imputed,
        first=int(visits.entered.min()) if len(visits) else start,
        last=int(visits.entered.max(initial=start)),
        reach=int(visits.left.max(initial=start)),
        imputed_visits=int(np.count_nonzero(visits.is_imputed)),
    )


@kernel
def first_from(words: Words, low: int, high: int, entered: int, entry_shift: int) -> int:
    """First of the words low:high of one group that was entered at `entered` or later; `high` where there is none."""
    while low < high:
        middle = (low + high) >> 1
        if (words[middle] >> entry_shift) < entered:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def longest_stays(starts: "NDArray[Any]", words: Words, layout: Layout) -> Int32s:
    """The longest stay of each group, in seconds: how far back from an instant a visit can have begun."""
    mask = (1 << (WORD_BITS - layout.entry_bits - layout.who_bits)) - 1
    longest = np.zeros(len(starts) - 1, np.int32)
    for group in range(len(starts) - 1):
        for at in range(starts[group], starts[group + 1]):
            longest[group] = max(longest[group], (words[at] >> layout.who_bits) & mask)
    return longest


def check_stays(stay: Int64s, layout: Layout) -> None:
    longest = min(layout.longest_stay, np.iinfo(np.int32).max)
    if len(stay) and int(stay.max()) > longest:
        days = longest // DAY
        raise VisitsRefused(
            f"a stay of more than {days} days does not fit among so many people and places: one of the times is wrong",
            f"có lượt ghé dài hơn {days} ngày, không chứa được giữa ngần ấy người và địa điểm: có thời điểm bị sai",
        )
