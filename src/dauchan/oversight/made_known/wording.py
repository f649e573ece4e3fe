"""Filling in the words of a template, and how long a text takes to read aloud. Pure."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: What a template may name; a template that names anything else is refused when it is loaded.
FACTS = frozenset(
    {
        "committee",
        "unit",
        "first",
        "last",
        "registered",
        "active_share",
        "silent",
        "scans",
        "hotline",
        "site",
        "code",
        "count",
    }
)
LONGEST_TITLE, LONGEST_BODY = 80, 1_600
#: So many of an owner's places are named in a message, which tells how many there are.
MOST_NAMED = 3
#: An announcer on a loudspeaker, in syllables a second for Vietnamese and in words for English.
_PACE = {"vi": 3.0, "en": 2.6}
#: A digit is read as so many syllables: 2026 is "hai nghìn không trăm hai mươi sáu".
_A_DIGIT = 1.7
_MARK = "¶"


@dataclass(frozen=True)
class Words:
    """A title, and lines below it."""

    title: str
    body: str

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.body.splitlines() if line.strip()]

    @property
    def plain(self) -> str:
        """As a text file."""
        return "\n\n".join([self.title, *self.lines]) + "\n"


def unknown_facts(text: str) -> set[str]:
    """The names in braces that nothing is known of."""
    return {
        name or "" for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None
    } - FACTS


def filled(title: str, body: str, facts: Mapping[str, str]) -> Words:
    """The words with the facts in them, a line for each ¶ of the template."""
    lines = [part.strip() for part in body.format_map(facts).split(_MARK)]
    return Words(title.format_map(facts), "\n".join(lines))


def reading_seconds(text: str, language: str) -> int:
    """How long an announcer needs; pauses at the ends of sentences included."""
    spoken = re.findall(r"\w+", text)
    syllables = sum(_A_DIGIT * len(word) if word.isdecimal() else 1 for word in spoken)
    pauses = 0.35 * len(re.findall(r"[.!?;:](?:\s|$)", text))
    return round(syllables / _PACE[language] + pauses)


def places_named(codes: Sequence[str]) -> str:
    """The first codes, for a text message bears no more; dots of seven bits, so that English ones stay short."""
    return ", ".join([*codes[:MOST_NAMED], *(["..."] if len(codes) > MOST_NAMED or not codes else [])])


def message_parts(text: str) -> int:
    """How many text messages of a phone network it takes: with Vietnamese letters 70 fit into one, 67 into each of several."""
    if all(ord(letter) < 128 for letter in text):  # noqa: PLR2004 - the seven bits of GSM
        single, several = 160, 153
    else:
        single, several = 70, 67
    return 1 if len(text) <= single else -(-len(text) // several)
