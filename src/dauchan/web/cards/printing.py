"""Control cards as PDF: one a page in the size of a bank card, or ten on a sheet of A4."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from dauchan.qr import qr_modules, qr_svg
from dauchan.venues.posters import joined, printable_text
from dauchan.web.cards.layouts import typeset

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from dauchan.web.cards.layouts import Face

Sheet = Literal["single", "a4"]

MOST_CARDS = 1000

# Up to so many cards are set in this process, which is quicker; more go to processes of their own, for their memory.
_CARDS_HERE = 20
_CARDS_AT_A_TIME = 400  # whole sheets; about 250 MB
_SECONDS_AT_A_TIME = 300


@dataclass(frozen=True)
class CardFace:
    """What stands on one card.

    Attributes:
        name: of the holder; long ones shrink to fit.
        serial: `TK-XXXX-XXXX`.
        code: text of the QR code, from `dauchan.qr.make_card_code`; at level M the code is version 6.
        last_on: the last day on which the card is good.
        unit: who issued it, in full; where a found card is sent.
        hotline: telephone number for help.
    """

    name: str
    serial: str
    code: str
    last_on: dt.date
    unit: str
    hotline: str


def cards_pdf(faces: Sequence[CardFace], sheet: Sheet, *, backs: bool = False) -> bytes:
    """The cards in their order. With *backs* every page of fronts is followed by its backs, to print on both sides.

    On A4 the backs run from right to left, for paper that is turned over its long edge.

    Raises:
        ValueError: no cards or more than 1,000, or an unknown sheet.
    """
    if not 0 < len(faces) <= MOST_CARDS:
        raise ValueError(f"1 to {MOST_CARDS} cards at a time, not {len(faces)}")
    if sheet not in get_args(Sheet):
        raise ValueError(f"{sheet!r} is not a sheet; choose from {', '.join(get_args(Sheet))}")
    inputs = [_inputs(face) for face in faces]
    if len(faces) <= _CARDS_HERE:
        return typeset(sheet, inputs, backs=backs)
    starts = range(0, len(inputs), _CARDS_AT_A_TIME)
    return joined([_set_apart(sheet, inputs[start : start + _CARDS_AT_A_TIME], backs=backs) for start in starts])


def _set_apart(sheet: Sheet, inputs: Sequence[Face], *, backs: bool) -> bytes:
    job = json.dumps({"sheet": sheet, "backs": backs, "cards": inputs}).encode()
    command = [sys.executable, "-m", "dauchan.web.cards.layouts"]
    ended = subprocess.run(command, input=job, stdout=subprocess.PIPE, check=True, timeout=_SECONDS_AT_A_TIME)  # noqa: S603 - our own module
    return ended.stdout


def _inputs(face: CardFace) -> Face:
    return {
        "name": printable_text(face.name),
        "serial": face.serial,
        # `url` is what the posters' drawing of a code calls its text.
        "url": face.serial,
        "svg": qr_svg(face.code, "M"),
        "modules": len(qr_modules(face.code, "M")),
        "last_on": f"{face.last_on:%d/%m/%Y}",
        "unit": printable_text(face.unit),
        "hotline": face.hotline,
    }
