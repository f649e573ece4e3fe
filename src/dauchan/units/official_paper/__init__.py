"""Official documents in the layout of Nghị định 30/2020/NĐ-CP, set with Typst: what every kind of them shares.

A kind has a layout of its own that imports `official.typ` and reads its content as JSON from `sys.inputs.document`: names
reach it as text, never as markup. The official text is Vietnamese, whatever the reader's language.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

_PACKAGE = Path(__file__).parents[2]
_FONTS = _PACKAGE / "venues" / "poster_layouts" / "fonts"
_FEBRUARY = 2


def official_pdf(layout: Path, document: Mapping[str, Any]) -> bytes:
    """The document, with the font that ships with the product."""
    written: bytes = typst.compile(
        layout,
        root=_PACKAGE,
        font_paths=[_FONTS],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
    )
    return written


def place_and_date(place: str, day: dt.date | None) -> str:
    """Where and when a document was signed; dots to write on where it was not yet."""
    if day is None:
        return f"{place}, ngày … tháng … năm …"
    # Single digits have a zero before them, of months only January and February (NĐ 30/2020, Phụ lục I).
    month = f"{day.month:02d}" if day.month <= _FEBRUARY else str(day.month)
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"
