"""Finding the row of headings in a table that somebody made, and which fact stands in which of its columns."""

from __future__ import annotations

import re
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
    """Where each fact stands, and the number of the row of headings, from 1; nothing and 0 where there is none.

    Titles may stand above it: a row of headings names two facts at least, one of them among *telling*. Of two columns with
    one heading the first counts.
    """
    for number, cells in enumerate(rows[:MOST_ROWS_ABOVE], start=1):
        found: dict[str, int] = {}
        for at, cell in enumerate(cells):
            if fact := heading_of(cell, headings):
                found.setdefault(fact, at)
        if len(found) > 1 and any(fact in found for fact in telling):
            return found, number
    return {}, 0
