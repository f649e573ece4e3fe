"""Where in a sheet the table stands: its headings, which column says what, and the rows that say something of a venue."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dauchan.exchange.venue_lists.vocabulary import SILENT, headings
from dauchan.vietnamese import clean_text, fold
from dauchan.vietnamese.headings import heading_of
from dauchan.vietnamese.legacy import Spelling, from_legacy, spelling_of_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dauchan.exchange.workbooks import Sheet

#: Letterheads, titles and dates may stand above the headings.
MOST_ROWS_ABOVE = 40
MOST_HEADING_ROWS = 3
_NEEDED = ("name",)
_NUMBER = re.compile(r"\(?(\d{1,2}|[a-zđ])\)?(\s*=.*)?", re.ASCII)
_TOTALS = ("tong cong", "tong so", "tong", "cong", "cong don", "total")
_ENUMERATION = re.compile(r"^(?:[ivxlc]+|[a-z]|\d{1,2})\s*[.)/-]\s*(?=\D)", re.IGNORECASE)
_ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})


@dataclass(frozen=True)
class Layout:
    """How a sheet is read.

    Attributes:
        head: number of the row above the first of the venues; 0 where no headings were found.
        titled: number of the last row of headings; below it the columns may be numbered.
        columns: for each fact the column that says it, from 0.
        titles: of the columns, from the first on, in Unicode.
    """

    head: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    titled: int = 0


@dataclass(frozen=True)
class SaidRow:
    """What one row says.

    Attributes:
        number: as the spreadsheet counts.
        said: by fact.
        group: the line of a group above it, as `II. Phường Vỹ Dạ`; empty where there is none.
    """

    number: int
    said: dict[str, str]
    group: str = ""


def layout_of(sheet: Sheet) -> Layout:
    """The table of a sheet: the first of those rows that name the most facts.

    Where no row names a venue's name and one fact more, no column is known, and the first full row passes for its headings.
    """
    spelling = spelling_of_column(cell for row in sheet.rows[:MOST_ROWS_ABOVE] for cell in row)
    rows = [[clean_text(from_legacy(cell, spelling)) for cell in row] for row in sheet.rows[:MOST_ROWS_ABOVE]]
    found = [{heading_of(cell, headings()) for cell in row} - {"", *SILENT} for row in rows]
    good = [at for at, facts in enumerate(found) if len(facts) > 1 and facts.issuperset(_NEEDED)]
    if not good:
        return headed(rows, _first_full(rows))
    first = max(good, key=lambda at: (len(found[at]), -at))
    last = _last_heading(sheet, rows, first)
    titles = _titles(rows[first : last + 1])
    head = last + 1 + _has_numbers(rows, last + 1)
    return Layout(head, columns_of(titles), tuple(titles), last + 1)


def headed(rows: Sequence[Sequence[str]], number: int) -> Layout:
    """The layout with the row of that number as headings, whatever they are; 0 for a table without any."""
    titles = tuple(clean_text(from_legacy(cell)) for cell in rows[number - 1]) if 0 < number <= len(rows) else ()
    return Layout(number, {}, titles, number)


def _first_full(rows: Sequence[Sequence[str]]) -> int:
    filled = [sum(map(bool, row)) for row in rows]
    most = max(filled, default=0)
    return filled.index(most) + 1 if most > 1 else 0


def _last_heading(sheet: Sheet, rows: Sequence[Sequence[str]], first: int) -> int:
    """Headings go on below where cells are merged downwards or stand below a merged one, and every cell names something."""
    last = first
    for at in range(first + 1, min(first + MOST_HEADING_ROWS, len(rows))):
        above = rows[at - 1]
        is_merged = any((at, column) in sheet.merged for column in range(len(rows[at])))
        wide = any((at - 1, column) in sheet.merged for column in range(len(above)))
        names = [
            cell == (above[column] if column < len(above) else "") or bool(heading_of(cell, headings()))
            for column, cell in enumerate(rows[at])
            if cell
        ]
        if not (is_merged or wide) or not names or not any(names) or sum(names) * 2 < len(names):
            break
        last = at
    return last


def _titles(rows: Sequence[Sequence[str]]) -> list[str]:
    """Of each column the lowest of its headings; what stands above it in brackets where that says more."""
    width = max(map(len, rows))
    titles = []
    for column in range(width):
        cells = list(dict.fromkeys(row[column] for row in rows if column < len(row) and row[column]))
        titles.append(cells[-1] if cells else "")
        if len(cells) > 1 and not heading_of(cells[-1], headings()):
            titles[-1] = f"{cells[-1]} ({cells[0]})" if not heading_of(cells[0], headings()) else cells[0]
    return titles


def _has_numbers(rows: Sequence[Sequence[str]], at: int) -> bool:
    """A row that only numbers the columns: (1) (2) (3)."""
    cells = [cell for cell in rows[at] if cell] if at < len(rows) else []
    return (
        len(cells) > 1 and all(_NUMBER.fullmatch(cell.casefold()) for cell in cells) and len(set(cells)) == len(cells)
    )


def columns_of(titles: Sequence[str]) -> dict[str, int]:
    """Which column says what; of two with one heading the first. A number beside an owner's name is the owner's, and not published."""
    columns: dict[str, int] = {}
    for at, title in enumerate(titles):
        fact = heading_of(title, headings())
        if fact and fact not in SILENT:
            columns.setdefault(fact, at)
    if "owner_name" in columns and "phone" in columns and "owner_phone" not in columns:
        columns["owner_phone"] = columns.pop("phone")
    return columns


def result_column(layout: Layout) -> int | None:
    """The column of an earlier copy with remarks."""
    return next((at for at, title in enumerate(layout.titles) if heading_of(title, headings()) == "result"), None)


def said_rows(sheet: Sheet, layout: Layout) -> Iterator[SaidRow]:
    """Rows below the headings that say something of a venue: not empty ones, totals, headings repeated on each page, lines of groups."""
    whole = spelling_of_column(cell for row in sheet.rows for cell in row)
    spellings = {at: _spelling(sheet, layout.head, at, whole) for at in range(max(map(len, sheet.rows), default=0))}
    group, counter = "", _row_column(layout)
    for at, cells in enumerate(sheet.rows[layout.head :], start=layout.head):
        row = [_cell(cell, spellings[column]) for column, cell in enumerate(cells)]
        texts = [cell for column, cell in enumerate(row) if cell and column != counter]
        if not texts or _is_repeated_head(row, layout) or _is_total([cell for cell in row if cell]):
            continue
        said = {fact: row[column] for fact, column in layout.columns.items() if column < len(row) and row[column]}
        if line := _group_line(sheet, at, row, said, texts):
            group = line
        else:
            yield SaidRow(at + 1, said, group)


def _spelling(sheet: Sheet, head: int, column: int, whole: Spelling) -> Spelling:
    own = spelling_of_column(row[column] for row in sheet.rows[head:] if column < len(row))
    return whole if own is Spelling.UNCLEAR else own


def _cell(cell: str, spelling: Spelling) -> str:
    text = " ".join(clean_text(from_legacy(cell, spelling)).split())
    return "" if text in _ERRORS else text


def _row_column(layout: Layout) -> int:
    return next((at for at, title in enumerate(layout.titles) if heading_of(title, headings()) == "row"), -1)


def _is_repeated_head(row: Sequence[str], layout: Layout) -> bool:
    width = min(len(row), len(layout.titles))
    same = [at for at in layout.columns.values() if at < width and fold(row[at]) == fold(layout.titles[at])]
    return len(same) > 1


def _is_total(texts: Sequence[str]) -> bool:
    first = fold(texts[0]).rstrip(" :.")
    return first in _TOTALS or any(first.startswith(f"{word}:") for word in _TOTALS)


def _group_line(sheet: Sheet, at: int, row: Sequence[str], said: Mapping[str, str], texts: Sequence[str]) -> str:
    """The text of a row that stands for those below it: alone in its row, merged, numbered with a letter, or no name."""
    if len(set(texts)) > 1:
        return ""
    text = texts[0]
    is_merged = any((at, column) in sheet.merged for column in range(len(row))) and len(texts) > 1
    is_numbered = bool(_ENUMERATION.match(text)) or any(re.fullmatch(r"[IVXLC]+|[A-Z]", cell) for cell in row[:1])
    return _ENUMERATION.sub("", text) if is_merged or is_numbered or "name" not in said else ""
