"""Finding every QR code on a photograph: one reader, several ways of showing it the picture, a bendable grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np
import zxingcpp

from dauchan.qr.photo_fitting import read_bent
from dauchan.qr.photo_geometry import Corners, Outline
from dauchan.qr.photo_patterns import side_of
from dauchan.qr.photo_views import first_view, quick_views, slow_views

if TYPE_CHECKING:
    from dauchan.qr.photo_files import Photo
    from dauchan.qr.photo_views import View

# The square QR code that every phone reads; its small and oblong relatives are no posters.
_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])
# A picture full of what looks like corners must not take minutes.
_MOST_FITS = 6
_MOST_PIXELS_A_MODULE = 12


class ReadCode(NamedTuple):
    """A code that was read."""

    text: str
    version: int
    unused_correction: float | None
    outline: Outline


@dataclass(frozen=True)
class _Seen:
    """A symbol that was found and not read, in pixels of the photograph."""

    version: int
    outline: Outline


class _Search:
    """What is known so far."""

    def __init__(self, photo: Photo) -> None:
        self.photo = photo
        self.read: list[ReadCode] = []
        self.broken = False
        self._waiting: list[_Seen] = []
        self._fitted: list[_Seen] = []

    @property
    def is_done(self) -> bool:
        """Whether something was read, and all that was seen."""
        return bool(self.read) and all(self._was_read(seen.outline) for seen in self._waiting)

    def look(self, view: View) -> None:
        found = zxingcpp.read_barcodes(view.picture, _FORMATS, binarizer=view.binarizer, return_errors=True)
        for barcode in found:
            self.broken = self.broken or not barcode.valid
            told = _told(barcode)
            if "Version" not in told:
                continue
            outline = Outline(_corners(barcode, view.scale))
            if barcode.valid:
                self._keep(_read(barcode, outline))
            else:
                self._note(_Seen(int(told["Version"]), outline))

    def fit(self) -> None:
        """Lay a grid on what was seen and not read since the last time."""
        while self._waiting and len(self._fitted) < _MOST_FITS:
            seen = self._waiting.pop(0)
            if self._was_read(seen.outline):
                continue
            self._fitted.append(seen)
            shrink = max(1, int(seen.outline.sides.max() / side_of(seen.version) / _MOST_PIXELS_A_MODULE))
            grey = np.asarray(self.photo.grey(shrink))
            found = read_bent(grey, seen.outline.scaled(1 / shrink).corners, seen.version)
            if found is not None:
                barcode, outline = found
                self._keep(_read(barcode, outline.scaled(shrink)))

    def _keep(self, code: ReadCode) -> None:
        if not self._was_read(code.outline):
            self.read.append(code)

    def _note(self, seen: _Seen) -> None:
        """Unless another fit would end the same: it lies within half a module of one that is known."""
        if not any(_is_nearly(seen, other) for other in (*self._waiting, *self._fitted)):
            self._waiting.append(seen)

    def _was_read(self, outline: Outline) -> bool:
        return any(_same_place(outline, code.outline) for code in self.read)


def codes_on(photo: Photo) -> tuple[list[ReadCode], bool]:
    """Every code read, and whether there was one that could not be.

    Cheap attempts come first, and they end with the first that reads all it sees: the rest would find only the same
    again.
    """
    search = _Search(photo)
    search.look(first_view(photo))
    for views in (quick_views, slow_views):
        if search.is_done:
            break
        for view in views(photo):
            search.look(view)
            if search.is_done:
                break
        else:
            search.fit()
        if search.read:
            break  # what else was seen is most often no code at all
    return search.read, search.broken


def _told(barcode: zxingcpp.Barcode) -> dict[str, str | float]:
    """What the reader knows besides the text; nothing where it gave up early."""
    return cast("dict[str, str | float]", barcode.extra or {})


def _is_nearly(one: _Seen, other: _Seen) -> bool:
    apart = np.abs(np.subtract(one.outline.corners, other.outline.corners)).max()
    return one.version == other.version and bool(apart < one.outline.sides.max() / side_of(one.version) / 2)


def _read(barcode: zxingcpp.Barcode, outline: Outline) -> ReadCode:
    told = _told(barcode)
    unused = told.get("UEC")
    return ReadCode(barcode.text, int(told["Version"]), None if unused is None else round(float(unused), 3), outline)


def _same_place(one: Outline, other: Outline) -> bool:
    """Whether the middle of one lies well within the other: two posters never overlap so far."""
    (x, y), (other_x, other_y) = one.middle, other.middle
    return bool(np.hypot(x - other_x, y - other_y) < np.hypot(*np.subtract(other.corners[2], other.corners[0])) / 4)


def _corners(barcode: zxingcpp.Barcode, scale: float) -> Corners:
    at = barcode.position
    points = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    a, b, c, d = ((point.x / scale, point.y / scale) for point in points)
    return a, b, c, d
