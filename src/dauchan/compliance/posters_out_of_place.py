"""The live sign that a poster hangs at another place than its own: pasted over another one, moved, or printed for a wrong address.

A phone sends its position only when it finds itself far from the place and its owner wants the poster checked. One such scan means
little: a photograph of a poster is scanned from many homes, and a position can be wrong. The sign needs several *different*
people, far away and *near each other*, among the last scans of one version of the poster.

How often it would be wrong: let one honest scan in a hundred give a position more than 500 m off, beyond the accuracy it
claims itself. Five of the last twenty then happen once in 700,000 times (binomial tail), and they would have to agree on one spot
of 250 m besides. What remains is a venue registered at a wrong point, which is a finding too. Several people who scan one
photograph in one room would raise it: a person looks at the place before anything follows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from math import cos, hypot, radians
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from dauchan.venues.models import Venue
from dauchan.visits.rules import METRES_A_DEGREE, REMOTE_METRES, RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

_QUERY = files("dauchan.compliance").joinpath("sql/located_scans.sql").read_text(encoding="utf-8")
LAST_SCANS: int = RULES["out_of_place"]["scans"]
PEOPLE: int = RULES["out_of_place"]["people"]
CLUSTER_METRES: int = RULES["out_of_place"]["cluster_metres"]
WITHIN = dt.timedelta(days=RULES["out_of_place"]["days"])


class LocatedScan(NamedTuple):
    """A scan with the position its phone gave; degrees, WGS 84."""

    venue_id: int
    poster_version: int
    person_id: int
    at: dt.datetime
    lat: float
    lon: float
    is_remote: bool


@dataclass(frozen=True)
class Cluster:
    """Where people scanned a poster, far from its place.

    Attributes:
        people: how many different ones within `CLUSTER_METRES` of the middle.
        scans: how many located scans were looked at.
        lat, lon: the middle, degrees.
        first_at, last_at: the first and the last of those scans.
    """

    people: int
    scans: int
    lat: float
    lon: float
    first_at: dt.datetime
    last_at: dt.datetime


@dataclass(frozen=True)
class OutOfPlace:
    """A poster that people scan somewhere else.

    Attributes:
        metres: from the registered place to where it is scanned.
        beside: the venue that is registered there, if there is one.
    """

    venue: Venue
    poster_version: int
    cluster: Cluster
    metres: int
    beside: Venue | None


def posters_out_of_place(now: dt.datetime, venues: QuerySet[Venue] | None = None) -> list[OutOfPlace]:
    """The posters with the sign at *now*, of *venues* where given; most people first."""
    wanted: dict[str, Any] = {"since": now - WITHIN, "now": now, "people": PEOPLE, "scans": LAST_SCANS}
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, wanted)
        scans = [LocatedScan(*row) for row in cursor.fetchall()]
    found = {key: cluster for key, cluster in _clusters(scans) if cluster is not None}
    if not found:
        return []
    asked = (Venue.objects.all() if venues is None else venues).select_related("unit")
    known = asked.in_bulk({venue_id for venue_id, _version in found})
    signs = [_sign(known[key[0]], key[1], cluster) for key, cluster in found.items() if key[0] in known]
    return sorted(signs, key=lambda sign: (-sign.cluster.people, sign.venue.pk, sign.poster_version))


def _clusters(scans: Iterable[LocatedScan]) -> Iterable[tuple[tuple[int, int], Cluster | None]]:
    for key, last in groupby(scans, lambda scan: (scan.venue_id, scan.poster_version)):
        yield key, cluster_of(list(last))


def cluster_of(scans: Sequence[LocatedScan]) -> Cluster | None:
    """The largest group of people who scanned from afar and near each other; None where they are too few."""
    far = [scan for scan in scans if scan.is_remote]
    groups = ([scan for scan in far if metres(scan, middle) <= CLUSTER_METRES] for middle in far)
    group = max(groups, key=lambda near: len({scan.person_id for scan in near}), default=[])
    people = len({scan.person_id for scan in group})
    if people < PEOPLE:
        return None
    lat, lon = (sum(values) / len(group) for values in zip(*((scan.lat, scan.lon) for scan in group), strict=True))
    times = [scan.at for scan in group]
    return Cluster(people, len(scans), lat, lon, min(times), max(times))


class Place(NamedTuple):
    lat: float
    lon: float


def metres(one: LocatedScan | Place, other: LocatedScan | Place) -> float:
    """The sphere laid flat, as in visits/sql/0002_rules.sql."""
    east = (other.lon - one.lon) * cos(radians((one.lat + other.lat) / 2))
    return METRES_A_DEGREE * hypot(other.lat - one.lat, east)


def _sign(venue: Venue, poster_version: int, cluster: Cluster) -> OutOfPlace:
    there = Place(cluster.lat, cluster.lon)
    far = round(metres(Place(venue.lat or there.lat, venue.lon or there.lon), there))
    return OutOfPlace(venue, poster_version, cluster, far, _nearest(venue, there))


def _nearest(venue: Venue, there: Place) -> Venue | None:
    """The venue whose door the poster probably hangs at."""
    reach = REMOTE_METRES / METRES_A_DEGREE
    box = {"lat__range": (there.lat - reach, there.lat + reach), "lon__range": (there.lon - reach, there.lon + reach)}
    around = Venue.objects.filter(**box).exclude(pk=venue.pk).select_related("unit")
    near = [(metres(Place(other.lat, other.lon), there), other) for other in around if other.lat and other.lon]
    return min((pair for pair in near if pair[0] <= CLUSTER_METRES), key=lambda pair: pair[0], default=(0, None))[1]
