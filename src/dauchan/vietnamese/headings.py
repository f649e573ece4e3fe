"""Finding the row of headings in a table that somebody made, and which fact stands in which of its columns."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from dauchan.vietnamese.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

MOST_ROWS_ABOVE = 10


def heading_of(cell: str, headings: Mapping[str, Collection[str]]) -> str:
    """Which fact a heading names, "" for none. Brackets and what stands in them, dots and strokes do not count.

    Args:
        cell: as it stands in the table.
        headings: for each fact the folded headings that people give it.
    """
    bare = re.sub(r"\(.*?\)|\[.*?\]", " ", fold(cell))
    bare = " ".join(re.sub(r"[^\w ]|_", " ", bare).split())
    return next((fact for fact, words in headings.items() if bare in words), "")


def columns_of(
    rows: Sequence[Sequence[str]], headings: Mapping[str, Collection[str]], telling: Collection[str]
) -> tuple[dict[str, int], int]:
    """Where each fact stands, and the number of the last row of headings, from 1; nothing and 0 where there is none.

    Titles may stand above it: a row of headings names two facts at least, one of them among *telling*; of several the one that names
    most, for cells merged over two rows say their heading in both. A row below that only says it again, or numbers the columns, belongs
    to the headings. Of two columns with one heading the first counts.
    """
    best: dict[str, int] = {}
    head = 0
    for number, cells in enumerate(rows[:MOST_ROWS_ABOVE], start=1):
        found = _facts_of(cells, headings)
        if len(found) > max(1, len(best)) and any(fact in found for fact in telling):
            best, head = found, number
    while head and head < len(rows) and (_says_again(rows[head], headings, best) or _numbers_columns(rows[head])):
        head += 1
    return best, head


def headings_left(
    rows: Sequence[Sequence[str]], headings: Mapping[str, Collection[str]], columns: Mapping[str, int]
) -> list[str]:
    """The headings, as they stand, of the columns that are none of *columns*, which `columns_of` found."""
    line = next((cells for cells in rows[:MOST_ROWS_ABOVE] if columns and _facts_of(cells, headings) == columns), ())
    taken = set(columns.values())
    return [cell.strip() for at, cell in enumerate(line) if at not in taken and cell.strip()]


def _facts_of(cells: Sequence[str], headings: Mapping[str, Collection[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        if fact := heading_of(cell, headings):
            found.setdefault(fact, at)
    return found


def _says_again(cells: Sequence[str], headings: Mapping[str, Collection[str]], best: Mapping[str, int]) -> bool:
    found = _facts_of(cells, headings)
    return len(found) > 1 and found.items() <= best.items()


def _numbers_columns(cells: Sequence[str]) -> bool:
    """(1) (2) (3), as official forms have it."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    numbers = [found[1] for cell in filled if (found := re.fullmatch(r"\(?(\d{1,2})\)?", cell))]
    return 1 < len(numbers) == len(filled) and all(int(b) - int(a) == 1 for a, b in pairwise(numbers))
