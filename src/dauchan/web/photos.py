"""Photos that come with an answer: re-encoded on arrival, so that nothing of the photographer remains."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dauchan.venues.errors import PictureRefused
from dauchan.venues.pictures import ACCEPTED, reencode

MOST_PHOTOS = 4


class PhotosInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ANN401, ARG002 - Django's signature
        return files.getlist(name) if hasattr(files, "getlist") else []


class PhotosField(forms.Field):
    """As JPEG without metadata, none if none was chosen."""

    def __init__(self, *, most: int = MOST_PHOTOS, **options: Any) -> None:  # noqa: ANN401 - Django's options
        self.most = most
        widget = PhotosInput({"accept": ACCEPTED, "multiple": True, "data-shrinks": ""})
        says = _("Nhiều nhất 4 ảnh. Vị trí và thông tin máy chụp trong ảnh được xóa khi tải lên.")
        super().__init__(required=False, widget=widget, **({"help_text": says} | options))

    def clean(self, value: Any) -> list[bytes]:  # noqa: ANN401 - Django's signature
        """Raises: ValidationError with the reason, for the person who chose the files."""
        files = value or []
        if len(files) > self.most:
            raise forms.ValidationError(
                ngettext("Nhiều nhất %(n)s ảnh.", "Nhiều nhất %(n)s ảnh.", self.most) % {"n": self.most}
            )
        try:
            return [reencode(file, file.size or 0) for file in files]
        except PictureRefused as refused:
            raise forms.ValidationError(str(refused.message)) from refused
