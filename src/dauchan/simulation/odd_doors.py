"""Doors of the demonstration that do not work, so that screening has something to find; the first two of its first commune."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection

from dauchan.visits.arrays import check_in_ids
from dauchan.visits.registry import AttemptReason, Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dauchan.venues.models import Venue

SILENT_DAYS, FALLEN_DAYS, UNREADABLE_DAYS = 6, 7, 5
KEPT_AT_FALLEN, KEPT_AT_UNREADABLE = 0.1, 0.3
#: Among so many of the busiest they are spread.
BUSY = 60


@dataclass(frozen=True)
class OddDoors:
    """Places of venues in their list."""

    silent: NDArray[np.int64]
    fallen: NDArray[np.int64]
    unreadable: NDArray[np.int64]

    def kept(self, venue: NDArray[np.int64], days_ago: int, random: np.random.Generator) -> NDArray[np.bool_]:
        """Which visits of a day are scanned, by the place of their venue."""
        share = np.ones(len(venue))
        if days_ago <= SILENT_DAYS:
            share[np.isin(venue, self.silent)] = 0
        if days_ago <= FALLEN_DAYS:
            share[np.isin(venue, self.fallen)] = KEPT_AT_FALLEN
        if days_ago <= UNREADABLE_DAYS:
            share[np.isin(venue, self.unreadable)] = KEPT_AT_UNREADABLE
        return random.random(len(venue)) < share


def odd_doors(venues: list[Venue], weight: NDArray[np.float64]) -> OddDoors:
    """Busy venues, the owner's own left out; two of the first commune, the others anywhere."""
    busiest = [at for at in np.argsort(-weight)[:BUSY].tolist() if venues[at].owner_id is None]
    near = [at for at in busiest if venues[at].unit_id == venues[0].unit_id][:2]
    chosen = np.array([*near, *(at for at in busiest[::5] if at not in near)][:9], np.int64)
    return OddDoors(chosen[::3], chosen[1::3], chosen[2::3])


def record_failed_scans(venue_ids: NDArray[np.int64], entered: NDArray[np.int64]) -> None:
    """The scans that were lost at a bad poster: somebody tried, and the code could not be read."""
    told = {"reason": int(AttemptReason.UNREADABLE), "source": int(Source.SIMULATED)}
    identifiers = check_in_ids(np.zeros(len(entered), np.int64), venue_ids, entered)
    rows = [
        {"id": f"{int(high):016x}{int(low):016x}", "venue": venue, "at": at, **told}
        for (high, low), venue, at in zip(identifiers.tolist(), venue_ids.tolist(), entered.tolist(), strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO scan_attempt (attempt_id, venue_id, attempted_at, device_at, received_at, reason, source)"
            " SELECT %(id)s::uuid, %(venue)s, t, t, t, %(reason)s, %(source)s FROM to_timestamp(%(at)s) AS t"
            " ON CONFLICT DO NOTHING",
            rows,
        )
