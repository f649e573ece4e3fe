"""A photograph as a reader wants it: in grey, upright, at the size that is asked for; and what the camera noted beside it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING, Any

from PIL import ExifTags, Image, ImageOps

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_PIXELS = 60_000_000
_SIDEWAYS = {5, 6, 7, 8}
_LONGEST_FILM = 36.0  # millimetres, for focal lengths stated as on 35 mm film
_LONGEST_FOCAL = 2000
_FARTHEST_OFF = 10_000
_FARTHEST_FOCUS = 50  # metres; what lies beyond is "infinity" to a lens


@dataclass(frozen=True)
class Taken:
    """What the camera noted. It is used for the reading and kept nowhere.

    Attributes:
        lat, lon: Degrees, WGS 84; None where the camera did not say.
        accuracy_m: How far off that may be, metres.
        focal: Focal length as a share of the photo's longer side; None where unknown.
        distance_m: To what the camera focused on, metres; None where it did not say.
    """

    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    focal: float | None = None
    distance_m: float | None = None


class Photo:
    """A photograph that is decoded only as finely as needed: a JPEG at half its size costs a third of the time."""

    def __init__(self, opened: Callable[[], Image.Image]) -> None:
        """*opened* gives the picture anew each time it is called.

        Raises:
            ValueError: the picture has more than 60 million pixels.
            OSError, SyntaxError: it cannot be read.
        """
        self._opened = opened
        first = opened()
        width, height = first.size
        if width * height > MOST_PIXELS:
            raise ValueError(f"{width} x {height} pixels are more than {MOST_PIXELS // 10**6} million")
        exif = first.getexif()
        self.taken = _taken(exif)
        self.size = (height, width) if exif.get(ExifTags.Base.Orientation) in _SIDEWAYS else (width, height)
        self._greys: dict[int, Image.Image] = {}

    @classmethod
    def of_bytes(cls, content: bytes, formats: tuple[str, ...] | None = None) -> Photo:
        """A file's content: in one of *formats*, or whatever Pillow reads."""
        return cls(lambda: Image.open(BytesIO(content), formats=formats))

    @classmethod
    def of_image(cls, image: Image.Image) -> Photo:
        return cls(lambda: image)

    @property
    def pixels(self) -> int:
        return self.size[0] * self.size[1]

    def grey(self, shrink: int = 1) -> Image.Image:
        """The picture in grey as the camera was held, so many times smaller each way; what is transparent is white."""
        if shrink not in self._greys:
            self._greys[shrink] = self._decoded(shrink)
        return self._greys[shrink]

    @property
    def finest(self) -> tuple[Image.Image, int]:
        """The finest picture that was asked for, and how many times smaller it is."""
        shrink = min(self._greys, default=1)
        return self.grey(shrink), shrink

    def _decoded(self, shrink: int) -> Image.Image:
        image = self._opened()
        across = image.width
        image.draft("L", (max(1, image.width // shrink), max(1, image.height // shrink)))
        grey = _upright_grey(image)
        left = round(shrink * image.width / across)
        return grey.reduce(left) if left > 1 else grey


def _upright_grey(image: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(image)
    if upright.has_transparency_data:
        rgba = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba)
    return upright.convert("L")


def _taken(exif: Image.Exif) -> Taken:
    """Every field by itself: cameras and programs write much that is broken."""
    gps: dict[int, Any] = dict(exif.get_ifd(ExifTags.IFD.GPSInfo))
    lat = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), 90)
    lon = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), 180)
    if lat is None or lon is None or lat == lon == 0:  # what phones write that have not found themselves yet
        lat = lon = None
    off = _number(gps.get(ExifTags.GPS.GPSHPositioningError), _FARTHEST_OFF)
    camera: dict[int, Any] = dict(exif.get_ifd(ExifTags.IFD.Exif))
    film = _number(camera.get(ExifTags.Base.FocalLengthIn35mmFilm), _LONGEST_FOCAL)
    focus = _number(camera.get(ExifTags.Base.SubjectDistance), _FARTHEST_FOCUS)
    return Taken(lat, lon, off if lat is not None else None, film / _LONGEST_FILM if film else None, focus or None)


def _degrees(parts: object, side: object, most: int) -> float | None:
    if not isinstance(parts, tuple) or len(parts) != 3 or side not in {"N", "S", "E", "W"}:  # noqa: PLR2004 - ° ′ ″
        return None
    numbers = [_number(part, most) for part in parts]
    if any(number is None for number in numbers):
        return None
    degrees: float = sum((number or 0.0) / 60**place for place, number in enumerate(numbers))
    if degrees > most:
        return None
    return -degrees if side in {"S", "W"} else degrees


def _number(value: Any, most: float) -> float | None:  # noqa: ANN401 - whatever stands in the file
    with suppress(TypeError, ValueError, ZeroDivisionError, OverflowError):
        number = float(value)
        if isfinite(number) and 0 <= number <= most:
            return number
    return None
