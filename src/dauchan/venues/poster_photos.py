"""Reading a photograph that an officer sent, and keeping what it said about a venue's poster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from dauchan.qr.photo_files import Photo
from dauchan.qr.photos import PhotoReading, read_photo
from dauchan.units import audit
from dauchan.venues.models import PosterReading
from dauchan.venues.pictures import FORMATS, check_file, refused_in_words

if TYPE_CHECKING:
    import datetime as dt

    from django.core.files.uploadedfile import UploadedFile

    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue


@dataclass(frozen=True)
class Seen:
    """What one photograph says about one poster."""

    version: int
    read_at: dt.datetime
    grade: str
    reasons: list[str]
    metres: int | None


def read_upload(upload: UploadedFile[bytes], distance_m: float | None = None) -> PhotoReading:
    """The codes on an uploaded photograph, taken *distance_m* from them where that is known. Nothing of it is stored.

    Raises: PictureRefused.
    """
    with refused_in_words():
        check_file(upload, upload.size or 0)
        photo = Photo.of_bytes(upload.read(), FORMATS)
        return read_photo(photo, settings.VENUE_CODE_KEYS, settings.ALLOWED_HOSTS, distance_m)


@transaction.atomic
def keep_reading(venue: Venue, officer: Officer, seen: Seen) -> PosterReading:
    """Keep a reading with the venue; keeping it again changes nothing."""
    reading, is_new = PosterReading.objects.get_or_create(
        venue=venue,
        version=seen.version,
        read_at=seen.read_at,
        officer=officer,
        defaults={"grade": seen.grade, "reasons": seen.reasons, "metres": seen.metres},
    )
    if is_new:
        detail = {"version": seen.version, "grade": seen.grade, "metres": seen.metres}
        audit.record(officer, "poster.reading_kept", f"venue:{venue.pk}", detail=detail)
    return reading
