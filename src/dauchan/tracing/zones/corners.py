"""Corners as an officer types them: a line for each, an empty line between the parts of a zone.

16.46370, 107.59090
16,4640; 107,5920
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from dauchan.tracing.zones.errors import ShapeRefused
from dauchan.tracing.zones.geometry import Point

if TYPE_CHECKING:
    from collections.abc import Iterable

NUMBER = r"[-+]?\d{1,3}(?:[.,]\d+)?"
#: Where a comma stands within the numbers, a semicolon or spaces stand between them.
LINE = re.compile(rf"({NUMBER})(?:\s*;\s*|\s+|\s*,\s*)({NUMBER})")
FURTHEST_NORTH, FURTHEST_EAST = 85.0, 180.0


def read_corners(text: str) -> list[list[Point]]:
    """The rings that a text says, latitude first as maps are read.

    Raises: ShapeRefused, naming the first line that is none.
    """
    rings: list[list[Point]] = [[]]
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            rings[-1].append(_corner(line.strip(), number))
        elif rings[-1]:
            rings.append([])
    return [ring for ring in rings if ring]


def _corner(line: str, number: int) -> Point:
    found = LINE.fullmatch(line)
    if not found:
        raise ShapeRefused(_("Dòng %(number)s không phải tọa độ. Viết như: 16.4637, 107.5909.") % {"number": number})
    lat, lon = (float(part.replace(",", ".")) for part in found.groups())
    if abs(lat) > FURTHEST_NORTH or abs(lon) > FURTHEST_EAST:
        raise ShapeRefused(_("Dòng %(number)s: vĩ độ đứng trước, kinh độ đứng sau.") % {"number": number})
    return Point(lon, lat)


def write_corners(rings: Iterable[Iterable[Point]]) -> str:
    """The text that `read_corners` reads back."""
    return "\n\n".join("\n".join(f"{lat:.6f}, {lon:.6f}" for lon, lat in ring) for ring in rings)
