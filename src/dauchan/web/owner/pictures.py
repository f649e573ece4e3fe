"""The pictures of a venue's form. A picture is kept as soon as it arrives, so that a refused form does not lose it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from dauchan.venues.errors import PictureRefused
from dauchan.venues.models import VenuePicture
from dauchan.venues.pictures import MOST_PICTURES, drop, keep_draft
from dauchan.vietnamese import clean_text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from dauchan.venues.models import Venue
    from dauchan.web.requests import PersonRequest

LONGEST_CAPTION = 120


@dataclass
class Tray:
    """The pictures that lie beside the form: those of the venue, those that came with the last attempt.

    Attributes:
        pictures: in the order in which they are shown; each with the caption that was typed.
        removed: what the owner ticked off.
        refusals: why files were not taken, in words.
    """

    pictures: list[VenuePicture] = field(default_factory=list)
    removed: list[VenuePicture] = field(default_factory=list)
    refusals: list[StrOrPromise] = field(default_factory=list)

    def put(self, venue: Venue) -> None:
        """Give the pictures to *venue*, in their order, and drop those ticked off."""
        drop(self.removed)
        for position, picture in enumerate(self.pictures):
            picture.venue, picture.position = venue, position
            picture.save(update_fields=["venue", "position", "caption"])


def tray_of(venue: Venue) -> Tray:
    return Tray(list(venue.pictures.all()) if venue.pk else [])


def posted_tray(request: PersonRequest, venue: Venue) -> Tray:
    """What came with a form: pictures seen before, by their numbers, and new files."""
    tray = Tray()
    for picture in _seen_before(request, venue):
        if f"remove_{picture.pk}" in request.POST:
            tray.removed.append(picture)
        else:
            picture.caption = clean_text(request.POST.get(f"caption_{picture.pk}", ""))[:LONGEST_CAPTION]
            tray.pictures.append(picture)
    for upload in request.FILES.getlist("pictures"):
        if len(tray.pictures) == MOST_PICTURES:
            tray.refusals.append(_("Tối đa %(most)s ảnh; những ảnh sau không được nhận.") % {"most": MOST_PICTURES})
            break
        try:
            tray.pictures.append(keep_draft(upload, request.person.pk))
        except PictureRefused as refused:
            tray.refusals.append(f"{upload.name}: {refused.message}")
    return tray


def _seen_before(request: PersonRequest, venue: Venue) -> list[VenuePicture]:
    """Only the venue's own and the person's own: a number of somebody else's picture finds nothing."""
    numbers = [int(text) for text in request.POST.getlist("picture") if text.isascii() and text.isdigit()]
    mine = Q(venue=None, uploader_id=request.person.pk)
    if venue.pk:
        mine |= Q(venue_id=venue.pk)
    found = VenuePicture.objects.filter(mine, pk__in=[number for number in numbers if number < 2**63])
    return sorted(found, key=lambda picture: numbers.index(picture.pk))[:MOST_PICTURES]
