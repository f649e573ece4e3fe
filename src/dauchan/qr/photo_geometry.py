"""Where the modules of a symbol lie on a photograph: seen in perspective, and bent with the surface it is glued to."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Corners = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]

BENDS = 6


@dataclass(frozen=True)
class Outline:
    """The outline of a symbol on a photograph.

    Attributes:
        corners: Outer corners in pixels (x, y): top left, top right, bottom right, bottom left.
        bends: None for a flat surface; else six shares of the symbol's side: how far columns move outwards, how far the
            upper and the lower edge sink in their middle, and the same for rows, the left and the right edge.
    """

    corners: Corners
    bends: tuple[float, ...] | None = None

    def places(self, u: Floats, v: Floats) -> tuple[Floats, Floats]:
        """Pixels (x, y) of the points *u* across and *v* down the symbol, 0 to 1; the middle of pixel 0 is at 0."""
        return places(corner_map(self.corners), np.zeros(BENDS) if self.bends is None else np.array(self.bends), u, v)

    def scaled(self, times: float) -> "Outline":
        """The same on a picture so many times as large."""
        a, b, c, d = ((x * times, y * times) for x, y in self.corners)
        return Outline((a, b, c, d), self.bends)

    @property
    def middle(self) -> tuple[float, float]:
        x, y = np.mean(self.corners, axis=0)
        return float(x), float(y)

    @property
    def sides(self) -> Floats:
        """Lengths of the four sides, pixels."""
        ends = np.array(self.corners)
        return np.asarray(np.hypot(*(np.roll(ends, -1, axis=0) - ends).T))


def places(seen: Floats, bends: Floats, u: Floats, v: Floats) -> tuple[Floats, Floats]:
    """The same for numbers that are being searched: *seen* from `corner_map`.

    A surface round about an upright axis moves columns towards the edges it turns away at, and lets rows sag with the
    depth; both vanish at the corners. A parabola stands for the arc: up to a quarter turn they differ by less than a
    third of a module.
    """
    across, down = 2 * u - 1, 2 * v - 1
    round_across, round_down = 1 - across * across, 1 - down * down
    bent_u = u + bends[0] * across * round_across + (bends[4] * (1 - u) + bends[5] * u) * round_down
    bent_v = v + bends[3] * down * round_down + (bends[1] * (1 - v) + bends[2] * v) * round_across
    depth = seen[6] * bent_u + seen[7] * bent_v + 1
    x = (seen[0] * bent_u + seen[1] * bent_v + seen[2]) / depth - 0.5
    y = (seen[3] * bent_u + seen[4] * bent_v + seen[5]) / depth - 0.5
    return x, y


def corner_map(corners: Corners | Floats) -> Floats:
    """The eight numbers of the projective map from the unit square to `corners` (Heckbert 1989, section 2.2)."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    dx1, dx2, sx = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, sy = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    area = dx1 * dy2 - dx2 * dy1
    g = (sx * dy2 - dx2 * sy) / area if area else 0.0
    h = (dx1 * sy - sx * dy1) / area if area else 0.0
    return np.array([x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h])


def values_at(grey: NDArray[np.uint8] | Floats, x: Floats, y: Floats) -> Floats:
    """The picture's values between its pixels, bilinear; beyond its edges those at the edge."""
    x, y = np.clip(x, 0, grey.shape[1] - 1.001), np.clip(y, 0, grey.shape[0] - 1.001)
    left, top = x.astype(np.intp), y.astype(np.intp)
    right, down = x - left, y - top
    upper = grey[top, left] * (1 - right) + grey[top, left + 1] * right
    lower = grey[top + 1, left] * (1 - right) + grey[top + 1, left + 1] * right
    between: Floats = upper * (1 - down) + lower * down
    return between
