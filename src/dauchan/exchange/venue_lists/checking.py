"""The rows of a list are read and put beside what is registered; nothing is registered yet."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.exchange.venue_lists.alike import Places, place_of, registered_in
from dauchan.exchange.venue_lists.drafts import Readers, draft_of
from dauchan.exchange.venue_lists.layout import said_rows
from dauchan.exchange.venue_lists.models import RowState, State, VenueList, VenueRow
from dauchan.exchange.venue_lists.taking_in import Options, sheets_of
from dauchan.exchange.venue_lists.vocabulary import KindNames
from dauchan.units.commune_names import CommuneNames
from dauchan.units.models import Unit
from dauchan.venues.models import Category

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dauchan.exchange.venue_lists.drafts import Draft
    from dauchan.exchange.venue_lists.layout import SaidRow

log = logging.getLogger(__name__)

ROWS_AT_ONCE = 500


def check(venue_list: VenueList, progress: Callable[[int, int], None] | None = None) -> VenueList:
    """Read and compare every row of a list whose columns were chosen; whatever goes wrong, the list says that it did."""
    tell = progress or _noted(venue_list)
    try:
        _check(venue_list, tell)
    except Exception:
        log.exception("venue list %s could not be checked", venue_list.pk)
        VenueList.objects.filter(pk=venue_list.pk).update(state=State.FAILED)
        raise
    venue_list.refresh_from_db(fields=["state", "counts", "rows_done", "rows_in_all", "checked_at"])
    return venue_list


def _noted(venue_list: VenueList) -> Callable[[int, int], None]:
    def note(done: int, in_all: int) -> None:
        VenueList.objects.filter(pk=venue_list.pk).update(rows_done=done, rows_in_all=in_all)

    return note


def _check(venue_list: VenueList, tell: Callable[[int, int], None]) -> None:
    venue_list.rows.all().delete()
    sheets = sheets_of(venue_list)
    found = [
        (at, sheet.title, row)
        for at, (sheet, layout) in enumerate(sheets)
        if "name" in layout.columns
        for row in said_rows(sheet, layout)
    ]
    readers = readers_of(venue_list, [row for _at, _title, row in found])
    drafts = []
    for done, (_at, title, row) in enumerate(found):
        drafts.append(draft_of(row, title, readers))
        if done % ROWS_AT_ONCE == 0:
            tell(done // 2, len(found))
    rows = _compared(venue_list, found, drafts)
    for done in range(0, len(rows), ROWS_AT_ONCE):
        VenueRow.objects.bulk_create(rows[done : done + ROWS_AT_ONCE])
        tell((len(rows) + done) // 2, len(rows))
    counts = Counter(row.state for row in rows)
    everything = sum(len(sheet.rows) for sheet, _layout in sheets)
    VenueList.objects.filter(pk=venue_list.pk).update(
        state=State.CHECKED,
        checked_at=timezone.now(),
        counts={"rows": len(rows), "passed_over": everything - len(rows), **counts},
        rows_done=len(rows),
        rows_in_all=len(rows),
    )


def readers_of(venue_list: VenueList, rows: Sequence[SaidRow]) -> Readers:
    options = Options(**venue_list.options)
    names = CommuneNames(timezone.localdate())
    categories = list(Category.objects.all())
    kinds = KindNames((one.code, (one.name_vi, one.name_en)) for one in categories)
    map_on = dt.date.fromisoformat(options.map_on) if options.map_on else names.map_of(_communes_said(rows))
    unit = Unit.objects.filter(pk=options.unit).first() if options.unit else None
    of_kinds = {one.code: one.name_vi for one in categories}
    return Readers(names, kinds, of_kinds, venue_list.unit.contains, unit, options.kind, map_on)


def _communes_said(rows: Sequence[SaidRow]) -> set[str]:
    return {row.said["commune"] for row in rows if "commune" in row.said}


def _compared(
    venue_list: VenueList,
    found: Sequence[tuple[int, str, SaidRow]],
    read: Sequence[tuple[Draft | None, list[tuple[str, dict[str, str]]], list[tuple[str, dict[str, str]]]]],
) -> list[VenueRow]:
    registered = registered_in(draft.unit for draft, _faults, _remarks in read if draft)
    earlier = Places()
    rows = []
    pairs = zip(found, read, strict=True)
    for position, ((sheet, _title, said), (draft, faults, remarks)) in enumerate(pairs, start=1):
        row = VenueRow(venue_list=venue_list, position=position, sheet=sheet, number=said.number, state=RowState.FAULTY)
        if draft:
            place = place_of(draft, position)
            row.alike = registered.like(place)
            row.twin = next(iter(earlier.like(place)), None)
            row.state = RowState.ASKS if row.alike or row.twin else RowState.GOOD
            earlier.add(place)
        content = {"draft": asdict(draft) if draft else None, "faults": faults, "remarks": remarks, "cells": said.said}
        row.said = json.dumps(content, ensure_ascii=False)
        rows.append(row)
    return rows
