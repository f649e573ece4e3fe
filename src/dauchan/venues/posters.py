"""Print-ready posters of venues as PDF: A4, A5, or a sheet of stickers to cut out.

The layouts are Typst files in `poster_layouts/`. Names and addresses reach them as JSON and never as markup, so nothing
that an owner types can be a command.
"""

import json
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from threading import Lock
from typing import Literal, get_args
from urllib.parse import urlsplit

from dauchan.qr import qr_modules, qr_svg
from dauchan.venues.poster_layouts import Face, typeset

Sheet = Literal["a4", "a5", "stickers"]

MOST_FACES = 10_000

# Up to so many pages are set in this process, which is quicker; more go to processes of their own, for their memory.
_PAGES_HERE = 20
_PAGES_AT_A_TIME = 250  # about 300 MB
_SECONDS_AT_A_TIME = 300
_JOINING = Lock()  # PDFium is not safe to use from two threads

_LONGEST_WORD = 24  # no name in Vietnamese or English has a longer one; what is longer may break anywhere
_PIECE = 10
# Controls, among them those that turn the direction of writing, and what is no letter at all.
_NOT_PRINTED = {"Cc", "Cf", "Cs", "Co", "Cn"}
# Beyond Latin the font has no pictographs and no loose accents.
_PICTURES = {"So", "Sk", "Mn"}
_LAST_LATIN = "\u02ff"


@dataclass(frozen=True)
class PosterFace:
    """What stands on one poster.

    Attributes:
        name: Name of the venue; up to some 120 characters, which shrink to fit.
        address: In words, as people of the place would write it.
        category: Kind of venue in Vietnamese; may be empty.
        url: Text of the QR code, from `dauchan.qr.venue_url`.
        short_code: The code to type, `XXXX-XXXX`.
        version: Which issue of this venue's poster.
        issued_on: Local date of issue.
        authority: Who orders the check-ins, in full.
        unit: The responsible unit, such as the commune's committee.
        hotline: Telephone number for help.
        mode: Visitors scan the poster, a gate keeper scans visitors, or both.
        line: Number of the telephone line, for people without a smartphone; empty where there is none.
        line_code: The digits to type there, `1234 5678`.
    """

    name: str
    address: str
    category: str
    url: str
    short_code: str
    version: int
    issued_on: date
    authority: str
    unit: str
    hotline: str = "19001075"
    mode: Literal["poster", "gate", "both"] = "poster"
    line: str = ""
    line_code: str = ""


def poster_pdf(faces: Sequence[PosterFace], sheet: Sheet) -> bytes:
    """One page per face, in their order; a page of stickers holds nine of the same face.

    The QR code is at error correction level Q and measures 15 cm or more on A4, 9 cm on A5, 5 cm on a sticker.

    Raises:
        ValueError: no faces or more than 10,000, an unknown sheet, or a URL that a QR code does not hold.
    """
    if not 0 < len(faces) <= MOST_FACES:
        raise ValueError(f"1 to {MOST_FACES} posters at a time, not {len(faces)}")
    if sheet not in get_args(Sheet):
        raise ValueError(f"{sheet!r} is not a sheet; choose from {', '.join(get_args(Sheet))}")
    if len(faces) <= _PAGES_HERE:
        return typeset(sheet, [_inputs(face) for face in faces])
    starts = range(0, len(faces), _PAGES_AT_A_TIME)
    return joined([_set_apart(sheet, faces[start : start + _PAGES_AT_A_TIME]) for start in starts])


def _set_apart(sheet: Sheet, faces: Sequence[PosterFace]) -> bytes:
    job = json.dumps({"sheet": sheet, "faces": [_inputs(face) for face in faces]}).encode()
    command = [sys.executable, "-m", "dauchan.venues.poster_layouts"]
    ended = subprocess.run(command, input=job, stdout=subprocess.PIPE, check=True, timeout=_SECONDS_AT_A_TIME)  # noqa: S603 - our own module
    return ended.stdout


def joined(parts: list[bytes]) -> bytes:
    """One PDF of several, in their order."""
    if len(parts) == 1:
        return parts[0]
    import pypdfium2

    with _JOINING, BytesIO() as written:
        whole = pypdfium2.PdfDocument.new()
        for part in parts:
            pages = pypdfium2.PdfDocument(part)
            whole.import_pages(pages)
            pages.close()
        whole.save(written)
        whole.close()
        return written.getvalue()


def _inputs(face: PosterFace) -> Face:
    return {
        "name": printable_text(face.name),
        "address": printable_text(face.address),
        "category": printable_text(face.category),
        "url": face.url,
        "site": urlsplit(face.url).netloc.lower(),
        "svg": qr_svg(face.url, "Q"),
        "modules": len(qr_modules(face.url, "Q")),
        "short_code": face.short_code,
        "version": face.version,
        "issued_on": f"{face.issued_on:%d/%m/%Y}",
        "authority": printable_text(face.authority),
        "unit": printable_text(face.unit),
        "hotline": face.hotline,
        "mode": face.mode,
        "line": face.line,
        "line_code": face.line_code,
    }


def printable_text(text: str) -> str:
    """The text without what the font cannot draw, in NFC; very long words get places where a line may break."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(letter for letter in composed if letter.isspace() or _has_a_shape(letter))
    return " ".join(_breakable(word) for word in kept.split())


def _has_a_shape(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category not in _NOT_PRINTED and (category not in _PICTURES or letter <= _LAST_LATIN)


def _breakable(word: str) -> str:
    if len(word) <= _LONGEST_WORD:
        return word
    return "\u200b".join(word[start : start + _PIECE] for start in range(0, len(word), _PIECE))
