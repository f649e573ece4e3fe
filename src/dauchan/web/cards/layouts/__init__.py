"""Setting control cards with Typst: the layout beside this file, with the letters and the mark of the posters."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import typst

Face = Mapping[str, str | int]

_HERE = Path(__file__).parent
_PACKAGE = _HERE.parents[2]


def typeset(sheet: str, faces: Sequence[Face], *, backs: bool) -> bytes:
    """A PDF set in this process. Typst keeps about 1 MB per page until the process ends."""
    written: bytes = typst.compile(
        _HERE / "card.typ",
        root=_PACKAGE,
        font_paths=[_PACKAGE / "venues" / "poster_layouts" / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"job": json.dumps({"sheet": sheet, "backs": backs, "cards": list(faces)})},
    )
    return written
