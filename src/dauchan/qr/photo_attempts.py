"""Finding every QR code on a photograph: one reader, several ways of showing it the picture."""

from collections.abc import Iterator

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps

from dauchan.qr.photo_grades import Corners

Grey = NDArray[np.uint8]
Found = list[tuple[zxingcpp.Barcode, Corners]]

# The square QR code that every phone reads; its small and oblong relatives are no posters.
_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])
# Later attempts work on no more than this, so that a photograph without a code does not take seconds.
_PIXELS_OF_LATER_ATTEMPTS = 3_000_000
_PIXELS_TO_ENLARGE = 1_500_000


def upright_grey(image: Image.Image) -> Image.Image:
    """The picture in grey as the camera was held; what is transparent becomes white."""
    upright = ImageOps.exif_transpose(image)
    if upright.has_transparency_data:
        rgba = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba)
    return upright.convert("L")


def codes_on(grey: Image.Image) -> tuple[Found, bool]:
    """Every code read with its corners, and whether there was one that could not be.

    The attempts end with the first that reads all it sees: the rest would only find the same again.
    """
    read: Found = []
    broken = False
    for picture, scale, binarizer in _attempts(grey):
        found = zxingcpp.read_barcodes(picture, _FORMATS, binarizer=binarizer, return_errors=True)
        for barcode in found:
            corners = _corners(barcode, scale)
            if barcode.valid and not any(_same_place(corners, others) for _, others in read):
                read.append((barcode, corners))
        broken = broken or any(not barcode.valid for barcode in found)
        if read and all(barcode.valid or _is_known(barcode, scale, read) for barcode in found):
            break
    return read, broken


def _is_known(barcode: zxingcpp.Barcode, scale: float, read: Found) -> bool:
    return any(_same_place(_corners(barcode, scale), corners) for _, corners in read)


def _same_place(one: Corners, other: Corners) -> bool:
    """Whether the middle of one lies well within the other: two posters never overlap so far."""
    (x, y), (mx, my) = np.mean(one, axis=0), np.mean(other, axis=0)
    return bool(np.hypot(x - mx, y - my) < np.hypot(*np.subtract(other[2], other[0])) / 4)


def _attempts(grey: Image.Image) -> Iterator[tuple[Grey, float, zxingcpp.Binarizer]]:
    """Pictures to try, cheapest first, with their scale: as taken, enlarged, sharpened, smoothed.

    Tried in this order on synthetic photographs of fourteen kinds of trouble; together they read a sixth more than the
    first alone.
    """
    local, histogram = zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram
    yield np.asarray(grey), 1.0, local
    shrink = min(1.0, (_PIXELS_OF_LATER_ATTEMPTS / (grey.width * grey.height)) ** 0.5)
    base = _scaled(grey, shrink) if shrink < 1 else grey
    yield np.asarray(base), shrink, histogram
    if base.width * base.height <= _PIXELS_TO_ENLARGE:
        twice = _scaled(base, 2)
        yield np.asarray(twice), shrink * 2, local
        yield np.asarray(twice.filter(ImageFilter.UnsharpMask(12, 300, 0))), shrink * 2, local
        yield np.asarray(_scaled(base, 3)), shrink * 3, local
    elif shrink < 1:
        yield np.asarray(base), shrink, local
    yield np.asarray(base.filter(ImageFilter.UnsharpMask(3, 250, 0))), shrink, local
    yield np.asarray(base.filter(ImageFilter.GaussianBlur(2))), shrink, local


def _scaled(grey: Image.Image, factor: float) -> Image.Image:
    size = (max(1, round(grey.width * factor)), max(1, round(grey.height * factor)))
    return grey.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _corners(barcode: zxingcpp.Barcode, scale: float) -> Corners:
    at = barcode.position
    return (
        (at.top_left.x / scale, at.top_left.y / scale),
        (at.top_right.x / scale, at.top_right.y / scale),
        (at.bottom_right.x / scale, at.bottom_right.y / scale),
        (at.bottom_left.x / scale, at.bottom_left.y / scale),
    )
