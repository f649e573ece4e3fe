"""Photographs of reports: kept sealed, shown blurred, let out by an officer who looked, forgotten in time."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from dauchan.oversight.blurring import Box, blurred, find_private, read_boxes
from dauchan.oversight.errors import PhotoGone
from dauchan.oversight.models import EventKind, ReportPhoto
from dauchan.oversight.writing import tell
from dauchan.people.sealing import open_bytes, seal_bytes
from dauchan.units import audit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.oversight.models import Report
    from dauchan.units.models import Officer

log = logging.getLogger(__name__)
MOST_PHOTOS = 3


def keep_photos(report: Report, photos: Sequence[bytes], *, of_answer: bool = False) -> list[ReportPhoto]:
    """Keep re-encoded photographs, sealed. Faces are looked for by the worker: a citizen does not wait for that."""
    kept = []
    for position, content in enumerate(photos):
        photo = ReportPhoto(report=report, position=position, of_answer=of_answer)
        photo.sealed.save("", ContentFile(seal_bytes(content, settings.FIELD_KEYS)), save=True)
        kept.append(photo)
    return kept


def original_of(photo: ReportPhoto) -> bytes:
    """The photograph as it was taken. Raises: PhotoGone."""
    if not photo.sealed:
        raise PhotoGone
    try:
        with photo.sealed.open() as file:
            return open_bytes(file.read(), settings.FIELD_KEYS)
    except FileNotFoundError:  # the row outlived its file
        raise PhotoGone from None


def boxes_of(photo: ReportPhoto) -> list[Box]:
    """What is blurred: as the detector found it, now if nobody has looked yet, or as an officer left it."""
    if photo.boxes is None:
        photo.boxes = [list(box) for box in find_private(original_of(photo))]
        ReportPhoto.objects.filter(pk=photo.pk, boxes__isnull=True).update(boxes=photo.boxes)
    return read_boxes(photo.boxes)


def look_through_new(most: int = 40) -> int:
    """Find faces and plates in photographs that nobody has opened yet; the newest first, so that a lost file holds up none."""
    looked = 0
    new = ReportPhoto.objects.filter(boxes__isnull=True).exclude(sealed="").order_by("-pk")
    for photo in new[:most]:
        try:
            boxes_of(photo)
        except PhotoGone:
            log.warning("photo %s of report %s has no file", photo.pk, photo.report_id)
        else:
            looked += 1
    return looked


def blurred_photo(photo: ReportPhoto) -> bytes:
    """As an officer sees it without saying why. Raises: PhotoGone."""
    return blurred(original_of(photo), boxes_of(photo))


def look_at_original(photo: ReportPhoto, officer: Officer, purpose: str) -> bytes:
    """Unblurred, for a stated purpose, which the log keeps. Raises: PhotoGone."""
    content = original_of(photo)
    audit.record(officer, "report.photo_seen", f"report:{photo.report_id}", purpose=purpose, detail={"photo": photo.pk})
    return content


@transaction.atomic
def keep_boxes(photo: ReportPhoto, officer: Officer, boxes: Sequence[Box]) -> None:
    """What an officer wants blurred. A copy that was let out with other boxes is withdrawn. Raises: PhotoGone."""
    if not photo.sealed:
        raise PhotoGone
    if photo.published:
        withdraw(photo, officer)
    photo.boxes = [list(box) for box in boxes]
    photo.save(update_fields=["boxes"])
    detail = {"photo": photo.pk, "boxes": len(boxes)}
    audit.record(officer, "report.photo_blurred", f"report:{photo.report_id}", detail=detail)


@transaction.atomic
def publish(photo: ReportPhoto, officer: Officer) -> None:
    """Let out the blurred copy: whoever reads the answer, and the board, may see it. Raises: PhotoGone."""
    content = blurred_photo(photo)
    if photo.published:
        withdraw(photo, officer)
    photo.published_at, photo.published_by = timezone.now(), officer
    photo.published.save("", ContentFile(content), save=True)
    tell(photo.report, EventKind.PUBLISHED, officer)


@transaction.atomic
def withdraw(photo: ReportPhoto, officer: Officer) -> None:
    name, storage = photo.published.name, photo.published.storage
    photo.published, photo.published_at, photo.published_by = "", None, None
    photo.save(update_fields=["published", "published_at", "published_by"])
    transaction.on_commit(lambda: storage.delete(name or ""))
    tell(photo.report, EventKind.WITHDRAWN, officer)
