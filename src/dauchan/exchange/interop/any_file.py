"""A file of another system, whichever it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dauchan.exchange.interop.dhis2 import is_dhis2, is_dhis2_csv, read_dhis2, read_dhis2_events
from dauchan.exchange.interop.fhir import is_fhir, read_fhir
from dauchan.exchange.interop.godata import is_godata, read_godata
from dauchan.exchange.interop.reading import table_of
from dauchan.exchange.interop.sormas import is_sormas, read_sormas
from dauchan.exchange.sheets import SheetUnreadable, decoded

if TYPE_CHECKING:
    from dauchan.exchange.interop.records import Told

_HEAD_LINES = 3


def read_any(content: bytes, facts_by_id: dict[str, str] | None = None) -> Told | None:
    """What the file tells; None where it is of none of the systems (a list of our own, a picture, nothing).

    Args:
        content: the whole file.
        facts_by_id: of a DHIS2 installation, see `read_dhis2`.
    """
    try:
        text = decoded(content).lstrip("\ufeff \r\n\t")
    except SheetUnreadable:
        text = content.decode("cp1252", errors="replace")  # what spreadsheets of Western Europe write
    if text[:1] in {"{", "["}:
        return _of_json(text, facts_by_id)
    head = table_of("\n".join(text.splitlines()[:_HEAD_LINES]))
    if head and is_dhis2_csv(head[0]):
        return read_dhis2_events(text, facts_by_id)
    return read_sormas(text) if is_sormas(head) else None


def _of_json(text: str, facts_by_id: dict[str, str] | None) -> Told | None:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if is_fhir(content):
        return read_fhir(content)
    if is_godata(content):
        return read_godata(content)
    return read_dhis2(content, facts_by_id) if is_dhis2(content) else None
