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
    venue = behind.visits.venue[behind.own]
    start = np.maximum(behind.begins, behind.visits.entered[behind.own])
    end = np.minimum(behind.ends + index.tails(policy)[venue], behind.visits.left[behind.own])
    present = np.empty(len(venue), np.int64)
    count_present(index.spans, venue, (start + end) // 2, np.argsort(venue, kind="stable"), present)
    air = (end - start) / np.maximum(2, present)
    seconds, shared, outdoors = (
        np.bincount(behind.contact, weights, behind.contacts)
        for weights in (end - start, air, air * np.isin(index.venue_ids, outdoor_venues)[venue])
    )
    with np.errstate(invalid="ignore"):
        return Presence(seconds / shared, outdoors / shared)


@kernel
def count_present(spans: Spans, venue: Int64s, moment: Int64s, order: Int64s, present: Int64s) -> None:
    """How many were at a venue at a moment, for many of them; `order` is that of the venues.

    The visits of a venue are read once for all its moments: their entries and their ends, each ascending, tell how many had come and how many
    had gone.
    """
    first = 0
    for after in range(1, len(order) + 1):
        if after < len(order) and venue[order[after]] == venue[order[first]]:
            continue
        own = order[first:after]
        earliest, latest = moment[own[0]], moment[own[0]]
        for at in own:
            earliest, latest = min(earliest, moment[at]), max(latest, moment[at])
        entries, ends = visits_about(spans, venue[own[0]], earliest, latest)
        for at in own:
            had_come, had_gone = np.searchsorted(entries, moment[at] + 1), np.searchsorted(ends, moment[at] + 1)
            present[at] = had_come - had_gone
        first = after


@kernel
def visits_about(spans: Spans, venue: int, earliest: int, latest: int) -> tuple[Int64s, Int64s]:
    """Entries and ends, each ascending, of the visits to a venue that had begun by the latest of some moments and had not ended at the earliest."""
    most: int = 0
    for span in range(len(spans.start)):
        most += spans.venue_start[venue + 1, span] - spans.venue_start[venue, span]
    entries, ends, count = np.empty(most, np.int64), np.empty(most, np.int64), 0
    for span in range(len(spans.start)):
        if spans.first[span] > latest or spans.reach[span] <= earliest:
            continue
        words, start = words_of(spans.by_venue[span], spans.length[span]), spans.start[span]
        shift, who_bits = spans.entry_shift[span], spans.who_bits[span]
        last = spans.venue_start[venue + 1, span]
        since = earliest - start - spans.longest_stay[venue, span] + 1
        low = first_from(words, spans.venue_start[venue, span], last, since, shift)
        for row in range(low, first_from(words, low, last, latest - start + 1, shift)):
            entered = (words[row] >> shift) + start
            left = entered + ((words[row] >> who_bits) & stay_mask(shift, who_bits))
            if left > earliest:
                entries[count], ends[count] = entered, left
                count += 1
    return np.sort(entries[:count]), np.sort(ends[:count])
