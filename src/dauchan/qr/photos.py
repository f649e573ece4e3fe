"""Reading the codes on a photograph of a wall: which are there, which are ours, whether they are genuine, how good they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from dauchan.qr.photo_attempts import codes_on
from dauchan.qr.photo_files import MOST_PIXELS, Photo
from dauchan.qr.photo_grades import grade_code
from dauchan.qr.photo_patterns import side_of
from dauchan.qr.photo_sizes import metres_away, printed_size
from dauchan.qr.refusals import CodeRefusal, CodeRefused
from dauchan.qr.tokens import CARD_PREFIX
from dauchan.qr.venue_code import is_venue_code, is_venue_url, read_venue_code

if TYPE_CHECKING:
    from collections.abc import Collection

    from PIL import Image

    from dauchan.qr.photo_attempts import ReadCode
    from dauchan.qr.photo_files import Taken
    from dauchan.qr.photo_geometry import Corners, Outline
    from dauchan.qr.photo_grades import Grade
    from dauchan.qr.photo_sizes import PrintedSize
    from dauchan.qr.signing import Keyring
    from dauchan.qr.venue_code import VenueCode

__all__ = ["MOST_PIXELS", "Authenticity", "NothingRead", "PhotoReading", "WallCode", "read_photo"]


class Authenticity(StrEnum):
    """Whose code it is."""

    GENUINE = "genuine"  # ours, and the signature holds
    FORGED = "forged"  # on our address or in our form, but the signature does not hold
    LOOK_ALIKE = "look_alike"  # in the form of our address, at another host
    NOT_OURS = "not_ours"
    NOT_CHECKED = "not_checked"  # in our form, but there are no keys to check it with


class NothingRead(StrEnum):
    """Why a photograph gave no code."""

    NO_CODE = "no_code"
    TOO_DAMAGED = "too_damaged"

    @property
    def sentence_vi(self) -> str:
        return _NOTHING[self][0]

    @property
    def sentence_en(self) -> str:
        return _NOTHING[self][1]


_NOTHING = {
    NothingRead.NO_CODE: (
        "Không thấy mã QR nào trong ảnh. Chụp thẳng, gần hơn và đủ sáng.",
        "No QR code was found in the photo. Take it straight on, closer and in good light.",
    ),
    NothingRead.TOO_DAMAGED: (
        "Có mã QR nhưng không đọc được: mã rách, bẩn, cong hoặc ảnh mờ.",
        "There is a QR code but it cannot be read: torn, dirty, bent, or the photo is blurred.",
    ),
}


@dataclass(frozen=True)
class WallCode:
    """One code on the photograph.

    Attributes:
        text: What it says.
        corners: Top left, top right, bottom right, bottom left of the symbol, in pixels of the upright photograph.
        authenticity: Whose it is.
        refusal: Why it was refused, where it is not genuine and was checked.
        venue: Venue and poster version, only where genuine.
        grade: How well it could be read.
        size: How large it is printed, where something on the photo tells.
        metres_if_full: How far the camera stood off if it is printed as large as a door's must be; None where unknown.
    """

    text: str
    corners: Corners
    authenticity: Authenticity
    refusal: CodeRefusal | None
    venue: VenueCode | None
    grade: Grade
    size: PrintedSize | None = None
    metres_if_full: float | None = None


@dataclass(frozen=True)
class PhotoReading:
    """All codes on a photograph, ours first; `nothing` says why there are none, `taken` where it was taken."""

    codes: tuple[WallCode, ...]
    nothing: NothingRead | None
    taken: Taken


@dataclass(frozen=True)
class _Known:
    """What a code is judged by."""

    keyring: Keyring | None
    hosts: Collection[str]
    cards: tuple[Outline, ...]
    distance_m: float | None


_DOOR_CM = 15.0


def read_photo(
    photo: Photo | Image.Image,
    keyring: Keyring | None,
    hosts: Collection[str] = (),
    distance_m: float | None = None,
) -> PhotoReading:
    """Read every QR code that can be read on *photo*.

    Args:
        photo: In any mode; its EXIF orientation is followed, transparency is taken for white. A `Photo` is decoded only
            as finely as needed.
        keyring: Keys that may have signed our codes; None leaves them `not_checked`.
        hosts: Our own hosts, as in `read_venue_code`.
        distance_m: From the camera to the poster, as somebody told it.

    Raises:
        ValueError: the image has more than 60 million pixels.
        OSError, SyntaxError: its file is broken.
    """
    if not isinstance(photo, Photo):
        photo = Photo.of_image(photo)
    read, broken = codes_on(photo)
    if not read:
        return PhotoReading((), NothingRead.TOO_DAMAGED if broken else NothingRead.NO_CODE, photo.taken)
    # A control card's code is as long as the card's standard says, so it measures what hangs beside it.
    cards = tuple(code.outline for code in read if code.text.startswith(CARD_PREFIX))
    known = _Known(keyring, hosts, cards, distance_m)
    codes = [_wall_code(code, photo, known) for code in read]
    return PhotoReading(tuple(sorted(codes, key=lambda code: _ORDER[code.authenticity])), None, photo.taken)


_ORDER = {authenticity: place for place, authenticity in enumerate(Authenticity)}


def _wall_code(code: ReadCode, photo: Photo, known: _Known) -> WallCode:
    authenticity, refusal, venue = _judged(code.text, known.keyring, known.hosts)
    is_ours = authenticity is not Authenticity.NOT_OURS
    size = printed_size(photo, code.outline, known.cards, known.distance_m) if is_ours else None
    grade = grade_code(photo, code.outline, side_of(code.version), code.unused_correction, size)
    away = metres_away(photo.taken, photo, code.outline, _DOOR_CM)
    text = f"{CARD_PREFIX}…" if code.text.startswith(CARD_PREFIX) else code.text  # a card is somebody's
    return WallCode(text, code.outline.corners, authenticity, refusal, venue, grade, size, away)


def _judged(
    text: str, keyring: Keyring | None, hosts: Collection[str]
) -> tuple[Authenticity, CodeRefusal | None, VenueCode | None]:
    if not (is_venue_url(text) or is_venue_code(text.strip())):
        return Authenticity.NOT_OURS, CodeRefusal.NOT_OURS, None
    if keyring is None:
        return Authenticity.NOT_CHECKED, None, None
    try:
        return Authenticity.GENUINE, None, read_venue_code(text, keyring, hosts)
    except CodeRefused as refused:
        foreign = refused.reason is CodeRefusal.NOT_OURS
        return Authenticity.LOOK_ALIKE if foreign else Authenticity.FORGED, refused.reason, None
