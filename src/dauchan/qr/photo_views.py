"""Ways of showing a photograph to the reader: smaller, larger, sharpened, smoothed, its light made even."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import zxingcpp
from PIL import Image, ImageChops, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dauchan.qr.photo_files import Photo

# A code that covers a tenth of the width still has three pixels a module at this size.
_PIXELS_AT_FIRST = 3_200_000
_PIXELS_TO_HALVE = 250_000
_PIXELS_TO_ENLARGE = 1_500_000
_PIXELS_TO_TREBLE = 600_000
_LOCAL, _GLOBAL = zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram


class View(NamedTuple):
    """One way of showing it.

    Attributes:
        scale: Its pixels per pixel of the photograph.
    """

    picture: NDArray[np.uint8]
    scale: float
    binarizer: zxingcpp.Binarizer


def first_view(photo: Photo) -> View:
    """The photograph as it is, or half as large where it is a large one."""
    return _view(photo, _base(photo))


def quick_views(photo: Photo) -> Iterator[View]:
    """What helps most often where the first does not, at a quarter of its cost: sharpened, and with even light."""
    small = _small(photo)
    yield _view(photo, small.filter(ImageFilter.UnsharpMask(6, 300, 0)))
    for part in (13, 32):
        yield _view(photo, _evenly_lit(small, max(4, small.width // part)))


def slow_views(photo: Photo) -> Iterator[View]:
    """All the rest, for what is far away, dirty, noisy or faint.

    Tried in this order on photographs made to order (`bench/posters.py`); each reads some that no other does.
    """
    base, full = _base(photo), photo.pixels
    if base.width * base.height < full:
        yield _view(photo, photo.grey())
    yield _view(photo, base.filter(ImageFilter.UnsharpMask(10, 300, 0)))
    yield _view(photo, _stretched(base))
    if base.width * base.height <= _PIXELS_TO_ENLARGE:
        twice = _enlarged(base, 2)
        yield _view(photo, twice)
        yield _view(photo, twice.filter(ImageFilter.UnsharpMask(12, 300, 0)))
    if base.width * base.height <= _PIXELS_TO_TREBLE:
        yield _view(photo, _enlarged(base, 3))
    yield _view(photo, base.filter(ImageFilter.UnsharpMask(3, 250, 0)))
    yield _view(photo, _evenly_lit(base, max(8, base.width // 25)))
    yield _view(photo, base.filter(ImageFilter.GaussianBlur(2)))
    yield _view(photo, base, _GLOBAL)
    yield _view(photo, base, zxingcpp.Binarizer.FixedThreshold)
    yield _view(photo, _small(photo))


def _view(photo: Photo, picture: Image.Image, binarizer: zxingcpp.Binarizer = _LOCAL) -> View:
    return View(np.asarray(picture), picture.width / photo.size[0], binarizer)


def _base(photo: Photo) -> Image.Image:
    return photo.grey(ceil((photo.pixels / _PIXELS_AT_FIRST) ** 0.5))


def _small(photo: Photo) -> Image.Image:
    base = _base(photo)
    return base.reduce(2) if base.width * base.height > _PIXELS_TO_HALVE else base


def _evenly_lit(grey: Image.Image, reach: int) -> Image.Image:
    """Brightness less its mean around, as a share of how far it strays from it: shadows and dim light go."""
    mean = grey.filter(ImageFilter.BoxBlur(reach))
    strays = np.asarray(ImageChops.difference(grey, mean).filter(ImageFilter.BoxBlur(reach)), np.float32)
    above = np.asarray(grey, np.float32) - np.asarray(mean, np.float32)
    return Image.fromarray(np.clip(above * (70 / (strays + 2)) + 128, 0, 255).astype(np.uint8))


def _stretched(grey: Image.Image) -> Image.Image:
    """Brightness between the darkest and the lightest around, so that a glare and its surroundings look alike."""
    few = grey.reduce(4)
    bounds = [
        few.filter(extreme(7)).filter(ImageFilter.BoxBlur(7)).resize(grey.size, Image.Resampling.BILINEAR)
        for extreme in (ImageFilter.MinFilter, ImageFilter.MaxFilter)
    ]
    dark, light = (np.asarray(bound, np.float32) for bound in bounds)
    share = (np.asarray(grey, np.float32) - dark) / np.maximum(light - dark, 12)
    return Image.fromarray(np.clip(share * 255, 0, 255).astype(np.uint8))


def _enlarged(grey: Image.Image, times: int) -> Image.Image:
    return grey.resize((grey.width * times, grey.height * times), Image.Resampling.BICUBIC)
