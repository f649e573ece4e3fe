"""Pictures that only some may see; those of public pages are served by `dauchan.web.public`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.http import HttpResponse

if TYPE_CHECKING:
    from django.db.models.fields.files import ImageFieldFile


class Picture(Protocol):
    """A row with a picture as JPEG."""

    image: ImageFieldFile


def picture_shown(picture: Picture) -> HttpResponse:
    """The picture's file; the caller got it through an access function."""
    with picture.image.open() as file:
        return HttpResponse(file.read(), content_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"})
