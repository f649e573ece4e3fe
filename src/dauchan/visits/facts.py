"""What the ledger knows of single visits beside who, where and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from dauchan.epi import VisitFacts
from dauchan.visits.queries import copied
from dauchan.visits.rules import RULES
from dauchan.visits.segments.reading import CLOCKS, first_identifier

if TYPE_CHECKING:
    from dauchan.visits.arrays import Int64s

SECOND = timedelta(seconds=1)


def facts_of_visits(person: Int64s, venue: Int64s, entered: Int64s) -> VisitFacts:
    """Labels (impossible travel included, without those of the check-out), assurance and source of visits, 0 where the ledger has no such
    check-in; in one query however many they are.

    Only the scans of these people about these times are looked at, not all that they have: a list of some thousand people is there in a
    moment, and what half a million others scanned that day costs nothing.

    Args:
        person: ids of people, shape (n,).
        venue: ids of venues, the same shape.
        entered: seconds since the epoch, the same shape. Of check-ins that differ in none of the three any one is taken.
    """
    if not len(person):
        return VisitFacts(*np.zeros((3, 0), np.int64))
    keys, place = np.unique(np.stack([person, venue, entered], axis=1), axis=0, return_inverse=True)
    travel = RULES["travel"]
    window = timedelta(minutes=travel["window_minutes"])
    start = datetime.fromtimestamp(int(entered.min()), UTC) - window
    end = datetime.fromtimestamp(int(entered.max()), UTC) + window + SECOND
    given = {
        "people": keys[:, 0].tolist(),
        "venues": keys[:, 1].tolist(),
        "entries": keys[:, 2].tolist(),
        "start": start,
        "end": end,
        "low": first_identifier(start - CLOCKS),
        "high": first_identifier(end + CLOCKS),
        "window": window,
        "metres": travel["error_metres"],
        "metres_a_second": ceil(travel["kilometres_an_hour"] / 3.6 * 100) / 100,  # as written in sql/0002_rules.sql
    }
    found = copied("queries.sql", "facts_of_visits", given, 4)
    known = np.zeros((3, len(keys)), np.int64)
    for row, name in zip(known, ("v1", "v2", "v3"), strict=True):
        row[found["v0"].astype(np.int64) - 1] = found[name]
    return VisitFacts(*known[:, place.ravel()])
