"""How well a code on a photograph can be read, in the manner of ISO/IEC 15415: the worst measure gives the grade.

A photograph is no laboratory: the grade says how this poster came out under this camera and light, and its reasons
name what to look at on the spot.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Corners = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]


class GradeReason(StrEnum):
    """What keeps a code from the best grade."""

    SMALL = "small"
    FAINT = "faint"
    DAMAGED = "damaged"
    BLURRED = "blurred"

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

# Least value for A, B, C and D. Contrast and unused correction as in ISO/IEC 15415; the others from tries with
# synthetic photographs: readers lose their hold under two pixels per module.
_SCALES: dict[GradeReason, tuple[float, float, float, float]] = {
    GradeReason.SMALL: (4.0, 3.0, 2.0, 1.5),
    GradeReason.FAINT: (0.55, 0.40, 0.25, 0.15),
    GradeReason.DAMAGED: (0.62, 0.50, 0.37, 0.25),
    GradeReason.BLURRED: (0.85, 0.70, 0.55, 0.40),
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
    grey: NDArray[np.uint8], corners: Corners, modules: int, unused_correction: float | None = None
) -> Grade:
    """Grade the code whose corners are given.

    Args:
        grey: The photograph, shape (height, width), 0 black to 255 white.
        corners: Outer corners of the symbol in pixels (x, y): top left, top right, bottom right, bottom left.
        modules: Modules along a side, 21 to 177.
        unused_correction: As the decoder reports it.
    """
    values = np.sort(_middles(grey, corners, modules).ravel())
    dark, light = values[len(values) // 10], values[-1 - len(values) // 10]
    contrast = float(light - dark) / 255
    unclear = np.abs(values - (dark + light) / 2) < (light - dark) / 6
    sides = [np.hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True)]
    measures = {
        GradeReason.SMALL: float(min(sides)) / modules,
        GradeReason.FAINT: contrast,
        GradeReason.BLURRED: 1 - float(unclear.mean()),
    }
    if unused_correction is not None:
        measures[GradeReason.DAMAGED] = unused_correction
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


def _middles(grey: NDArray[np.uint8], corners: Corners, modules: int) -> NDArray[np.float64]:
    """The photograph's values at the middle of every module, shape (modules, modules), seen through the perspective."""
    along = (np.arange(modules) + 0.5) / modules
    u, v = np.meshgrid(along, along)
    a = _perspective(corners)
    depth = a[6] * u + a[7] * v + 1
    x = np.clip(np.rint((a[0] * u + a[1] * v + a[2]) / depth - 0.5), 0, grey.shape[1] - 1).astype(np.intp)
    y = np.clip(np.rint((a[3] * u + a[4] * v + a[5]) / depth - 0.5), 0, grey.shape[0] - 1).astype(np.intp)
    middles: NDArray[np.float64] = grey[y, x].astype(np.float64)
    return middles


def _perspective(corners: Corners) -> NDArray[np.float64]:
    """The eight numbers of the projective map from the unit square to `corners` (Heckbert 1989, section 2.2)."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    dx1, dx2, sx = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, sy = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    area = dx1 * dy2 - dx2 * dy1
    g = (sx * dy2 - dx2 * sy) / area if area else 0.0
    h = (dx1 * sy - sx * dy1) / area if area else 0.0
    return np.array([x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h])
