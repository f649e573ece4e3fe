"""Reads across venues, posters and units."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F, Prefetch, Q

from dauchan.qr import CodeRefusal, CodeRefused, read_short_code, read_venue_code
from dauchan.venues.access import public_venues
from dauchan.venues.models import Poster, Venue, VenueStatus
from dauchan.vietnamese import fold

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: From this similarity on, 0 to 1, two names are shown to the owner as perhaps one place.
ALIKE = 0.85
MOST_SIMILAR = 5


def venue_behind(text: str) -> tuple[Venue, int]:
    """The venue and poster version that a scanned code, a poster's address or a typed short code stands for.

    Raises: dauchan.qr.CodeRefused; Venue.DoesNotExist for a genuine code of a venue that is gone.
    """
    try:
        code = read_venue_code(text, settings.VENUE_CODE_KEYS, settings.ALLOWED_HOSTS)
    except CodeRefused as refused:
        if refused.reason is CodeRefusal.NOT_OURS:  # a look-alike address stays one, whatever code it ends in
            raise
        return _venue_with_short_code(text, refused)
    return Venue.objects.select_related("unit", "category").get(pk=code.venue_id), code.poster_version


def _venue_with_short_code(text: str, refused: CodeRefused) -> tuple[Venue, int]:
    tail = text.rstrip("/").rpartition("/")[2] if "/" in text else text
    try:
        short = read_short_code(tail)
    except CodeRefused:
        raise refused from None
    poster = Poster.objects.select_related("venue__unit", "venue__category").filter(short_code=short).first()
    if poster is None:
        raise Venue.DoesNotExist
    return poster.venue, poster.version


def matching(venues: QuerySet[Venue], words: str) -> QuerySet[Venue]:
    """Venues whose name, address or commune holds every one of *words*, diacritics or not."""
    for word in fold(words).split():
        venues = venues.filter(Q(search_key__contains=word) | Q(unit__search_key__contains=word))
    return venues


def waiting(venues: QuerySet[Venue]) -> QuerySet[Venue]:
    """Those with something for their officer to decide, the longest waiting first."""
    return venues.filter(Q(status=VenueStatus.PENDING) | Q(proposal__isnull=False)).order_by("changed_at", "pk")


def known_to_owner(person_id: int | None) -> QuerySet[Venue]:
    """Venues that everybody may know of, and the person's own."""
    return public_venues() | Venue.objects.filter(owner_id=person_id)


def similar_venues(venue: Venue, among: QuerySet[Venue]) -> list[Venue]:
    """Those of *among* in the same commune whose name is nearly the same: they may be the same place."""
    wanted = fold(venue.name)
    others = among.filter(unit=venue.unit_id).exclude(pk=venue.pk).exclude(status=VenueStatus.CLOSED)
    names = others.order_by().values_list("pk", "name")
    alike = [pk for pk, name in names if _alike(wanted, fold(name))][:MOST_SIMILAR]
    return list(Venue.objects.filter(pk__in=alike).select_related("unit", "category")) if alike else []


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # The quick bounds spare the slow comparison for nearly all.
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(bound() >= ALIKE for bound in bounds)


def with_current_posters(venues: QuerySet[Venue]) -> QuerySet[Venue]:
    """Each venue with `current_posters`, a list of the one poster that should hang at its door, in one more query."""
    current = Prefetch("posters", Poster.objects.filter(withdrawn_at=None), to_attr="current_posters")
    return venues.prefetch_related(current)


def nearest_first(venues: QuerySet[Venue], point: tuple[float, float]) -> QuerySet[Venue]:
    """In order of their distance from *point* (lat, lon), good enough within a commune; those without a point last."""
    lat, lon = point
    far = (F("lat") - lat) * (F("lat") - lat) + (F("lon") - lon) * (F("lon") - lon)
    return venues.order_by(far.asc(nulls_last=True), "sort_key")
