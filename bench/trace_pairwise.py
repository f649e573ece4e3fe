"""Generation 2 without a limit, the plain way: a compiled loop over every pair of visits. The peer of whatever is cleverer."""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

TAIL, LEAST, LATENT = 1800, 900, 86_400


class Sorted(NamedTuple):
    """Visits by person and by venue, both by entry."""

    ids: NDArray[np.int64]
    person_start: NDArray[np.int64]
    person_rows: NDArray[np.int64]
    venue_start: NDArray[np.int64]
    venue_person: NDArray[np.int32]
    venue: NDArray[np.int32]
    entered: NDArray[np.int32]
    left: NDArray[np.int32]
    longest: NDArray[np.int32]


def sort(
    person: NDArray[np.int64], venue: NDArray[np.int32], entered: NDArray[np.int32], left: NDArray[np.int32]
) -> Sorted:
    """Two orders of the same visits."""
    ids, dense = np.unique(person, return_inverse=True)
    place = np.unique(venue, return_inverse=True)[1].astype(np.int32)
    order = np.argsort((place.astype(np.int64) << 32) + entered)
    venue_person = dense[order].astype(np.int32)
    place, entered, left = place[order], entered[order], left[order]
    venue_start = np.searchsorted(place, np.arange(place[-1] + 2))
    rows = np.argsort((venue_person.astype(np.int64) << 32) + entered)
    person_start = np.searchsorted(venue_person[rows], np.arange(len(ids) + 1))
    longest = np.maximum.reduceat(left - entered, venue_start[:-1])
    return Sorted(ids, person_start, rows, venue_start, venue_person, place, entered, left, longest)


@numba.njit(nogil=True)
def second_generation(
    s: Sorted, sources: NDArray[np.int64], windows: NDArray[np.int64], horizon: int, known: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Of each person the longest overlap with one source, and the source; −1 for no contact. And how many pairs were looked at."""
    best, through = np.full(len(s.ids), -1), np.full(len(s.ids), -1)
    shared, touched, pairs = np.zeros(len(s.ids), np.int64), np.empty(len(s.ids), np.int64), 0
    for at in range(len(sources)):
        source, count = sources[at], 0
        for row in s.person_rows[s.person_start[source] : s.person_start[source + 1]]:
            venue, a, b = s.venue[row], max(s.entered[row], windows[at]), min(s.left[row], horizon)
            if a >= b:
                continue
            begin, end = s.venue_start[venue], s.venue_start[venue + 1]
            low = begin + np.searchsorted(s.entered[begin:end], a - s.longest[venue] + 1)
            high = begin + np.searchsorted(s.entered[begin:end], b + TAIL)
            pairs += high - low
            for other in range(low, high):
                overlap = min(b + TAIL, s.left[other]) - max(a, s.entered[other])
                who = s.venue_person[other]
                if overlap > 0 and not known[who]:
                    if shared[who] == 0:
                        touched[count] = who
                        count += 1
                    shared[who] += overlap
        for who in touched[:count]:
            longer = shared[who] > best[who] or (shared[who] == best[who] and s.ids[source] < s.ids[through[who]])
            if shared[who] >= LEAST and longer:
                best[who], through[who] = shared[who], source
            shared[who] = 0
    return best, through, pairs
