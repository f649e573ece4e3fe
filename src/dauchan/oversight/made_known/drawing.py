"""Materials as PDF and PNG, set with Typst: words reach the layout as JSON and never as markup."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typst

from dauchan.qr import qr_modules, qr_svg
from dauchan.venues.posters import printable_text

if TYPE_CHECKING:
    from dauchan.oversight.made_known.wording import Words
    from dauchan.venues.posters import PosterFace

_PACKAGE = Path(__file__).parents[2]
_LAYOUT = Path(__file__).parent / "layouts" / "materials.typ"
_FONTS = _PACKAGE / "venues" / "poster_layouts" / "fonts"
#: The picture's page is one point for each pixel.
_PIXEL_A_POINT = 72
_PAPER_PPI = 110


@dataclass(frozen=True)
class Material:
    """What is drawn.

    Attributes:
        sheet: `a4`, `a5`, `square` (1080 × 1080) or `wide` (1200 × 630).
        issuer: who speaks, in full.
        face: of a sheet for one venue, what its poster bears.
        note: a line of small print, such as how long a text takes to read.
    """

    kind: str
    sheet: str
    words: Words
    issuer: str
    hotline: str
    language: str
    note: str = ""
    face: PosterFace | None = None


def material_pdf(material: Material) -> bytes:
    return bytes(_set(material, "pdf", None))


def material_png(material: Material) -> bytes:
    """A picture of the pixels its name says; a page of paper as a preview."""
    is_picture = material.sheet in {"square", "wide"}
    made = _set(material, "png", _PIXEL_A_POINT if is_picture else _PAPER_PPI)
    return bytes(made[0] if isinstance(made, list) else made)


def _set(material: Material, ending: Literal["pdf", "png"], ppi: float | None) -> Any:  # noqa: ANN401 - bytes, or one for each page
    return typst.compile(
        _LAYOUT,
        root=_PACKAGE,
        font_paths=[_FONTS],
        ignore_system_fonts=True,
        format=ending,
        ppi=ppi,
        sys_inputs={"material": json.dumps(_told(material), ensure_ascii=False)},
    )


def _told(material: Material) -> dict[str, Any]:
    return {
        "kind": material.kind,
        "sheet": material.sheet,
        "language": material.language,
        "title": printable_text(material.words.title),
        "lines": [printable_text(line) for line in material.words.lines],
        "issuer": printable_text(material.issuer),
        "hotline": material.hotline,
        "note": printable_text(material.note),
        "venue": _venue(material.face),
    }


def _venue(face: PosterFace | None) -> dict[str, Any] | None:
    if face is None:
        return None
    return {
        "name": printable_text(face.name),
        "address": printable_text(face.address),
        "short_code": face.short_code,
        "url": face.url,
        "svg": qr_svg(face.url, "Q"),
        "modules": len(qr_modules(face.url, "Q")),
    }
