"""`dauchan read-poster --register`: what the register of this installation says of the codes on a photograph."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from dauchan.project.environment import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dauchan.qr import VenueCode

    LookUp = Callable[[Sequence["VenueCode"], tuple[float, float] | None], list[dict[str, Any]]]


@contextmanager
def register_open() -> Iterator[LookUp]:
    """The register, while its database runs.

    Raises:
        CannotStart: there is none.
    """
    from dauchan.project.database import database_running
    from dauchan.project.loading import load_django

    with database_running(environment(), lambda text: click.echo(text, err=True)):
        load_django()
        yield look_up


def look_up(codes: Sequence[VenueCode], here: tuple[float, float] | None) -> list[dict[str, Any]]:
    """For each genuine code its place, the standing of its issue, and how far that place is from *here*.

    Of sensitive places only the standing is told.
    """
    from dauchan.venues.models import Venue
    from dauchan.venues.poster_standing import current_versions

    ids = {code.venue_id for code in codes}
    venues = Venue.objects.select_related("unit", "category").in_bulk(ids)
    versions = current_versions(venues)
    return [_told(code, venues.get(code.venue_id), versions.get(code.venue_id), here) for code in codes]


def _told(code: VenueCode, venue: Any, current: int | None, here: tuple[float, float] | None) -> dict[str, Any]:  # noqa: ANN401 - models are loaded late
    from django.utils import translation

    from dauchan.venues.poster_standing import standing_of

    standing = standing_of(venue, code.poster_version, current)
    told: dict[str, Any] = {"standing": str(standing.value), "current_version": current}
    for language in ("vi", "en"):
        with translation.override(language):
            told[language] = str(standing.label)
    if venue is None or venue.is_sensitive:
        return told
    return {**told, **_place(venue, here)}


def _place(venue: Any, here: tuple[float, float] | None) -> dict[str, Any]:  # noqa: ANN401 - models are loaded late
    """Where the poster should hang, and how far that is."""
    from dauchan.compliance.posters_out_of_place import Place, metres

    far = None
    if here is not None and venue.lat is not None:
        far = round(metres(Place(venue.lat, venue.lon), Place(*here)))
    at = None if venue.lat is None else {"lat": venue.lat, "lon": venue.lon}
    return {"name": venue.name, "address": venue.full_address, "unit": venue.unit.code, "at": at, "metres": far}
