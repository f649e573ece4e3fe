"""How large a code is printed, in centimetres, as far as a photograph shows it; and nothing where it does not.

A picture alone has no scale: a large poster far away looks like a small one nearby. Something of known length is needed:
one of our control cards held beside the poster, the edges of a sheet of standard paper, or how far away the camera stood.
Each gives a range, and names what it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from dauchan.qr.photo_geometry import corner_map

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dauchan.qr.photo_files import Photo, Taken
    from dauchan.qr.photo_geometry import Floats, Outline


class SizeBasis(StrEnum):
    """What an estimate rests on, the surest first."""

    CARD = "card"
    PAPER = "paper"
    FOCUS = "focus"
    DISTANCE = "distance"

    @property
    def sentence_vi(self) -> str:
        return _SENTENCES[self][0]

    @property
    def sentence_en(self) -> str:
        return _SENTENCES[self][1]


_SENTENCES = {
    SizeBasis.CARD: (
        "So với mã 3 cm trên thẻ kiểm soát chụp cùng ảnh.",
        "Against the 3 cm code of a control card on the same photo.",
    ),
    SizeBasis.PAPER: (
        "Theo mép giấy, nếu bảng in trên đúng khổ giấy của mẫu.",
        "By the edges of the sheet, if it is printed on the paper that its layout is made for.",
    ),
    SizeBasis.FOCUS: (
        "Theo khoảng cách lấy nét và tiêu cự mà máy ảnh ghi lại.",
        "By the focus distance and focal length that the camera noted.",
    ),
    SizeBasis.DISTANCE: (
        "Theo khoảng cách chụp do người chụp cho biết.",
        "By the distance that the photographer told.",
    ),
}
NO_BASIS_VI = (
    "Không ước lượng được: trong ảnh không có gì để so. Đặt thẻ kiểm soát cạnh mã, hoặc cho biết chụp cách bao xa."
)
NO_BASIS_EN = (
    "No estimate: nothing on the photo has a known size. Hold a control card beside the code, or tell the distance."
)

_CARD_CM = 3.0
_CARD_OFF = 0.06  # held by hand, a little before the wall
_PAPER_OFF = 0.04
#: Camera's own distance is a guess of its lens; a person's, of their steps.
_FOCUS_OFF, _STEPS_OFF = 0.3, 0.2
_FOCAL_OFF = 0.05  # "as on 35 mm film" follows the width for some and the diagonal for others
#: Main cameras of phones, as a share of the longer side: 22 to 30 mm on 36 mm of film.
_USUAL_FOCAL = (22 / 36, 30 / 36)
#: Width of the paper by the width of the symbol, of which sheet: as laid out, less what a printer shrinks to fit.
_PAPERS = (((1.35, 1.51), 21.0), ((1.545, 1.72), 14.8))


@dataclass(frozen=True)
class PrintedSize:
    """Side of the symbol without its quiet zone: at least `low_cm`, at most `high_cm`, if the basis holds."""

    low_cm: float
    high_cm: float
    basis: SizeBasis


def printed_size(
    photo: Photo, outline: Outline, cards: Iterable[Outline] = (), distance_m: float | None = None
) -> PrintedSize | None:
    """How large the code with *outline* is printed; None where nothing tells.

    Args:
        photo: The photograph.
        outline: Of the symbol, pixels of the photograph.
        cards: Outlines of control cards' codes on the same photo.
        distance_m: From the camera to the code, as a person tells it.
    """
    for card in cards:
        return _around(_CARD_CM / _side_in(outline, card), _CARD_OFF, SizeBasis.CARD)
    measured = _by_distance(photo, outline, distance_m)
    paper = _by_paper(photo, outline)
    if paper is None or measured is None:
        return paper or measured
    meet = measured.low_cm <= paper.high_cm and paper.low_cm <= measured.high_cm
    return paper if meet else measured  # another paper than the layout's own: what was measured stands


def metres_away(taken: Taken, photo: Photo, outline: Outline, side_cm: float) -> float | None:
    """How far off the camera stood if the symbol is *side_cm* wide; None without the focal length."""
    if taken.focal is None:
        return None
    return side_cm / 100 * taken.focal * max(photo.size) / _length(outline)


def _around(middle: float, off: float, basis: SizeBasis) -> PrintedSize:
    return PrintedSize(round(middle * (1 - off), 1), round(middle * (1 + off), 1), basis)


def _length(outline: Outline) -> float:
    """The side as it would be seen straight on: turning away shortens, so the longer pair counts."""
    top, right, bottom, left = outline.sides
    return float(max((top + bottom) / 2, (right + left) / 2))


def _side_in(frame: Outline, other: Outline) -> float:
    """The mean side of *other*, in sides of *frame*, as if both lay in one plane."""
    a, b, c, d, e, f, g, h = corner_map(frame.corners)
    back = np.linalg.inv(np.array([[a, b, c], [d, e, f], [g, h, 1]]))
    there = back @ np.array([(x, y, 1) for x, y in other.corners]).T
    ends = (there[:2] / there[2]).T
    return float(np.hypot(*(np.roll(ends, -1, axis=0) - ends).T).mean())


def _by_distance(photo: Photo, outline: Outline, told_m: float | None) -> PrintedSize | None:
    taken = photo.taken
    metres, off, basis = told_m, _STEPS_OFF, SizeBasis.DISTANCE
    if metres is None:
        metres, off, basis = taken.distance_m, _FOCUS_OFF, SizeBasis.FOCUS
    if metres is None or (taken.focal is None and basis is SizeBasis.FOCUS):
        return None
    focal = taken.focal
    short, long = _USUAL_FOCAL if focal is None else (focal * (1 - _FOCAL_OFF), focal * (1 + _FOCAL_OFF))
    seen_cm = 100 * metres * _length(outline) / max(photo.size)
    return PrintedSize(round(seen_cm / long * (1 - off), 1), round(seen_cm / short * (1 + off), 1), basis)


def _by_paper(photo: Photo, outline: Outline) -> PrintedSize | None:
    """Where both edges of the sheet stand as far from the symbol as on one of our own sheets."""
    if outline.bends is not None:
        return None
    left, right = (_edge(photo, outline, side) for side in (-1, 1))
    if left is None or right is None or abs(left - right) > _LOPSIDED:
        return None
    across = left + right
    for (least, most), paper_cm in _PAPERS:
        if least <= across <= most:
            return _around(paper_cm / across, _PAPER_OFF, SizeBasis.PAPER)
    return None


_LOPSIDED = 0.04
_STEP = 0.004
_NEAR, _FAR = 0.58, 0.92  # from the symbol's middle, in its sides
_REACH = 8  # steps looked at on either side of an edge
_PLAIN = 0.04  # of full scale: how much blank paper may vary
_EDGE = 0.10  # of full scale: how much darker the wall must be


def _edge(photo: Photo, outline: Outline, side: int) -> float | None:
    """How far from the symbol's middle the blank margin ends at once in something darker; None where it does not."""
    profile = _profile(photo, outline, side)
    if profile is None:
        return None
    for at in range(_REACH, len(profile) - _REACH):
        inside, outside = profile[:at], profile[at + 2 : at + _REACH]
        if inside.max() - inside.min() > 2 * _PLAIN:
            return None  # no blank paper
        if inside[-_REACH:].mean() - outside.mean() > _EDGE and inside[-_REACH:].std() < _PLAIN:
            return float(_NEAR + _STEP * (at + 0.5))
    return None


def _profile(photo: Photo, outline: Outline, side: int) -> Floats | None:
    """Brightness, 0 to 1, by the distance from the symbol's middle; None where the photo ends before."""
    picture, shrink = photo.finest
    grey = np.asarray(picture)
    away = np.arange(_NEAR, _FAR, _STEP)
    u, v = np.meshgrid(0.5 + side * away, np.linspace(0.08, 0.92, 40))
    x, y = outline.scaled(1 / shrink).places(u, v)
    is_there = (x >= 0) & (y >= 0) & (x < grey.shape[1] - 1) & (y < grey.shape[0] - 1)
    seen = is_there.all(axis=0)
    if not seen[: 2 * _REACH].all():
        return None
    columns = int(np.argmin(seen)) if not seen.all() else len(seen)
    values = grey[np.rint(y[:, :columns]).astype(np.intp), np.rint(x[:, :columns]).astype(np.intp)]
    profile: Floats = np.median(values, axis=0) / 255
    return profile
