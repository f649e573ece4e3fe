"""Scans as plain columns: what a screening is fed with, batch after batch."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Scans:
    """n scans, columns of one length; None where a file does not tell.

    Attributes:
        person, venue: int64, identifiers.
        entered: int64, seconds since the epoch.
        lat, lon: degrees, where the phone said it was; NaN where it did not.
        accuracy: metres; NaN where not told.
        device: int64, a number for each device; −1 where not told.
        by_gate: whether a gate scanned the person.
    """

    person: NDArray[np.int64]
    venue: NDArray[np.int64]
    entered: NDArray[np.int64]
    lat: NDArray[np.floating[Any]] | None = None
    lon: NDArray[np.floating[Any]] | None = None
    accuracy: NDArray[np.floating[Any]] | None = None
    device: NDArray[np.int64] | None = None
    by_gate: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.person)
