"""In how much company, and how far outdoors, each contact of a list was exposed: what the risk needs beside the minutes."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dauchan.epi.kernel import kernel
from dauchan.epi.packing import first_from
from dauchan.epi.policy import TracePolicy
from dauchan.epi.spans import Spans, stay_mask, words_of
from dauchan.epi.visit_index import VisitIndex
from dauchan.epi.weights import VisitFacts, _Stays, _stays_of, _windows

Int64s = NDArray[np.int64]
NOTHING_KNOWN = VisitFacts(*(np.empty(0, np.int64) for _ in range(5)))


class Presence(NamedTuple):
    """A row per contact, shape (k,).

    Attributes:
        people: how many were at the place, both included, as the harmonic mean over the exposures by their length: with it
            the minutes together give the same dose as the exposures one by one. NaN where no exposure is left.
        outdoor_share: what part of the dose, were all of it indoors, was outdoors. NaN as above.
    """

    people: NDArray[np.float64]
    outdoor_share: NDArray[np.float64]


def presence_of_contacts(
    index: VisitIndex, contacts: pa.Table, period: tuple[int, int], outdoor_venues: Int64s, policy: TracePolicy
) -> Presence:
    """Look at the exposures of the k contacts of one index case, as `trace` listed them.

    Args:
        index: the visits that were traced. Who was present is counted from them at the middle of each exposure.
        contacts: at least `person_id, generation, source_id, first_at`.
        period: the case's infectious period [from, to) in seconds since the epoch.
        outdoor_venues: ids of venues in the open air; all others count as indoors.
        policy: the one of the trace.
    """
    person, source = contacts.column("person_id").to_numpy(), contacts.column("source_id").to_numpy()
    people = np.unique(np.concatenate([person, source]))
    pairs = np.searchsorted(people, person), np.searchsorted(people, source)
    is_outdoor = np.isin(index.venue_ids, outdoor_venues)
    stays = _stays_of(index, people, NOTHING_KNOWN)
    windows = _windows(index, contacts, period, policy)
    seconds, shared, outdoors = _air(index.spans, stays, pairs, windows, index.tails(policy), is_outdoor)
    with np.errstate(invalid="ignore"):
        return Presence(seconds / shared, outdoors / shared)


@kernel
def _air(
    spans: Spans,
    stays: _Stays,
    pairs: tuple[Int64s, Int64s],
    windows: tuple[Int64s, Int64s],
    tails: NDArray[np.int32],
    is_outdoor: NDArray[np.bool_],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Of each contact the seconds, the seconds over people present, and of these what was outdoors."""
    count = len(pairs[0])
    seconds, shared, outdoors = np.zeros(count), np.zeros(count), np.zeros(count)
    for at in range(count):
        person, source = pairs[0][at], pairs[1][at]
        for own in range(stays.start[person], stays.start[person + 1]):
            for other in range(stays.start[source], stays.start[source + 1]):
                begins = max(stays.entered[other], windows[0][at])
                ends = min(stays.left[other], windows[1][at])
                if stays.venue[own] != stays.venue[other] or begins >= ends:
                    continue
                start, end = max(begins, stays.entered[own]), min(ends + tails[stays.venue[own]], stays.left[own])
                if start >= end:
                    continue
                venue = stays.venue[own]
                air = (end - start) / max(2, _present(spans, venue, (start + end) // 2))
                seconds[at] += end - start
                shared[at] += air
                if is_outdoor[venue]:
                    outdoors[at] += air
    return seconds, shared, outdoors


@kernel
def _present(spans: Spans, venue: int, moment: int) -> int:
    """How many were at a venue at a moment."""
    present = 0
    for span in range(len(spans.start)):
        if spans.first[span] > moment or spans.reach[span] <= moment:
            continue
        words = words_of(spans.by_venue[span], spans.length[span])
        shift, who_bits, since = spans.entry_shift[span], spans.who_bits[span], moment - spans.start[span]
        last = spans.venue_start[venue + 1, span]
        earliest = since - spans.longest_stay[venue, span] + 1
        low = first_from(words, spans.venue_start[venue, span], last, earliest, shift)
        for row in range(low, first_from(words, low, last, since + 1, shift)):
            present += (words[row] >> shift) + ((words[row] >> who_bits) & stay_mask(shift, who_bits)) > since
    return present
