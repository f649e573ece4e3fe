"""Visits as NumPy arrays: the form in which tracing and screening take them. Needs no database."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Int64s = NDArray[np.int64]

MISSING = int(np.iinfo(np.int64).min)
"""Stands for an end that nobody recorded; the same number as `dauchan.epi.MISSING`."""

_MS_PER_SECOND = 1000


@dataclass(frozen=True, eq=False)
class VisitArrays:
    """Visits in columns, all of one length and type int64.

    Attributes:
        person: person ids.
        venue: venue ids.
        entered: seconds since the epoch.
        left: the same; `MISSING` where no check-out was recorded.
        stay_minutes: usual stay at the venue's category, by which a missing end is imputed.
    """

    person: Int64s
    venue: Int64s
    entered: Int64s
    left: Int64s
    stay_minutes: Int64s

    def __len__(self) -> int:
        return len(self.person)


def check_in_ids(person: Int64s, venue: Int64s, entered: Int64s) -> NDArray[np.uint64]:
    """UUIDv7 for visits that come without one, from what they are: the same visit always gets the same identifier.

    Args:
        person: person ids.
        venue: venue ids.
        entered: seconds since the epoch, not negative.

    Returns:
        uint64 of shape (n, 2): the upper and lower halves.
    """
    mixed = _mix(
        _mix(person.astype(np.uint64)) ^ _mix(venue.astype(np.uint64) + np.uint64(1)) ^ entered.astype(np.uint64)
    )
    milliseconds = (entered * _MS_PER_SECOND).astype(np.uint64)
    upper = (milliseconds << np.uint64(16)) | np.uint64(0x7000) | (mixed >> np.uint64(52))
    lower = np.uint64(0x8000000000000000) | (_mix(mixed) >> np.uint64(2))
    return np.stack((upper, lower), axis=1)


def _mix(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of SplitMix64 (Steele, Lea and Flood 2014): spreads every bit over all the others."""
    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
