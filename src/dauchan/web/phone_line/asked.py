"""What a text message or pressed keys ask for. Pure: no Django, no clock.

Tolerant of case, diacritics, spaces and dashes; letters that look like digits are mended where the code is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from dauchan.vietnamese import fold
from dauchan.visits.rules import LARGEST_PARTY

CODE_LENGTH = 8
#: No code with its words is longer; whoever writes more tells us something else.
LONGEST_TEXT = 60

_ENTER = {"vao": "vi", "in": "en"}
_LEAVE = {"ra": "vi", "out": "en"}
_HELP = {"help": "en", "giup": "vi", "trogiup": "vi", "tro": "vi", "hd": "vi"}
_PEOPLE = {"nguoi", "people", "ng"}
_TOKEN = re.compile(r"[0-9a-z]+")
#: `VAOK7M32QXD`: the word and the code without a space between.
_GLUED = re.compile(r"^(vao|in)(?=[0-9a-z]{8}(?:\W|$))")
_KEYS_ENTER = re.compile(r"(\d{2,12})(?:\*(\d{1,2}))?")


class Wish(StrEnum):
    ENTER = "enter"
    LEAVE = "leave"
    HELP = "help"
    BEGIN = "begin"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Asked:
    """Attributes:
    code: as typed, without spaces; only where somebody wants to enter.
    party: how many came together.
    language: of the answer, by the words that were used.
    """

    wish: Wish
    code: str = ""
    party: int = 1
    language: str = "vi"


def read_text(text: str) -> Asked:
    """What a text message asks for: `K7M3-2QXD`, `VAO K7M3 2QXD 3`, `RA`, `TRO GIUP`, and `IN`, `OUT`, `HELP`."""
    tokens = _TOKEN.findall(_GLUED.sub(r"\1 ", fold(text))) if len(text) <= LONGEST_TEXT else []
    first, rest = (tokens[0], tokens[1:]) if tokens else ("", [])
    if first in _LEAVE and (rest in ([], ["ve"]) or len("".join(rest)) == CODE_LENGTH):
        return Asked(Wish.LEAVE, language=_LEAVE[first])
    if first in _HELP and "".join(tokens) in {"help", "giup", "trogiup", "hd"}:
        return Asked(Wish.HELP, language=_HELP[first])
    if first in _ENTER:
        return _entering(rest, _ENTER[first])
    return _entering(tokens, "vi") if _may_be_code(tokens) else Asked(Wish.UNCLEAR)


def read_keys(keys: str) -> Asked:
    """What pressed keys ask for: a code, `CODE*3`, 0 to leave, * for help; # ends them and may be missing."""
    typed = keys.rstrip("#")
    if not keys:
        return Asked(Wish.BEGIN)
    if typed == "0":
        return Asked(Wish.LEAVE)
    if typed == "*":
        return Asked(Wish.HELP)
    entering = _KEYS_ENTER.fullmatch(typed)
    party = int(entering[2] or 1) if entering else 0
    if not entering or not 1 <= party <= LARGEST_PARTY:
        return Asked(Wish.UNCLEAR)
    return Asked(Wish.ENTER, entering[1], party)


def _entering(tokens: list[str], language: str) -> Asked:
    """The code is all there is, or what stands before a number of people."""
    tokens = tokens[:-1] if tokens and tokens[-1] in _PEOPLE else tokens
    whole = "".join(tokens)
    last = tokens[-1] if tokens else ""
    if len(whole) != CODE_LENGTH and len(tokens) > 1 and last.isdigit() and 1 <= int(last[:3]) <= LARGEST_PARTY:
        return Asked(Wish.ENTER, "".join(tokens[:-1]), int(last), language)
    return Asked(Wish.ENTER, whole, 1, language) if whole else Asked(Wish.UNCLEAR, language=language)


def _may_be_code(tokens: list[str]) -> bool:
    """Whether a message without a keyword looks like a code and perhaps a number; else it is a sentence."""
    asked = _entering(tokens, "vi")
    return len(asked.code) == CODE_LENGTH
