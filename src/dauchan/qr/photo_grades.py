"""How well a code on a photograph can be read, in the manner of ISO/IEC 15415: the worst measure gives the grade.

A photograph is no laboratory: the grade says how this poster came out under this camera and light, and its reasons
name what to look at on the spot.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dauchan.qr.photo_files import Photo
    from dauchan.qr.photo_geometry import Outline
    from dauchan.qr.photo_sizes import PrintedSize


class GradeReason(StrEnum):
    """What keeps a code from the best grade."""

    SMALL = "small"
    FAINT = "faint"
    DAMAGED = "damaged"
    BLURRED = "blurred"
    UNDERSIZED = "undersized"

    @property
    def sentence_vi(self) -> str:
        return _SENTENCES[self][0]

    @property
    def sentence_en(self) -> str:
        return _SENTENCES[self][1]


_SENTENCES = {
    GradeReason.SMALL: (
        "Mã quá nhỏ trong ảnh: đứng gần hơn, hoặc bản in nhỏ hơn 15 cm.",
        "The code is small in the photo: stand closer, or the print is under 15 cm.",
    ),
    GradeReason.UNDERSIZED: (
        "Bản in nhỏ hơn 15 cm quy định cho bảng ở cửa; cỡ này chỉ hợp để bàn, để quầy.",
        "Printed under the 15 cm required at a door; this size suits tables and counters only.",
    ),
    GradeReason.FAINT: (
        "Tương phản thấp: mực nhạt, phai màu hoặc thiếu sáng.",
        "Low contrast: pale ink, faded print or poor light.",
    ),
    GradeReason.DAMAGED: (
        "Mã bị rách, bẩn hoặc bị che một phần.",
        "The code is torn, dirty or partly covered.",
    ),
    GradeReason.BLURRED: (
        "Mã bị nhòe hoặc cong: ảnh mờ, bản in nhòe hay dán trên mặt cong.",
        "The code is blurred or bent: unsharp photo, smeared print or a curved surface.",
    ),
}

# Least value for A, B, C and D. Contrast and unused correction as in ISO/IEC 15415; centimetres as prescribed for doors,
# on our A5 sheets and our stickers; the others from tries with synthetic photographs: readers lose their hold under two
# pixels per module.
_SCALES: dict[GradeReason, tuple[float, float, float, float]] = {
    GradeReason.SMALL: (4.0, 3.0, 2.0, 1.5),
    GradeReason.FAINT: (0.55, 0.40, 0.25, 0.15),
    GradeReason.DAMAGED: (0.62, 0.50, 0.37, 0.25),
    GradeReason.BLURRED: (0.85, 0.70, 0.55, 0.40),
    GradeReason.UNDERSIZED: (15.0, 9.0, 5.0, 3.0),
}
_LETTERS = "ABCDF"


@dataclass(frozen=True)
class Grade:
    """The grade of one code.

    Attributes:
        letter: A to D, or F for a code that was read by luck.
        module_pixels: Pixels per module along the shortest side.
        contrast: Light less dark as a share of full scale, 0 to 1.
        unused_correction: Share of the error correction that the decoder did not need, 0 to 1; None where it does not
            say.
        clearness: Share of modules that are plainly dark or plainly light at their middle, 0 to 1.
        reasons: What keeps it from an A, worst first.
    """

    letter: str
    module_pixels: float
    contrast: float
    unused_correction: float | None
    clearness: float
    reasons: tuple[GradeReason, ...]


def grade_code(
    photo: Photo,
    outline: Outline,
    modules: int,
    unused_correction: float | None = None,
    size: PrintedSize | None = None,
) -> Grade:
    """Grade the code whose outline is given, on the finest picture that was decoded to read it.

    Args:
        photo: The photograph.
        outline: Of the symbol, in pixels of the photograph.
        modules: Modules along a side, 21 to 177.
        unused_correction: As the decoder reports it.
        size: As printed; its doubt is to the poster's benefit.
    """
    picture, shrink = photo.finest
    values = np.sort(_middles(np.asarray(picture), outline.scaled(1 / shrink), modules).ravel())
    dark, light = values[len(values) // 10], values[-1 - len(values) // 10]
    contrast = float(light - dark) / 255
    unclear = np.abs(values - (dark + light) / 2) < (light - dark) / 6
    measures = {
        GradeReason.SMALL: float(outline.sides.min()) / modules,
        GradeReason.FAINT: contrast,
        GradeReason.BLURRED: 1 - float(unclear.mean()),
    }
    if unused_correction is not None:
        measures[GradeReason.DAMAGED] = unused_correction
    if size is not None:
        measures[GradeReason.UNDERSIZED] = size.high_cm
    steps = {reason: _step(reason, value) for reason, value in measures.items()}
    return Grade(
        letter=_LETTERS[max(steps.values())],
        module_pixels=round(measures[GradeReason.SMALL], 2),
        contrast=round(contrast, 3),
        unused_correction=unused_correction,
        clearness=round(measures[GradeReason.BLURRED], 3),
        reasons=tuple(sorted((r for r, step in steps.items() if step), key=lambda r: -steps[r])),
    )


def _step(reason: GradeReason, value: float) -> int:
    return sum(value < least for least in _SCALES[reason])


def _middles(grey: NDArray[np.uint8], outline: Outline, modules: int) -> NDArray[np.float64]:
    """The photograph's values at the middle of every module, shape (modules, modules), seen through perspective and bend."""
    along = (np.arange(modules) + 0.5) / modules
    x, y = outline.places(*np.meshgrid(along, along))
    column = np.clip(np.rint(x), 0, grey.shape[1] - 1).astype(np.intp)
    row = np.clip(np.rint(y), 0, grey.shape[0] - 1).astype(np.intp)
    middles: NDArray[np.float64] = grey[row, column].astype(np.float64)
    return middles
