"""In how much company, and how far outdoors, each contact of a list was exposed: what the risk needs beside the minutes."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.behind import Behind
from dauchan.epi.kernel import kernel
from dauchan.epi.packing import first_from
from dauchan.epi.policy import TracePolicy
from dauchan.epi.spans import Spans, stay_mask, words_of
from dauchan.epi.visit_columns import Int64s
from dauchan.epi.visit_index import VisitIndex


class Presence(NamedTuple):
    """A row per contact, shape (k,).

    Attributes:
        people: how many were at the place, both included, as the harmonic mean over the exposures by their length: with it
            the minutes together give the same dose as the exposures one by one. NaN where no exposure is left.
        outdoor_share: what part of the dose, were all of it indoors, was outdoors. NaN as above.
    """

    people: NDArray[np.float64]
    outdoor_share: NDArray[np.float64]


def presence_of_contacts(index: VisitIndex, behind: Behind, outdoor_venues: Int64s, policy: TracePolicy) -> Presence:
    """Look at the exposures of the k contacts of one index case.

    Args:
        index: the visits that were traced. Who was present is counted from them at the middle of each exposure.
        behind: the exposures.
        outdoor_venues: ids of venues in the open air; all others count as indoors.
        policy: the one of the trace.
    """
    is_outdoor = np.isin(index.venue_ids, outdoor_venues)
    seconds, shared, outdoors = _air(index.spans, behind, index.tails(policy), is_outdoor)
    with np.errstate(invalid="ignore"):
        return Presence(seconds / shared, outdoors / shared)


@kernel
def _air(
    spans: Spans, behind: Behind, tails: NDArray[np.int32], is_outdoor: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Of each contact the seconds, the seconds over people present, and of these what was outdoors."""
    count, visits = behind.contacts, behind.visits
    seconds, shared, outdoors = np.zeros(count), np.zeros(count), np.zeros(count)
    for n in range(len(behind.contact)):
        at, own, venue = behind.contact[n], behind.own[n], visits.venue[behind.own[n]]
        start = max(behind.begins[n], visits.entered[own])
        end = min(behind.ends[n] + tails[venue], visits.left[own])
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
