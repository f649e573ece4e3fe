"""The venues that the door remembers, so that the database need not look one up for every scan.

What is remembered is refreshed every second. It cannot mislead: each group of scans says as of when it was judged, and the
database takes it only where no venue has changed since (`visits/sql/0008_known_venues.sql`).
"""

from collections.abc import Iterable, Sequence
from math import cos, hypot, radians
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.door.clock import MINUTE
from dauchan.door.rows import Place
from dauchan.visits import rules
from dauchan.visits.registry import Label

_WEEK_MINUTES = 7 * 24 * 60
# Weeks stand one after the other on one line of numbers, wide apart.
_STRIDE = 4 * _WEEK_MINUTES
_ALWAYS = (0, _WEEK_MINUTES)
# 1970 began on a Thursday, three days after a Monday.
_MONDAY = 3 * 24 * 60 + rules.UTC_OFFSET_MINUTES
_STATUSES = {"approved": 0, "suspended": int(Label.VENUE_SUSPENDED), "closed": int(Label.VENUE_CLOSED)}
_OUT_OF_HOURS, _REMOTE = int(Label.OUT_OF_HOURS), int(Label.REMOTE)

BY_VENUE = int(Label.VENUE_SUSPENDED | Label.VENUE_CLOSED | Label.OUT_OF_HOURS | Label.REMOTE)
"""The labels that a venue decides."""


class VenueRow(NamedTuple):
    """A row of `door_venues`."""

    venue_id: int
    status: str | None
    lat: float | None
    lon: float | None
    hours: list[int] | None
    known: str


class _Venue(NamedTuple):
    labels: int
    hours: tuple[int, ...]
    lat: float | None
    lon: float | None


class KnownVenues:
    """Venues that take scans.

    Attributes:
        known: as of when, a snapshot of the database; None where nothing is known.
    """

    def __init__(self) -> None:
        self.known: str | None = None
        self._venues: dict[int, _Venue] = {}
        self._set_out()

    def learn(self, rows: Iterable[VenueRow]) -> None:
        """Take in what has changed since `known`."""
        has_changed = False
        for venue_id, status, lat, lon, hours, self.known in rows:
            has_changed = True
            if status in _STATUSES:
                self._venues[venue_id] = _Venue(_STATUSES[status], tuple(hours or _ALWAYS), lat, lon)
            else:
                self._venues.pop(venue_id, None)
        if has_changed:
            self._set_out()

    def forget(self) -> None:
        """Know nothing."""
        self.known = None
        self._venues.clear()
        self._set_out()

    def _set_out(self) -> None:
        """Lay out what is known so that many scans are judged at once. Venues change seldom, scans come by the thousand."""
        self._ids = np.array(sorted(self._venues), np.int64)
        venues = [self._venues[venue_id] for venue_id in sorted(self._venues)]
        weeks = {hours: n for n, hours in enumerate(dict.fromkeys(venue.hours for venue in venues))}
        self._labels = np.array([venue.labels for venue in venues], np.int64)
        self._week = np.array([weeks[venue.hours] * _STRIDE for venue in venues], np.int64)
        self._edges = np.array([n * _STRIDE + edge for hours, n in weeks.items() for edge in hours], np.int64)
        self._places = [(venue.lat, venue.lon) for venue in venues]

    def labels(
        self, venue_ids: NDArray[np.int64], at: NDArray[np.int64], places: Sequence[Place] | None
    ) -> NDArray[np.int64] | None:
        """The labels that their venues give to scans; None where only the database can tell.

        Args:
            venue_ids: the venues.
            at: the times that count, in microseconds since the epoch.
            places: where the devices were, if any of them said so.
        """
        found = np.searchsorted(self._ids, venue_ids)
        if not self._venues or not np.array_equal(self._ids.take(found, mode="clip"), venue_ids):
            return None
        # A week's edges are even in number, begin and end by turns: an instant after an odd number of all edges is open.
        before = np.searchsorted(self._edges, self._week[found] + minutes_of_week(at), "right")
        labels = self._labels[found] | np.where(before & 1, 0, _OUT_OF_HOURS)
        for n, (lat, lon, accuracy) in enumerate(places or ()):
            there = self._places[found[n]]
            if lat is not None and lon is not None and there[0] is not None and there[1] is not None:
                away = metres(lat, lon, there[0], there[1]) - (accuracy or 0)
                labels[n] |= _REMOTE if away > rules.REMOTE_METRES else 0
        return labels


def minutes_of_week(at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Minutes since local Monday at midnight."""
    minutes: NDArray[np.int64] = (at // MINUTE + _MONDAY) % _WEEK_MINUTES
    return minutes


def metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres between two points of a province: the sphere laid flat."""
    east = (other_lon - lon) * cos(radians((lat + other_lat) / 2))
    return rules.METRES_A_DEGREE * hypot(other_lat - lat, east)
