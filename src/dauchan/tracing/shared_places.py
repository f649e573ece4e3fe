"""Backward and across: places where several cases of an outbreak had been, given how many people go there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection

from dauchan.epi.shared_places import SharedPlace, shared_places
from dauchan.tracing.outbreak_queries import SQL
from dauchan.venues.models import Venue, VenueStatus
from dauchan.visits.sql import blocks

if TYPE_CHECKING:
    from dauchan.tracing.outbreak_queries import OutbreakCase

#: Up to so many rows the ledger is counted; of a larger one a sample of about as many.
COUNTED_ROWS = 2_000_000
#: More places than a page can show are not looked up.
MOST_PLACES = 100


@dataclass(frozen=True)
class Crossing:
    """A place of several cases."""

    venue: Venue
    found: SharedPlace


@dataclass(frozen=True)
class Crossings:
    """What was found, and on what it rests.

    Attributes:
        places: the most surprising first.
        cases: how many cases had any visit in their window.
        visits: their visits.
        tested: how many places were tested.
        all_visits: traffic of all places in the period, counted or estimated from a sample.
        listed: how many places had several cases; more than `places` where the page cannot show them.
    """

    places: list[Crossing]
    cases: int
    visits: int
    tested: int
    all_visits: int
    listed: int


def crossings_of(cases: list[OutbreakCase], longest_incubation_days: float) -> Crossings:
    """Places of several cases between the beginning of their exposure and the end of their infectious period.

    The window opens before the infectious period, which no page shows of a single case: only places with at least two
    cases come out, and how many they were, not who.
    """
    reach = dt.timedelta(days=longest_incubation_days)
    starts = [case.infectious_from - reach for case in cases]
    ends = [case.infectious_to for case in cases]
    rows = _asked("places_of_cases", people=[case.person_id for case in cases], starts=starts, ends=ends)
    number, venue, visits = (np.array([row[place] for row in rows], np.int64) for place in range(3))
    several = [int(place) for place, count in zip(*np.unique(venue, return_counts=True), strict=True) if count > 1]
    tested = Venue.objects.filter(status=VenueStatus.APPROVED).count()
    if not several:
        return Crossings([], len(set(number.tolist())), int(visits.sum()), tested, 0, 0)
    start, end = min(starts), max(ends)
    traffic = _asked("traffic_of_places", venues=several, start=start, end=end)
    places, counts = (np.array([row[place] for row in traffic], np.int64) for place in (0, 1))
    whole = _all_traffic(start, end)
    found = shared_places(
        np.repeat(number, visits), np.repeat(venue, visits), places, counts, all_visits=whole, tested=tested
    )
    shown = Venue.objects.select_related("unit", "category").in_bulk([each.venue_id for each in found[:MOST_PLACES]])
    crossings = [Crossing(shown[each.venue_id], each) for each in found[:MOST_PLACES]]
    return Crossings(crossings, len(set(number.tolist())), int(visits.sum()), tested, whole, len(found))


def _all_traffic(start: dt.datetime, end: dt.datetime) -> int:
    rows = int(_asked("ledger_rows")[0][0])
    if rows <= COUNTED_ROWS:
        return int(_asked("all_traffic", start=start, end=end)[0][0])
    percent = 100 * COUNTED_ROWS / rows
    return round(int(_asked("sampled_traffic", start=start, end=end, percent=percent)[0][0]) * 100 / percent)


def _asked(block: str, **given: Any) -> list[tuple[int, ...]]:  # noqa: ANN401 - numbers, instants and lists of them
    with connection.cursor() as cursor:
        cursor.execute(blocks("outbreak.sql", SQL)[block], given)
        return list(cursor.fetchall())
