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
from dauchan.epi.intervals import DAY
from dauchan.epi.kernel import kernel
from dauchan.epi.visit_columns import Bools, Int64s, VisitColumns

WORD_BITS = 63
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
    def longest_stay(self) -> int:
        """The longest stay that fits, in seconds."""
        return (1 << self.stay_bits) - 1


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

    def __len__(self) -> int:
        return len(self.by_person)

    def columns(self) -> VisitColumns:
        """The visits as plain columns, by person."""
        layout = self.layout
        entered = (self.by_person >> (WORD_BITS - layout.entry_bits)) + layout.start
        stay = (self.by_person >> layout.who_bits) & layout.longest_stay
        venue = self.by_person & ((1 << layout.who_bits) - 1)
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


def pack(visits: VisitColumns, start: int, entry_bits: int = DAY_BITS) -> Pack:
    """Sort visits with ends that begin in the `1 << entry_bits` seconds from `start`, seconds since the epoch.

    Raises:
        VisitsRefused: a stay is too long to fit into a word.
    """
    person_ids, person = sorting.dense(visits.person)
    venue_ids, venue = sorting.dense(visits.venue)
    who_bits = max(len(person_ids), len(venue_ids), 2) - 1
    layout = Layout(start, entry_bits, who_bits.bit_length())
    entered, stay = (visits.entered - start).astype(np.int32), visits.left - visits.entered
    _check_stays(stay, layout)
    by_time = np.argsort(entered, kind="stable")
    person_start, venue_start = (
        sorting.counted(who, len(ids)) for who, ids in ((person, person_ids), (venue, venue_ids))
    )
    p, v = sorting.grouped(person, person_start, by_time), sorting.grouped(venue, venue_start, by_time)
    times = (entered.astype(np.int64) << (WORD_BITS - entry_bits)) | (stay << layout.who_bits)
    by_venue = times[v] | person[v]
    return Pack(
        layout,
        person_ids,
        venue_ids,
        person_start.astype(np.int32),
        venue_start.astype(np.int32),
        times[p] | venue[p],
        by_venue,
        longest_stays(venue_start, by_venue, layout),
        visits.is_imputed[p],
    )


@kernel
def longest_stays(starts: "NDArray[Any]", words: Words, layout: Layout) -> Int32s:
    """The longest stay of each group, in seconds: how far back from an instant a visit can have begun."""
    mask = (1 << (WORD_BITS - layout.entry_bits - layout.who_bits)) - 1
    longest = np.zeros(len(starts) - 1, np.int32)
    for group in range(len(starts) - 1):
        for at in range(starts[group], starts[group + 1]):
            longest[group] = max(longest[group], (words[at] >> layout.who_bits) & mask)
    return longest


def _check_stays(stay: Int64s, layout: Layout) -> None:
    longest = min(layout.longest_stay, np.iinfo(np.int32).max)
    if len(stay) and int(stay.max()) > longest:
        days = longest // DAY
        raise VisitsRefused(
            f"a stay of more than {days} days does not fit among so many people and places: one of the times is wrong",
            f"có lượt ghé dài hơn {days} ngày, không chứa được giữa ngần ấy người và địa điểm: có thời điểm bị sai",
        )
