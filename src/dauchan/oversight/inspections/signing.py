"""Signatures drawn by a finger: read as points, drawn as SVG. Pure: nothing that a phone sends is ever drawn as it came."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

MOST_LINES = 200
MOST_POINTS = 4000
LARGEST_SIDE = 4000
#: A dot by mistake is no signature.
FEWEST_POINTS = 5


@dataclass(frozen=True)
class Strokes:
    """The lines of one signature, in the pixels of the field it was drawn in."""

    width: int
    height: int
    lines: tuple[tuple[tuple[int, int], ...], ...]

    def kept(self) -> str:
        return json.dumps({"width": self.width, "height": self.height, "lines": self.lines}, separators=(",", ":"))


def read_strokes(told: Any) -> Strokes | None:  # noqa: ANN401 - whatever a phone sent
    """The signature, or None where it is none: too few points, or not made of numbers."""
    try:
        width, height = (_side(told[name]) for name in ("width", "height"))
        lines = tuple(tuple((_within(x, width), _within(y, height)) for x, y in line) for line in told["lines"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    points = sum(map(len, lines))
    if len(lines) > MOST_LINES or not FEWEST_POINTS <= points <= MOST_POINTS:
        return None
    return Strokes(width, height, tuple(line for line in lines if line))


def strokes_kept(text: str) -> Strokes | None:
    """What `Strokes.kept` wrote."""
    return read_strokes(json.loads(text))


def svg_of(strokes: Strokes) -> str:
    """As a picture, cut to the lines with some air around them."""
    xs = [x for line in strokes.lines for x, _y in line]
    ys = [y for line in strokes.lines for _x, y in line]
    left, top = min(xs) - 6, min(ys) - 6
    wide, high = max(xs) - left + 6, max(ys) - top + 6
    paths = "".join(f'<path d="{_path(line)}"/>' for line in strokes.lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {wide} {high}" width="{wide}" height="{high}" '
        f'fill="none" stroke="#16256b" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round">{paths}</svg>'
    )


def _path(line: tuple[tuple[int, int], ...]) -> str:
    first = line[0]
    return f"M{first[0]} {first[1]}" + "".join(f"L{x} {y}" for x, y in (line[1:] or line))


def _side(value: Any) -> int:  # noqa: ANN401 - whatever a phone sent
    side: int = round(value)
    if not 1 <= side <= LARGEST_SIDE:
        raise ValueError
    return side


def _within(value: Any, side: int) -> int:  # noqa: ANN401 - whatever a phone sent
    place: int = round(value)
    return max(0, min(place, side))
