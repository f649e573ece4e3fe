"""The venues that the door remembers, so that the database need not look one up for every scan.

What is remembered is refreshed every second. It cannot mislead: each group of scans says as of when it was judged, and the
database takes it only where no venue has changed since (`visits/sql/0008_known_venues.sql`).
"""

from bisect import bisect_right
from collections.abc import Iterable
from math import cos, hypot, radians
from typing import NamedTuple

from dauchan.door.clock import MINUTE
from dauchan.door.schemas import Position
from dauchan.visits import rules
from dauchan.visits.registry import Label

_WEEK_MINUTES = 7 * 24 * 60
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
    hours: tuple[int, ...] | None
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
        self._weeks: dict[
            tuple[int, ...], tuple[int, ...]
        ] = {}  # most venues share theirs: one copy stays in the processor's cache

    def learn(self, rows: Iterable[VenueRow]) -> None:
        """Take in what has changed since `known`."""
        for venue_id, status, lat, lon, hours, known in rows:
            self.known = known
            if status in _STATUSES:
                week = None if hours is None else self._weeks.setdefault(tuple(hours), tuple(hours))
                self._venues[venue_id] = _Venue(_STATUSES[status], week, lat, lon)
            else:
                self._venues.pop(venue_id, None)

    def forget(self) -> None:
        """Know nothing."""
        self.known = None
        self._venues.clear()
        self._weeks.clear()

    def labels(self, venue_id: int, at: int, where: Position | None) -> int | None:
        """The labels that a venue gives to a scan; None where only the database can tell.

        Args:
            venue_id: the venue.
            at: the time that counts, in microseconds since the epoch.
            where: the position of the device, if it said so.
        """
        venue = self._venues.get(venue_id)
        if venue is None:
            return None
        labels, hours, lat, lon = venue
        if hours is not None and not bisect_right(hours, minute_of_week(at)) & 1:
            labels |= _OUT_OF_HOURS
        if where is not None and lat is not None and lon is not None:
            away = metres(where.lat, where.lon, lat, lon) - (where.accuracy_m or 0)
            labels |= _REMOTE if away > rules.REMOTE_METRES else 0
        return labels


def minute_of_week(at: int) -> int:
    """Minutes since local Monday at midnight."""
    return (at // MINUTE + _MONDAY) % _WEEK_MINUTES


def metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres between two points of a province: the sphere laid flat."""
    east = (other_lon - lon) * cos(radians((lat + other_lat) / 2))
    return rules.METRES_A_DEGREE * hypot(other_lat - lat, east)
