"""Fields that understand what people type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dauchan.units.languages import reads_english
from dauchan.venues.errors import PictureRefused
from dauchan.venues.pictures import ACCEPTED, reencode
from dauchan.vietnamese import PhoneRefused, clean_text, read_phone


class LineField(forms.CharField):
    """One line of words, put in order before it is measured: a letter typed in three parts counts as one letter."""

    def to_python(self, value: object) -> str:
        """NFC, without invisible characters, spaces single."""
        return " ".join(clean_text(super().to_python(value) or "").split())


#: What `dauchan.exchange.workbooks` reads.
LISTS = ".xlsx,.xls,.ods,.csv,.txt"


class ListFile(forms.FileField):
    """A list as a spreadsheet or a text file, if one was chosen: its bytes, else none."""

    largest = 2 * 1024 * 1024
    too_large = _("Tệp lớn quá 2 MB. Hãy chia thành nhiều tệp.")

    def __init__(self, accept: str = LISTS, **options: Any) -> None:  # noqa: ANN401 - Django's options
        widget = forms.FileInput({"accept": accept})
        super().__init__(required=False, allow_empty_file=True, widget=widget, **options)

    def clean(self, data: Any, initial: Any = None) -> bytes:  # noqa: ANN401 - Django's signature
        """Raises: ValidationError if it is larger than `largest`."""
        uploaded = super().clean(data, initial)
        if not uploaded:
            return b""
        if uploaded.size > self.largest:
            raise forms.ValidationError(self.too_large)
        content: bytes = uploaded.read()
        return content


class PhotosInput(forms.FileInput):
    """Several photographs, made smaller by the browser before they are sent."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ACCEPTED, "multiple": True, "data-shrinks": "", **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ANN401, ARG002 - Django's signature
        return files.getlist(name) if hasattr(files, "getlist") else []


class PhotosField(forms.Field):
    """Up to *most* photographs: a list of JPEGs without metadata, empty where none was chosen."""

    widget = PhotosInput

    def __init__(self, *, most: int, **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(required=False, **options)
        self.most = most

    def clean(self, value: Any) -> list[bytes]:  # noqa: ANN401 - Django's signature
        """Raises: ValidationError for too many, and for a file that is no photograph, which is named."""
        files = value or []
        if len(files) > self.most:
            raise forms.ValidationError(_("Nhiều nhất %(most)s ảnh."), params={"most": self.most})
        return [self._read(file) for file in files]

    @staticmethod
    def _read(file: Any) -> bytes:  # noqa: ANN401 - an uploaded file
        try:
            return reencode(file, file.size or 0)
        except PictureRefused as refused:
            raise forms.ValidationError(f"{file.name}: {refused.message}") from refused


def phone_typed(text: str, *, landline: bool = False) -> str:
    """The number somebody typed, in E.164.

    Raises: ValidationError with the reason, in the language of the page.
    """
    try:
        return read_phone(text, landline=landline)
    except PhoneRefused as refused:
        is_english = reads_english()
        raise forms.ValidationError(refused.reason.en if is_english else refused.reason.vi, code="phone") from None
