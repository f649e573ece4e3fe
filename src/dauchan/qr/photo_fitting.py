"""Reading a symbol that was found but not understood: lay a bendable grid on it until its fixed patterns agree.

Readers take a symbol for flat and its picture for sharp. Where that does not hold they still find the corners; from
there the search moves the corners and bends the grid (`Outline`) until finder, timing and alignment patterns come out
as they must. What stands between them is then cut into dark and light in several ways and shown to the reader as a clean
drawing. Its error correction has the last word, so a wrong fit reads nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import zxingcpp
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from dauchan.qr.photo_geometry import BENDS, Corners, Floats, Outline, corner_map, places, values_at
from dauchan.qr.photo_patterns import DARK, UNKNOWN, fixed_modules, side_of

LIKELY = 0.5
"""Least agreement of the fixed patterns, a correlation; noise fitted with fourteen numbers reaches some 0.3."""
_CORNERS = 8
_FITS_READ = 3
_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])
# Flat; round about an upright axis, seen from the front, from below and above; the same about a level axis.
_STARTS = (
    (0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    (0.06, 0.0, 0.0, 0.0, 0.0, 0.0),
    (0.08, -0.05, 0.05, 0.0, 0.0, 0.0),
    (0.06, 0.06, 0.06, 0.0, 0.0, 0.0),
    (0.06, -0.06, -0.06, 0.0, 0.0, 0.0),
    (0.0, 0.0, 0.0, 0.06, 0.0, 0.0),
    (0.0, 0.0, 0.0, 0.08, -0.05, 0.05),
    (0.0, 0.0, 0.0, 0.06, 0.06, 0.06),
    (0.0, 0.0, 0.0, 0.06, -0.06, -0.06),
)


@dataclass(frozen=True)
class Fit:
    """A grid laid on a picture.

    Attributes:
        numbers: x and y of the four corners, then the six bends.
        agreement: Correlation of the picture with the fixed patterns, up to 1.
    """

    version: int
    numbers: Floats
    agreement: float

    @property
    def outline(self) -> Outline:
        a, b, c, d = ((float(x), float(y)) for x, y in self.numbers[:_CORNERS].reshape(4, 2))
        return Outline((a, b, c, d), tuple(map(float, self.numbers[_CORNERS:])))


def read_bent(grey: NDArray[np.uint8], corners: Corners, version: int) -> tuple[zxingcpp.Barcode, Outline] | None:
    """What the symbol near *corners* says, and where it lies; None where it stays unread.

    Args:
        grey: The picture, shape (height, width).
        corners: Where a reader saw it, in pixels; some modules off does no harm.
        version: What the reader took it for.
    """
    versions = {version, max(1, version - 1)}  # a bent one is often taken for one larger
    rough = [_improved(grey, Fit(v, _start(corners, bends), -1.0), 1.0, 2) for v in versions for bends in _STARTS]
    likely = sorted((fit for fit in rough if fit.agreement > LIKELY - 0.15), key=lambda fit: -fit.agreement)
    for fit in likely[:_FITS_READ]:
        best = _improved(grey, fit, 0.5, 8)
        if best.agreement < LIKELY:
            continue
        for dark in _cuts(_values(grey, best)):
            found = _understood(dark, best.version)
            if found is not None:
                return found, best.outline
    return None


def _start(corners: Corners, bends: tuple[float, ...]) -> Floats:
    return np.concatenate([np.array(corners, np.float64).ravel(), bends])


@lru_cache(maxsize=16)
def _fixed_points(version: int) -> tuple[Floats, Floats, Floats]:
    """Across and down of every module that is known beforehand, and its weight, light positive; weights sum to 0."""
    fixed = fixed_modules(version)
    down, across = np.nonzero(fixed != UNKNOWN)
    weights = np.where(fixed[down, across] == DARK, -1.0, 1.0)
    weights -= weights.mean()
    side = side_of(version)
    return (across + 0.5) / side, (down + 0.5) / side, weights / np.linalg.norm(weights)


def _agreement(grey: NDArray[np.uint8], numbers: Floats, version: int) -> float:
    u, v, weights = _fixed_points(version)
    x, y = places(corner_map(numbers[:_CORNERS].reshape(4, 2)), numbers[_CORNERS:], u, v)
    seen = values_at(grey, x, y)
    seen = seen - seen.mean()
    return float(seen @ weights / (np.sqrt(seen @ seen) + 1e-6))


def _improved(grey: NDArray[np.uint8], fit: Fit, modules: float, rounds: int) -> Fit:
    """The fit after moving one number at a time, by so many modules at first, as long as the agreement grows."""
    numbers, best = fit.numbers, _agreement(grey, fit.numbers, fit.version)
    side = side_of(fit.version)
    pixels = float(np.hypot(*(numbers[2:4] - numbers[:2]))) / side
    steps = modules * np.concatenate([np.full(_CORNERS, pixels), np.full(BENDS, 1 / side)])
    for turn in range(rounds):
        before = best
        for place, step in enumerate(steps):
            for move in (step, -step):
                walked = _walk(grey, numbers, fit.version, (place, move), best)
                if walked is not None:
                    numbers, best = walked
                    break
        if best == before or turn % 2:
            steps = steps / 2
    return Fit(fit.version, numbers, best)


def _walk(
    grey: NDArray[np.uint8], numbers: Floats, version: int, step: tuple[int, float], best: float
) -> tuple[Floats, float] | None:
    """As many steps in one direction as make it better; None where the first does not."""
    place, move = step
    came_from = numbers
    while True:
        moved = came_from.copy()
        moved[place] += move
        agreement = _agreement(grey, moved, version)
        if agreement <= best:
            return None if came_from is numbers else (came_from, best)
        came_from, best = moved, agreement


def _values(grey: NDArray[np.uint8], fit: Fit) -> Floats:
    """Brightness of every module, shape (side, side, 3, 3): nine points in each."""
    side = side_of(fit.version)
    along = (np.arange(side * 3) + 0.5) / (side * 3)
    u, v = np.meshgrid(along, along)
    seen = values_at(grey, *fit.outline.places(u, v))
    return seen.reshape(side, 3, side, 3).swapaxes(1, 2)


def _cuts(points: Floats) -> Iterator[NDArray[np.bool_]]:
    """Ways of telling dark from light: against the mean or the extremes around, after sharpening for blurred pictures."""
    for seen in (points[..., 1, 1], points.mean((2, 3))):
        yield seen < _around(seen, 4).mean((2, 3))
        nearest = _around(seen, 1)
        edges = 9 * seen - nearest.sum((2, 3))
        for strength in (0.12, 0.35):
            sharp = seen + strength * edges
            yield sharp < _around(sharp, 4).mean((2, 3))
        for reach in (2, 8):
            around = _around(seen, reach)
            yield seen < around.mean((2, 3))
            yield seen < (around.min((2, 3)) + around.max((2, 3))) / 2


def _around(seen: Floats, reach: int) -> Floats:
    """The square of modules about each one, shape (side, side, 2 reach + 1, 2 reach + 1)."""
    return sliding_window_view(np.pad(seen, reach, mode="edge"), (2 * reach + 1, 2 * reach + 1))


def _understood(dark: NDArray[np.bool_], version: int) -> zxingcpp.Barcode | None:
    fixed = fixed_modules(version)
    dark = np.where(fixed == UNKNOWN, dark, fixed == DARK)
    drawn = np.pad(np.where(dark, 0, 255).astype(np.uint8), 4, constant_values=255).repeat(4, 0).repeat(4, 1)
    found = zxingcpp.read_barcodes(
        drawn,
        _FORMATS,
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
        binarizer=zxingcpp.Binarizer.FixedThreshold,
    )
    return next((barcode for barcode in found if barcode.valid), None)
