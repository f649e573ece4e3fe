"""What the loops of a trace read and write, in dense numbers and in seconds since the index's origin."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

EXPOSURE = np.dtype(
    [
        ("person", np.int32),
        ("source", np.int32),
        ("generation", np.int32),
        ("venue", np.int32),  # of the longest single overlap
        ("longest", np.int32),
        ("encounters", np.int32),
        ("first", np.int32),
        ("last", np.int32),
        ("overlap", np.int64),
        ("tail", np.int64),
    ]
)
"""What one person shared with one source."""

WINDOW = np.dtype([("person", np.int32), ("start", np.int64), ("end", np.int64)])
"""When a person is a source; windows of one person stand together and do not overlap."""

STAY = np.dtype([("venue", np.int64), ("a", np.int64), ("b", np.int64)])
"""A source's presence [a, b) at a venue."""

RANGE = np.dtype([("stay", np.int64), ("span", np.int64), ("low", np.int64), ("high", np.int64)])
"""Words low:high of a span among which are all visits there that overlap with a stay."""

Rows = NDArray[Any]
Windows = NDArray[Any]
Stays = NDArray[Any]
Ranges = NDArray[Any]
Crowds = NDArray[np.int64]
"""Venue-days, each as one number: see `crowd_of`."""

Known = NDArray[np.int64]
"""A bit per person for the case and the contacts of earlier generations: small enough to stay in the nearest caches."""

NOWHERE = -1
CROWD_DAYS = 1 << 20


class Rule(NamedTuple):
    """What makes a contact of a generation: seconds in total, or within some 24 hours; `tails` has one entry per venue, `ids` are the
    identifiers of people by number: of equal sources the smallest wins.
    """

    generation: int
    min_overlap: int
    per_24_hours: bool
    tails: NDArray[np.int32]
    ids: NDArray[np.int64]
