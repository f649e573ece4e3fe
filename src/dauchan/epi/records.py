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

STAY = np.dtype([("venue", np.int32), ("a", np.int64), ("b", np.int64), ("low", np.int64), ("high", np.int64)])
"""A source's presence [a, b) at a venue, and the by-venue rows low:high among which all overlaps are."""

Rows = NDArray[Any]
Windows = NDArray[Any]
Stays = NDArray[Any]
Places = NDArray[np.int32]
Crowds = NDArray[np.bool_]
"""For each venue-day of `Visits.days` whether it was too crowded to list; empty where there is no crowd limit."""

KNOWN, PAIR, NOWHERE = 0, 1, -1


class Rules(NamedTuple):
    """The policy's numbers as the loops need them, in seconds."""

    tail: int
    latent_period: int
    horizon: int
    crowd_limit: int
