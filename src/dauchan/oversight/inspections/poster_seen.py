"""The code an inspector scanned at a door, judged by the server: whose it is, which version, how well it still reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from dauchan.oversight.inspections.access import INSPECTS
from dauchan.oversight.inspections.models import PosterVerdict
from dauchan.oversight.inspections.routing import Place, metres_between
from dauchan.qr import CodeRefused, read_venue_code
from dauchan.qr.photo_files import Photo
from dauchan.qr.photos import read_photo
from dauchan.qr.venue_code import is_venue_code, is_venue_url
from dauchan.venues.access import access_venues
from dauchan.venues.errors import PictureRefused
from dauchan.venues.models import Poster, Venue
from dauchan.venues.pictures import FORMATS, refused_in_words
from dauchan.venues.poster_photos import Seen, keep_reading

if TYPE_CHECKING:
    from dauchan.oversight.inspections.sent import RecordSent
    from dauchan.qr import VenueCode
    from dauchan.qr.photo_grades import Grade
    from dauchan.units.models import Officer
    from dauchan.venues.models import PosterReading


@dataclass(frozen=True)
class PosterSeen:
    """`verdict` is empty where nothing was scanned; `code` only of a genuine one; `grade` where a photo shows it."""

    verdict: str = ""
    code: VenueCode | None = None
    grade: Grade | None = None


def judge_poster(venue: Venue, text: str, photo: bytes | None) -> PosterSeen:
    """Of the text that the phone read, and the photo it read it from. No query but for the version in force."""
    if not text:
        return PosterSeen()
    if not (is_venue_url(text) or is_venue_code(text)):
        return PosterSeen(PosterVerdict.FOREIGN)
    try:
        code = read_venue_code(text, settings.VENUE_CODE_KEYS, settings.ALLOWED_HOSTS)
    except CodeRefused:
        return PosterSeen(PosterVerdict.FORGED)
    grade = _grade_of(text, photo) if photo else None
    return PosterSeen(_verdict(venue, code), code, grade)


def _verdict(venue: Venue, code: VenueCode) -> str:
    if code.venue_id != venue.pk:
        return PosterVerdict.ELSEWHERE
    is_current = Poster.objects.filter(venue=venue, version=code.poster_version, withdrawn_at=None).exists()
    return PosterVerdict.CURRENT if is_current else PosterVerdict.OUTDATED


def _grade_of(text: str, photo: bytes) -> Grade | None:
    """Of that code on the photo; None where the server reads another or none."""
    try:
        with refused_in_words():
            reading = read_photo(Photo.of_bytes(photo, FORMATS), settings.VENUE_CODE_KEYS, settings.ALLOWED_HOSTS)
    except PictureRefused:
        return None
    return next((code.grade for code in reading.codes if code.text == text), None)


def keep_seen(seen: PosterSeen, sent: RecordSent, officer: Officer) -> PosterReading | None:
    """The reading, kept with the venue that the code names, if it lies in the officer's area."""
    if seen.code is None or seen.grade is None:
        return None
    named = access_venues(officer, *INSPECTS).filter(pk=seen.code.venue_id).first()
    if named is None:
        return None
    reasons = [str(reason) for reason in seen.grade.reasons]
    version = seen.code.poster_version
    told = Seen(version, sent.ended_at, seen.grade.letter, reasons, metres_from(named, sent.lat, sent.lon))
    return keep_reading(named, officer, told)


def metres_from(venue: Venue, lat: float | None, lon: float | None) -> int | None:
    """From the registered place to where somebody stood; None where one of them is unknown."""
    if lat is None or venue.lat is None:
        return None
    return round(metres_between(Place(0, venue.lat, venue.lon), Place(0, lat, lon)))
