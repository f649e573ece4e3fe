"""What is counted while scans stream by: it is small, however many there are."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dauchan.screening.compiled import fixed
from dauchan.screening.desks import desk_counts
from dauchan.screening.places_seen import MOST_SCANS, WORST_ACCURACY, Seen, moved_metres
from dauchan.screening.returning import MOST_VENUES, Returns, Visitors, keys_of, returns_of
from dauchan.screening.scan_loops import DAY, LOCAL_OFFSET, placed
from dauchan.screening.scans import Scans
from dauchan.screening.usual_use import Counts, Floats, Places

LARGEST_TABLE = 10_000_000
EPOCH = date(1970, 1, 1)
HISTORY = 56
"""Local days that are looked back on, the day of screening included."""
CLOSE_LOOK = 10
"""The last days of them whose scans are looked at one by one."""
LEAST_EXACT = 50.0
"""Metres of accuracy assumed where a phone does not tell."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What a batch of scans adds to a tally; None for what is not looked at so long ago.

    Attributes:
        counted, from_desk: as in `Tally`; the latter of the close look's days only.
        elsewhere: scans at venues that are not in the register.
        is_gate_known: whether the batch says which scans a gate made.
        seen: where scans were made, columns of one length.
        visitors: keys of who was scanned.
    """

    counted: NDArray[np.int32]
    elsewhere: int
    is_gate_known: bool
    from_desk: Counts | None = None
    seen: tuple[NDArray[Any], ...] | None = None
    visitors: NDArray[np.int64] | None = None


class Tally:
    """Counts of v venues over `HISTORY` days, and a sample of places.

    Attributes:
        first_on: the day of the first column.
        scans, failed: shape (v, HISTORY): scans, and failed scans whose code could not be read.
        from_desk: the same of scans that look as if made at a desk; 0 before the close look.
        elsewhere: scans at venues that are not in the register.
        is_gate_known: whether the files say which scans a gate made.
    """

    def __init__(self, venue_id: NDArray[np.int64], lat: Floats, lon: Floats, on: date) -> None:
        """Of venues by identifier and registered place (NaN where not known), up to the local day `on`."""
        self._ids, self._lat, self._lon = venue_id, lat, lon
        self._order = np.argsort(venue_id)
        self._table = _table_of(venue_id)
        self._own_places = np.append(np.arange(len(venue_id)), -1)
        self.first_on = on - timedelta(days=HISTORY - 1)
        self._first = (self.first_on - EPOCH).days
        shape = len(venue_id), HISTORY
        self.scans, self.failed, self.from_desk = (np.zeros(shape, np.int64) for _ in range(3))
        self.elsewhere = 0
        self.is_gate_known = False
        self._seen: list[tuple[NDArray[Any], ...]] = []
        self._visitors: list[NDArray[np.int64]] = []

    def add(self, scans: Scans) -> None:
        """Count scans; those of other days are left out."""
        self.take(self.looked_at(scans))

    def looked_at(self, scans: Scans) -> "Look":
        """What scans add, which changes nothing yet: several threads may look at several batches."""
        cell = np.empty(len(scans), np.int32)
        counted = np.zeros((HISTORY, len(self._ids)), np.int32)
        entered, (first, places) = fixed(scans.entered), self._table or (0, self._own_places)
        venue = fixed(scans.venue if self._table else self._venue(scans.venue))
        begin = first, self._first, self._first + HISTORY - CLOSE_LOOK
        elsewhere = placed(venue, entered, places, begin, counted, cell)
        by_gate = scans.by_gate is not None
        if not (cell >= 0).any():
            return Look(counted.T, elsewhere, by_gate)
        from_desk = desk_counts(scans, cell, len(self._ids) * CLOSE_LOOK).reshape(-1, CLOSE_LOOK)
        rows = np.flatnonzero(cell >= 0)
        at, day = np.divmod(cell[rows], np.int32(CLOSE_LOOK))
        seen = self._looked_at_places(scans, rows, at)
        return Look(counted.T, elsewhere, by_gate, from_desk, seen, self._looked_at_visitors(scans, rows, at, day))

    def take(self, look: "Look") -> None:
        """Add what was looked at; in any order."""
        self.scans += look.counted
        self.elsewhere += look.elsewhere
        self.is_gate_known |= look.is_gate_known
        if look.from_desk is not None:
            self.from_desk[:, -CLOSE_LOOK:] += look.from_desk
        if look.seen is not None:
            self._seen.append(look.seen)
        if look.visitors is not None:
            self._visitors.append(look.visitors)

    def add_attempts(
        self, venue_id: NDArray[np.int64], at: NDArray[np.int64], is_unreadable: NDArray[np.bool_]
    ) -> None:
        """Count failed scans at these instants, seconds since the epoch."""
        venue, day = self._venue(venue_id), self._column(at)
        counts = (day >= 0) & (day < HISTORY) & (venue >= 0) & is_unreadable
        self.failed += self._counted((venue * HISTORY + day)[counts])

    def add_days(
        self, venue_id: NDArray[np.int64], day: NDArray[np.datetime64], scans: Counts, failed: Counts
    ) -> None:  # fmt: skip
        """Take whole days as somebody else counted them, columns of one length; days of the close look too, if need be."""
        venue = self._venue(venue_id)
        column = day.astype("datetime64[D]").astype(np.int64) - self._first
        known = (column >= 0) & (column < HISTORY) & (venue >= 0)
        np.add.at(self.scans, (venue[known], column[known]), scans[known])
        np.add.at(self.failed, (venue[known], column[known]), failed[known])

    def digest(self) -> str:
        """SHA-256 of all that was counted: equal counts give equal signs."""
        told = hashlib.sha256(self.first_on.isoformat().encode() + bytes([self.is_gate_known]))
        again = self.returns()
        counted = self.scans, self.failed, self.from_desk, again.days, again.pairs, again.squares
        for counts in (self._ids, self._lat, self._lon, *counted, *self._located()):
            told.update(np.ascontiguousarray(counts).tobytes())
        return told.hexdigest()

    def visitors(self) -> Visitors:
        """Who was scanned in the close look, as far as people are drawn."""
        found = Visitors.of(np.concatenate([np.empty(0, np.int64), *self._visitors]), self._scans_a_day())
        self._visitors = [found.keys]
        return found

    def returns(self) -> Returns:
        """How often those who were scanned in the close look were scanned again."""
        return returns_of(self.visitors().keys, len(self._ids))

    def places(self, share_away: float) -> dict[int, Seen]:
        """Where scans were made, by venue, of venues where so large a share was made away from the registered place."""
        if not self._seen:
            return {}
        venue, north, east, accuracy, person = (np.concatenate(column) for column in zip(*self._seen, strict=True))
        away = np.hypot(north, east) > 150 + 1.5 * accuracy
        size = np.bincount(venue, minlength=len(self._ids))
        odd = np.bincount(venue, weights=away, minlength=len(self._ids)) >= share_away * np.maximum(size, 1)
        rows = np.flatnonzero(odd[venue])
        # In one order, however they came: the same files give the same signs.
        rows = rows[np.lexsort((north[rows], east[rows], accuracy[rows], person[rows], venue[rows]))]
        random = np.random.default_rng(7253)
        found = {}
        for own in np.split(rows, np.flatnonzero(np.diff(venue[rows])) + 1) if len(rows) else []:
            chosen = random.choice(own, MOST_SCANS, replace=False) if len(own) > MOST_SCANS else own
            found[int(venue[own[0]])] = Seen(north[chosen], east[chosen], accuracy[chosen], person[chosen])
        return found

    def _located(self) -> tuple[NDArray[Any], ...]:
        """The scans that told their place, by venue; in one order, however they came."""
        if not self._seen:
            return ()
        columns = [np.concatenate(column) for column in zip(*self._seen, strict=True)]
        order = np.lexsort((*columns[1:4], columns[4], columns[0]))
        self._seen = [tuple(column[order] for column in columns)]
        return self._seen[0]

    def _venue(self, venue_id: NDArray[np.int64]) -> Places:
        """Places in the register; −1 where a venue is not in it."""
        if not len(self._ids):
            return np.full(len(venue_id), -1)
        if self._table is not None:
            first, places = self._table
            # What lies below the first wraps around and lies beyond the last.
            at = (venue_id - first).view(np.uint64)
            return np.asarray(places[np.minimum(at, np.uint64(len(places) - 1)).view(np.int64)])
        at = np.minimum(np.searchsorted(self._ids, venue_id, sorter=self._order), len(self._ids) - 1)
        place = self._order[at]
        return np.asarray(np.where(self._ids[place] == venue_id, place, -1))

    def _column(self, instant: NDArray[np.int64]) -> Places:
        return np.asarray((instant + LOCAL_OFFSET) // DAY - self._first)

    def _counted(self, cell: Places) -> Counts:
        return np.bincount(cell, minlength=self.scans.size).reshape(self.scans.shape)

    def _scans_a_day(self) -> Floats:
        """Before the close look; it only grows while scans stream by."""
        return np.asarray(self.scans[:, :-CLOSE_LOOK].max(axis=1), np.float64)

    def _looked_at_visitors(self, scans: Scans, rows: Places, venue: Places, day: Places) -> NDArray[np.int64] | None:
        if len(self._ids) >= MOST_VENUES:
            return None
        return keys_of(venue, scans.person[rows], day, self._scans_a_day())

    def _looked_at_places(self, scans: Scans, rows: Places, venue: Places) -> tuple[NDArray[Any], ...] | None:
        if scans.lat is None or scans.lon is None:
            return None
        told = ~(np.isnan(scans.lat[rows]) | np.isnan(scans.lon[rows]))
        rows, at = rows[told], venue[told]
        accuracy = (
            np.full(len(rows), LEAST_EXACT) if scans.accuracy is None else scans.accuracy[rows].astype(np.float64)
        )
        accuracy = np.where(np.isnan(accuracy), LEAST_EXACT, accuracy)
        north, east = moved_metres(scans.lat[rows], scans.lon[rows], self._lat[at], self._lon[at])
        kept = (accuracy <= WORST_ACCURACY) & ~np.isnan(north) & ~np.isnan(east)
        columns = north[kept].astype(np.float32), east[kept].astype(np.float32), accuracy[kept].astype(np.float32)
        return (at[kept].astype(np.int32), *columns, scans.person[rows][kept])

    @property
    def close_from(self) -> int:
        """The instant from which scans are looked at one by one, in seconds since the epoch."""
        return (self._first + HISTORY - CLOSE_LOOK) * DAY - LOCAL_OFFSET


def _table_of(venue_id: NDArray[np.int64]) -> tuple[int, Places] | None:
    """Where the identifiers lie close together: the first, and the place of each that may come, −1 for none and at the end."""
    if not len(venue_id) or int(venue_id.max()) - int(venue_id.min()) > LARGEST_TABLE:
        return None
    first = int(venue_id.min())
    places = np.full(int(venue_id.max()) - first + 2, -1)
    places[venue_id - first] = np.arange(len(venue_id))
    return first, places
