"""A file of another system, whichever it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dauchan.exchange.interop.dhis2 import is_dhis2_table, read_dhis2, read_dhis2_table
from dauchan.exchange.interop.dhis2_payload import is_dhis2
from dauchan.exchange.interop.fhir import is_fhir, read_fhir
from dauchan.exchange.interop.godata import is_godata, read_godata
from dauchan.exchange.interop.godata_table import is_godata_table, read_godata_table
from dauchan.exchange.interop.reading import table_of
from dauchan.exchange.interop.sormas import is_sormas, read_sormas
from dauchan.exchange.old_workbooks import is_old_workbook
from dauchan.exchange.sheets import SheetUnreadable
from dauchan.exchange.workbooks import WIDEST, ZIP, rows_of_list, text_of

if TYPE_CHECKING:
    from dauchan.exchange.interop.records import Told

MOST_ROWS = 100_000


def read_any(content: bytes, facts_by_id: dict[str, str] | None = None) -> Told | None:
    """What the file tells; None where it is of none of the systems (a list of our own, a picture, nothing).

    Args:
        content: the whole file: JSON, text with commas, semicolons or tabs, or a workbook that somebody saved such a text as.
        facts_by_id: of a DHIS2 installation, see `read_dhis2`.
    """
    try:
        if content.startswith(ZIP) or is_old_workbook(content):
            return _of_table(rows_of_list(content, MOST_ROWS, WIDEST), facts_by_id)
        text = text_of(content).lstrip("\ufeff \r\n\t")
    except SheetUnreadable:
        return None
    if text[:1] in {"{", "["}:
        return _of_json(text, facts_by_id)
    return _of_table(table_of(_without_hint(text)), facts_by_id)


def _without_hint(text: str) -> str:
    """Without the line with which Excel is told what stands between the cells."""
    first, _end, rest = text.partition("\n")
    return rest if first.strip().lower() in {"sep=;", "sep=,", "sep=\\t", "sep="} else text


def _of_table(rows: list[list[str]], facts_by_id: dict[str, str] | None) -> Told | None:
    if rows and is_dhis2_table(rows[0]):
        return read_dhis2_table(rows, facts_by_id)
    if is_sormas(rows):
        return read_sormas(rows)
    return read_godata_table(rows) if is_godata_table(rows) else None


def _of_json(text: str, facts_by_id: dict[str, str] | None) -> Told | None:
    content = _parsed(text)
    if is_fhir(content):
        return read_fhir(content)
    if is_godata(content):
        return read_godata(content)
    return read_dhis2(content, facts_by_id) if is_dhis2(content) else None


def _parsed(text: str) -> object:
    """The JSON; of lines that are JSON each, as exports of whole servers are, a list; None where it is none."""
    try:
        return json.loads(text)
    except RecursionError:
        return None
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
    try:
        return [json.loads(line) for line in lines] if len(lines) > 1 else None
    except (ValueError, RecursionError):
        return None
