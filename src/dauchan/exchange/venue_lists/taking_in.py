"""A file is handed in: its tables are found, and a person says which column says what."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from dauchan.exchange.sheets import SheetUnreadable
from dauchan.exchange.venue_lists.errors import NoTable, NotReadable, NotThisStep, TooLong
from dauchan.exchange.venue_lists.layout import Layout, columns_of, headed, layout_of
from dauchan.exchange.venue_lists.models import State, VenueList
from dauchan.exchange.workbooks import sheets_of_file
from dauchan.people.sealing import open_bytes, seal_bytes
from dauchan.units import audit
from dauchan.vietnamese import clean_text
from dauchan.vietnamese.legacy import from_legacy, spelling_of_column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dauchan.exchange.workbooks import Sheet
    from dauchan.units.models import Officer, Unit

MOST_ROWS = 30_000
#: Rows that are looked at to show a person what stands in the columns.
LOOKED_AT = 80
SAMPLES = 3


@dataclass(frozen=True)
class Options:
    """What was chosen for the whole list.

    Attributes:
        unit: id of the commune of rows that name none.
        kind: code of the kind of rows that name none.
        map_on: a day of the map by which the list was made, as ISO text; empty to find out.
        approve: whether venues are approved at once.
    """

    unit: int | None = None
    kind: str = ""
    map_on: str = ""
    approve: bool = False


@dataclass(frozen=True)
class Glance:
    """A sheet as a person is shown it: titles of its columns and what stands in them first."""

    title: str
    layout: Layout
    samples: list[list[str]] = field(default_factory=list)


@transaction.atomic
def hand_in(content: bytes, file_name: str, officer: Officer | None, unit: Unit) -> VenueList:
    """Keep a file whose venues lie in *unit*; nothing of it is registered yet. Raises: NotReadable, TooLong."""
    sheets = _sheets(content, MOST_ROWS)
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        raise TooLong
    digest = hashlib.sha256(content).hexdigest()
    taken = VenueList.objects.create(
        officer=officer,
        unit=unit,
        file_name=clean_text(file_name)[-120:] or "-",
        content=seal_bytes(content, settings.FIELD_KEYS),
        digest=digest,
        layout=[written(sheet.title, layout_of(sheet)) for sheet in sheets],
    )
    audit.record(officer, "venue_list.handed_in", f"venue_list:{taken.pk}", detail={"sha256": digest})
    return taken


def _sheets(content: bytes, most_rows: int) -> list[Sheet]:
    try:
        sheets = sheets_of_file(content, most_rows)
    except SheetUnreadable as unreadable:
        raise NotReadable from unreadable
    if not sheets:
        raise NotReadable
    return sheets


def file_of(venue_list: VenueList) -> bytes:
    """The file as it was handed in. Raises: NotThisStep once it is forgotten."""
    kept = VenueList.objects.values_list("content", flat=True).get(pk=venue_list.pk)
    if kept is None:
        raise NotThisStep
    return open_bytes(bytes(kept), settings.FIELD_KEYS)


def sheets_of(venue_list: VenueList, most_rows: int = MOST_ROWS) -> list[tuple[Sheet, Layout]]:
    """The sheets with the layout that stands for them."""
    sheets = _sheets(file_of(venue_list), most_rows)
    return [(sheet, read(one)) for sheet, one in zip(sheets, venue_list.layout, strict=False)]


def glances_of(venue_list: VenueList) -> list[Glance]:
    """Each sheet with the first lines below its headings; of one without headings, its first lines."""
    return [_glance(sheet, layout) for sheet, layout in sheets_of(venue_list, LOOKED_AT)]


def _glance(sheet: Sheet, layout: Layout) -> Glance:
    spelling = spelling_of_column(cell for row in sheet.rows for cell in row)
    below = [row for row in sheet.rows[layout.head :] if len([cell for cell in row if cell]) > 1][:SAMPLES]
    width = max([len(layout.titles), *map(len, below)], default=0)
    samples = [
        [from_legacy(row[column], spelling)[:60] if column < len(row) else "" for row in below]
        for column in range(width)
    ]
    titles = tuple(layout.titles[at] if at < len(layout.titles) else "" for at in range(width))
    return Glance(sheet.title, dataclasses.replace(layout, titles=titles), samples)


def written(title: str, layout: Layout) -> dict[str, Any]:
    return {"title": title, **asdict(layout)}


def read(one: Mapping[str, Any]) -> Layout:
    return Layout(one["head"], one["columns"], tuple(one["titles"]), one["titled"])


@transaction.atomic
def choose(
    venue_list: VenueList,
    columns: Sequence[Mapping[str, int]],
    options: Options,
    heads: Mapping[int, int] | None = None,
) -> VenueList:
    """Say of each sheet which column says what, and have the rows checked. It may be said anew until the list is kept.

    Args:
        venue_list: as it was handed in.
        columns: of each sheet, by fact.
        options: for the whole list.
        heads: of sheets whose row of headings is another than was found, its number.

    Raises: NotThisStep, NoTable.
    """
    taken = VenueList.objects.select_for_update(of=("self",)).defer("content").get(pk=venue_list.pk)
    if taken.state not in {State.READ, State.CHECKED, State.FAILED}:
        raise NotThisStep
    if not any("name" in one for one in columns):
        raise NoTable
    moved = {at: head for at, head in (heads or {}).items() if at < len(columns) and taken.layout[at]["head"] != head}
    if moved:
        rows = [sheet.rows for sheet, _layout in sheets_of(taken, LOOKED_AT)]
        for at, head in moved.items():
            taken.layout[at] = written(taken.layout[at]["title"], headed(rows[at], head))
    taken.layout = [{**one, "columns": dict(said)} for one, said in zip(taken.layout, columns, strict=True)]
    taken.options = asdict(options)
    taken.state, taken.rows_done, taken.rows_in_all = State.CHECKING, 0, 0
    taken.save(update_fields=["layout", "options", "state", "rows_done", "rows_in_all"])
    return taken


def found_columns(venue_list: VenueList) -> list[dict[str, int]]:
    """What the headings said by themselves."""
    return [columns_of(one["titles"]) for one in venue_list.layout]
