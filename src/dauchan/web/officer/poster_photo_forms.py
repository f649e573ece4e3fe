"""Photographs of posters as they are sent, and what the page brings back to be kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from dauchan.compliance.found_posters import FoundPoster, Here
from dauchan.venues.pictures import ACCEPTED
from dauchan.venues.poster_photos import Seen

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_PHOTOS = 4
#: So fine that a code a few metres away keeps its modules, and still under a megabyte.
LONGEST_SIDE = 2560
_FARTHEST_OFF = 100_000
_SALT = "dauchan.poster-reading"
_GOOD_FOR = dt.timedelta(hours=12)


class PhotosInput(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """One to four files."""

    widget = PhotosInput({"accept": ACCEPTED, "multiple": True, "data-shrinks": LONGEST_SIDE, "data-keeps-exif": ""})

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile[bytes]]:  # noqa: ANN401 - Django's signature
        files = value if isinstance(value, list) else [value]
        if len(files) > MOST_PHOTOS:
            raise forms.ValidationError(_("Mỗi lần tối đa %(most)s ảnh.") % {"most": MOST_PHOTOS})
        return [super(PhotosField, self).clean(file, initial) for file in files or [None]]


class PosterPhotoForm(forms.Form):
    photos = PhotosField(
        label=_("Ảnh bảng mã"),
        help_text=_(
            "Chụp thẳng, đủ sáng, thấy trọn mã. Một ảnh có thể có nhiều bảng; mỗi lần tối đa 4 ảnh. Ảnh không được lưu lại."
        ),
        error_messages={"required": _("Hãy chụp hoặc chọn ít nhất một ảnh.")},
    )
    distance_m = forms.FloatField(
        label=_("Chụp cách bảng khoảng (mét)"),
        required=False,
        localize=True,
        min_value=0.1,
        max_value=50,
        help_text=_(
            "Để ước lượng cỡ in. Bỏ trống cũng được: máy so với mép giấy, hoặc với thẻ kiểm soát đặt cạnh mã trong ảnh."
        ),
        widget=forms.TextInput({"inputmode": "decimal", "size": 6, "placeholder": "1,5"}),
    )
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    accuracy_m = forms.FloatField(required=False, min_value=0, max_value=_FARTHEST_OFF, widget=forms.HiddenInput)

    @property
    def here(self) -> Here | None:
        """Where the officer said they stand."""
        lat, lon = self.cleaned_data.get("lat"), self.cleaned_data.get("lon")
        if lat is None or lon is None:
            return None
        return Here(lat, lon, self.cleaned_data.get("accuracy_m") or 0.0)


def sealed(found: FoundPoster, read_at: dt.datetime) -> str:
    """The result as the page brings it back: signed, so that only what was read is kept."""
    grade = found.code.grade
    venue = found.code.venue
    told = [venue.venue_id if venue else 0, found.version, read_at.isoformat(), grade.letter, found.metres]
    return signing.dumps([*told, [str(reason) for reason in grade.reasons]], salt=_SALT, compress=True)


def opened(text: str) -> tuple[int, Seen] | None:
    """The venue's number and the result; None where it is none of ours or older than a shift."""
    try:
        told = signing.loads(text, salt=_SALT, max_age=_GOOD_FOR)
    except signing.BadSignature:
        return None
    venue_id, version, read_at, letter, metres, reasons = cast("list[Any]", told)
    return venue_id, Seen(version, dt.datetime.fromisoformat(read_at), letter, reasons, metres)
