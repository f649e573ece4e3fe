"""Finding faces and number plates in a photograph, and making parts of it unreadable.

The detectors are the Haar cascades that come with OpenCV's wheel. They are set to find too much rather than too little: a
blurred lantern does no harm. They miss faces behind masks or turned away, and most plates of two lines; so nothing is let
out before an officer has looked at it (docs/decisions: photographs of reports).
"""

from __future__ import annotations

import math
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Faces smaller than a thirtieth of the picture are not to be recognised after it was made as small as it is kept.
LONGEST_SIDE = 1000
SMALLEST = 24
MARGIN = 0.18
#: A blurred part is no more than so many patches wide and high.
PATCHES = 7
MOST_BOXES = 60
QUALITY = 82
FACES = ("haarcascade_frontalface_alt2.xml", "haarcascade_frontalface_default.xml")
PROFILES = "haarcascade_profileface.xml"
PLATES = ("haarcascade_russian_plate_number.xml", "haarcascade_license_plate_rus_16stages.xml")


class Box(NamedTuple):
    """A part of a picture, in parts of its width and height from 0 to 1."""

    left: float
    top: float
    width: float
    height: float


def find_private(jpeg: bytes) -> list[Box]:
    """Where faces and number plates seem to be, each with a margin; of boxes within each other the larger one."""
    with Image.open(BytesIO(jpeg)) as picture:
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        grey: Any = np.asarray(picture.convert("L"))
    height, width = grey.shape
    found = [_widened(box, width, height) for box in _detections(grey)]
    return without_inner(found)[:MOST_BOXES]


def _detections(grey: Any) -> Iterator[tuple[int, int, int, int]]:  # noqa: ANN401 - an array of bytes
    size = (SMALLEST, SMALLEST)
    for name in FACES:
        yield from _cascade(name).detectMultiScale(grey, 1.1, 3, minSize=size)
    profiles = _cascade(PROFILES)
    yield from profiles.detectMultiScale(grey, 1.1, 3, minSize=size)
    width = grey.shape[1]
    # The cascade knows faces that look to one side only; the other side is the picture in a mirror.
    mirrored = np.ascontiguousarray(grey[:, ::-1])
    for left, top, wide, high in profiles.detectMultiScale(mirrored, 1.1, 3, minSize=size):
        yield width - left - wide, top, wide, high
    for name in PLATES:
        yield from _cascade(name).detectMultiScale(grey, 1.1, 3)


@cache
def _cascade(name: str) -> Any:  # noqa: ANN401 - OpenCV's class
    import cv2  # 60 MB of library, needed by few processes

    return cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / name))


def _widened(box: tuple[int, int, int, int], width: int, height: int) -> Box:
    left, top, wide, high = (float(number) for number in box)
    return clipped(
        Box(
            (left - wide * MARGIN) / width,
            (top - high * MARGIN) / height,
            wide * (1 + 2 * MARGIN) / width,
            high * (1 + 2 * MARGIN) / height,
        )
    )


def clipped(box: Box) -> Box:
    """The part of it that lies in the picture, to four decimals."""
    left, top = (min(max(value, 0.0), 1.0) for value in box[:2])
    right, bottom = min(box.left + box.width, 1.0), min(box.top + box.height, 1.0)
    return Box(*(round(value, 4) for value in (left, top, max(right - left, 0), max(bottom - top, 0))))


def without_inner(boxes: Iterable[Box]) -> list[Box]:
    """Without those that lie mostly within a larger one, from the top left on."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda one: -one.width * one.height):
        if all(_shared(box, other) < 0.8 * box.width * box.height for other in kept):
            kept.append(box)
    return sorted(kept, key=lambda one: (one.top, one.left))


def _shared(one: Box, other: Box) -> float:
    wide = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    high = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return max(wide, 0) * max(high, 0)


def read_boxes(stored: object) -> list[Box]:
    """Boxes as they are stored or sent: lists of four numbers. Raises: ValueError."""
    if not isinstance(stored, list) or len(stored) > MOST_BOXES:
        raise ValueError("boxes")
    return [box for one in stored if (box := _read_box(one)).width > 0 and box.height > 0]


def _read_box(one: object) -> Box:
    if not isinstance(one, list) or len(one) != len(Box._fields):
        raise ValueError("box")
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in one):
        raise ValueError("box")
    numbers = [float(value) for value in one if abs(value) <= 1]
    if len(numbers) != len(Box._fields) or not all(math.isfinite(value) for value in numbers):
        raise ValueError("box")
    return clipped(Box(*numbers))


def blurred(jpeg: bytes, boxes: Iterable[Box]) -> bytes:
    """The picture as a JPEG with those parts in patches that no sharpening brings back."""
    with Image.open(BytesIO(jpeg)) as opened:
        picture = opened.convert("RGB")
    for box in boxes:
        left, top = int(box.left * picture.width), int(box.top * picture.height)
        right = min(math.ceil((box.left + box.width) * picture.width), picture.width)
        bottom = min(math.ceil((box.top + box.height) * picture.height), picture.height)
        if right <= left or bottom <= top:
            continue
        part = picture.crop((left, top, right, bottom))
        patches = part.resize((min(PATCHES, part.width), min(PATCHES, part.height)), Image.Resampling.BOX)
        picture.paste(patches.resize(part.size, Image.Resampling.BICUBIC), (left, top))
    with BytesIO() as written:
        picture.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
        return written.getvalue()
