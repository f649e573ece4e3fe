"""Pictures that only some may see, and photos sent as evidence; those of public pages are served by `dauchan.web.public`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from dauchan.venues.errors import PictureRefused
from dauchan.venues.pictures import ACCEPTED, reencode
from dauchan.web.owner.forms import PicturesField, PicturesInput

if TYPE_CHECKING:
    from django.db.models.fields.files import ImageFieldFile

#: As evidence of one answer.
MOST_PICTURES = 4


class Picture(Protocol):
    """A row with a picture as JPEG."""

    image: ImageFieldFile


def picture_shown(picture: Picture) -> HttpResponse:
    """The picture's file; the caller got it through an access function."""
    with picture.image.open() as file:
        return HttpResponse(file.read(), content_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"})


class EvidenceForm(forms.Form):
    """Photos that show what was done at a door."""

    pictures = PicturesField(
        label=_("Ảnh tại chỗ"),
        required=False,
        widget=PicturesInput({"accept": ACCEPTED, "multiple": True, "data-shrinks": ""}),
        help_text=_("Nhiều nhất 4 ảnh. Vị trí và thông tin máy chụp trong ảnh được xóa khi tải lên."),
    )

    def clean_pictures(self) -> list[bytes]:
        """As JPEG without metadata."""
        files = self.files.getlist("pictures") if hasattr(self.files, "getlist") else []
        if len(files) > MOST_PICTURES:
            raise forms.ValidationError(_("Nhiều nhất 4 ảnh."))
        try:
            return [reencode(file, file.size or 0) for file in files]
        except PictureRefused as refused:
            raise forms.ValidationError(str(refused.message)) from refused
