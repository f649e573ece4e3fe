"""Posters of a whole area in files that a printer can take, as `dauchan posters` writes them."""

from __future__ import annotations

from collections import Counter
from itertools import groupby, islice
from typing import TYPE_CHECKING

from dauchan.vietnamese import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dauchan.units.models import Unit
    from dauchan.venues.posters import PosterFace, Sheet

#: Posters in one file: what a printer's queue takes without trouble, about 25 MB.
MOST_IN_A_FILE = 500


def faces_below(unit: Unit) -> list[PosterFace]:
    """The posters of all places in use within a unit, by commune and then by name."""
    from dauchan.units.jurisdiction import in_area
    from dauchan.venues.models import Venue
    from dauchan.venues.poster_faces import faces_of

    return faces_of(Venue.objects.filter(in_area([unit])))


def write_posters(faces: Sequence[PosterFace], sheet: Sheet, into: Path) -> Iterator[tuple[Path, int]]:
    """Write the posters commune by commune; yields each file with its number of posters once it is there."""
    from dauchan.venues.posters import poster_pdf

    into.mkdir(parents=True, exist_ok=True)
    written: Counter[str] = Counter()
    for unit, of_unit in groupby(faces, key=lambda face: face.unit):
        while part := list(islice(of_unit, MOST_IN_A_FILE)):
            name = plain_words(unit)
            written[name] += 1  # long lists go on in a second file, and two communes may have one name
            number = f"-{written[name]}" if written[name] > 1 else ""
            path = into / f"{name}{number}-{sheet}.pdf"
            path.write_bytes(poster_pdf(part, sheet))
            yield path, len(part)
