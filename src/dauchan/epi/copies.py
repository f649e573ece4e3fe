"""The two sorted copies of the visits that the loops of a trace read."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi import sorting

Seconds = NDArray[np.int32]


class Visits(NamedTuple):
    """The sorted copies: persons and venues as dense numbers, instants as seconds since `VisitIndex.origin`.

    `person_start[p] : person_start[p + 1]` are the rows of person p by entry, `venue_start` likewise for a venue;
    no stay at venue v is longer than `longest_stay[v]`. `day_start[v] : day_start[v + 1]` are the local days on which
    venue v was entered, in `days` (since the origin), and how often, in `day_visits`.
    """

    person_start: NDArray[np.int64]
    person_venue: NDArray[np.int32]
    person_entered: Seconds
    person_left: Seconds
    venue_start: NDArray[np.int64]
    venue_person: NDArray[np.int32]
    venue_entered: Seconds
    venue_left: Seconds
    longest_stay: Seconds
    day_start: NDArray[np.int64]
    days: NDArray[np.int32]
    day_visits: NDArray[np.int32]


def sorted_copies(
    person: NDArray[np.int32],
    venue: NDArray[np.int32],
    since: tuple[Seconds, Seconds],
    by_person: tuple[NDArray[np.int64], NDArray[np.int64]],
    by_venue: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> Visits:
    """The copies from dense persons and venues, (entered, left), and for each copy where its groups begin and its order."""
    (entered, left), (person_start, p), (venue_start, v) = since, by_person, by_venue
    venue_entered, venue_left = entered[v], left[v]
    day_start, days, day_visits = sorting.visits_by_day(venue_start, venue_entered)
    return Visits(
        person_start=person_start,
        person_venue=venue[p],
        person_entered=entered[p],
        person_left=left[p],
        venue_start=venue_start,
        venue_person=person[v],
        venue_entered=venue_entered,
        venue_left=venue_left,
        longest_stay=sorting.longest_stays(venue_start, venue_entered, venue_left),
        day_start=day_start,
        days=days,
        day_visits=day_visits,
    )
