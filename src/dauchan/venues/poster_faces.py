"""What stands on the posters of many venues, read in as many queries as for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.utils import timezone

from dauchan.qr import venue_url
from dauchan.units.models import Unit
from dauchan.venues.actions import IN_USE, code_of
from dauchan.venues.line_codes import line_code_of
from dauchan.venues.modes import modes_of
from dauchan.venues.posters import PosterFace
from dauchan.venues.queries import with_current_posters

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal

    from django.db.models import QuerySet

    from dauchan.venues.models import Mode, Poster, Venue


def faces_of(venues: QuerySet[Venue]) -> list[PosterFace]:
    """The faces of those of *venues* that are in use and have a poster, by commune and then by name."""
    found = list(in_poster_order(with_current_posters(venues)))
    authorities = _authorities(found)
    modes = modes_of((venue.pk for venue in found), timezone.localdate())
    return [
        _face(venue, poster, authorities[_root_id(venue.unit)], modes[venue.pk])
        for venue in found
        for poster in cast("list[Poster]", venue.current_posters)  # type: ignore[attr-defined]
    ]


def in_poster_order(venues: QuerySet[Venue]) -> QuerySet[Venue]:
    """Those that can have a poster, so that a pile of prints is handed out street by street."""
    return (
        venues.filter(status__in=IN_USE).select_related("unit", "category").order_by("unit__sort_key", "sort_key", "pk")
    )


def _face(venue: Venue, poster: Poster, authority: str, mode: Mode) -> PosterFace:
    return PosterFace(
        name=venue.name,
        address=venue.full_address,
        category=venue.category.name_vi,
        url=venue_url(code_of(poster), settings.BASE_URL),
        short_code=poster.short_code,
        version=poster.version,
        issued_on=timezone.localdate(poster.issued_at),
        authority=authority,
        unit=committee_of(venue.unit),
        hotline=settings.HOTLINE,
        mode=cast("Literal['poster', 'gate', 'both']", mode.value),
        line=settings.PHONE_LINE,
        line_code=line_code_of(venue.pk),
    )


def _authorities(venues: Iterable[Venue]) -> dict[int, str]:
    """The committee of the province at the root of each venue's unit, by the root's id."""
    roots = Unit.objects.in_bulk({_root_id(venue.unit) for venue in venues})
    return {pk: committee_of(unit) for pk, unit in roots.items()}


def _root_id(unit: Unit) -> int:
    return int(unit.path.partition(".")[0])


def committee_of(unit: Unit) -> str:
    """In Vietnamese whatever the language of the page: a poster has its languages printed on it."""
    kind, _, name = unit.full_name.partition(" ")
    return f"Ủy ban nhân dân {kind.lower()} {name}"
