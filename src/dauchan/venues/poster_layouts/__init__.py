"""Setting posters with Typst: the layouts beside this file, with the fonts they need and no others."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import typst

Face = Mapping[str, str | int]

_HERE = Path(__file__).parent
_FILES = {"a4": "poster.typ", "a5": "poster.typ", "stickers": "stickers.typ"}


def typeset(sheet: str, faces: Sequence[Face]) -> bytes:
    """A PDF with a page per face, set in this process. Typst keeps about 1 MB per page until the process ends."""
    written: bytes = typst.compile(
        _HERE / _FILES[sheet],
        root=_HERE,
        font_paths=[_HERE / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"sheet": sheet, "faces": json.dumps(faces)},
    )
    return written
