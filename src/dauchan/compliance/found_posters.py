"""Posters that an officer found on a wall and photographed: which place each belongs to, and whether it hangs there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dauchan.compliance.posters_out_of_place import CLUSTER_METRES, Place, metres
from dauchan.units import audit
from dauchan.venues.access import PRINTS_POSTERS, access_venues, public_venues
from dauchan.venues.actions import IN_USE
from dauchan.venues.poster_standing import Standing, current_versions, standing_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.qr.photos import PhotoReading, WallCode
    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue


class Here(NamedTuple):
    """Where a photo was taken: degrees, and how far off that may be in metres."""

    lat: float
    lon: float
    accuracy_m: float


@dataclass(frozen=True)
class FoundPoster:
    """One code on a photograph with the place it names.

    Attributes:
        venue: The place of a genuine code, if the officer may see it.
        is_own: Whether the place lies in the officer's area; of others only what is public is known.
        current_version: Of the place's poster; None where none is in force.
        metres: From the registered place to where the photo was taken; None where one of them is unknown.
        accuracy_m: How far off that may be.
    """

    code: WallCode
    venue: Venue | None = None
    is_own: bool = False
    current_version: int | None = None
    metres: int | None = None
    accuracy_m: float = 0.0

    @property
    def version(self) -> int:
        return self.code.venue.poster_version if self.code.venue else 0

    @property
    def standing(self) -> Standing:
        return standing_of(self.venue, self.version, self.current_version)

    @property
    def is_current(self) -> bool:
        return self.version == self.current_version

    @property
    def is_far(self) -> bool:
        """Farther from its place than the size of a large market and the position's own error explain."""
        return self.metres is not None and self.metres > CLUSTER_METRES + self.accuracy_m

    @property
    def is_in_use(self) -> bool:
        return self.venue is not None and self.venue.status in IN_USE


def found_posters(officer: Officer, reading: PhotoReading, here: Here | None) -> list[FoundPoster]:
    """What is on one photograph, for *officer*; the look at each place of their area is recorded.

    Args:
        officer: Who took it.
        reading: What could be read.
        here: Where the officer stands; the position in the photo itself goes before it.
    """
    taken = reading.taken
    if taken.lat is not None and taken.lon is not None:
        here = Here(taken.lat, taken.lon, taken.accuracy_m or 0.0)
    ids = {code.venue.venue_id for code in reading.codes if code.venue}
    own = access_venues(officer, *PRINTS_POSTERS).in_bulk(ids)
    others = public_venues().in_bulk(ids - own.keys())
    versions = current_versions([*own, *others])
    found = [_found(code, own, others, versions, here) for code in reading.codes]
    _record(officer, found)
    return found


def _found(
    code: WallCode, own: dict[int, Venue], others: dict[int, Venue], versions: dict[int, int], here: Here | None
) -> FoundPoster:
    venue_id = code.venue.venue_id if code.venue else None
    venue = own.get(venue_id) or others.get(venue_id) if venue_id else None
    if venue is None:
        return FoundPoster(code)
    far = None
    if here is not None and venue.lat is not None and venue.lon is not None:
        far = round(metres(Place(venue.lat, venue.lon), Place(here.lat, here.lon)))
    return FoundPoster(
        code, venue, venue.pk in own, versions.get(venue.pk), far, here.accuracy_m if here is not None else 0.0
    )


def _record(officer: Officer, found: Sequence[FoundPoster]) -> None:
    for poster in found:
        if poster.venue is not None and poster.is_own:
            detail = {"version": poster.version, "grade": poster.code.grade.letter, "metres": poster.metres}
            audit.record(officer, "poster.photo_read", f"venue:{poster.venue.pk}", detail=detail)
    others = sum(not poster.is_own for poster in found)
    if others or not found:
        audit.record(officer, "poster.photo_read", "poster_photo", detail={"others": others})
