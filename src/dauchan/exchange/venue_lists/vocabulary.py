"""The words of lists as data: headings of columns, and what kinds of venues are called. Files of this folder's `words/`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dauchan.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS = Path(__file__).with_name("words")
#: Columns that say nothing of a venue, and are no choice of a person's.
SILENT = ("row", "result")


@cache
def headings() -> dict[str, frozenset[str]]:
    """For each fact the folded headings that people give it, in the order in which a heading is looked up."""
    written = tomllib.loads((WORDS / "headings.toml").read_text(encoding="utf-8"))
    return {fact: frozenset(words) for fact, words in written.items()}


def facts() -> tuple[str, ...]:
    """What a column can say of a venue."""
    return tuple(fact for fact in headings() if fact not in SILENT)


@cache
def _kinds() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((WORDS / "kinds.toml").read_text(encoding="utf-8"))


class KindNames:
    """Tells which kind of venue a text means.

    Args:
        known: of each kind the installation has: its code and its names.
    """

    def __init__(self, known: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._exact: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._begins: dict[str, str] = {}
        for code, names in known:
            self._exact |= {fold(name): code for name in (code, *names)}
            written = _kinds().get(code, {})
            self._words |= dict.fromkeys(written.get("words", ()), code)
            self._begins |= dict.fromkeys(written.get("begins", ()), code)

    def meant(self, text: str) -> str | None:
        """The code of the kind that a cell names: by its code or name, else by the longest word for it in the cell."""
        bare = _bare(text)
        return self._exact.get(fold(text)) or self._words.get(bare) or _longest(self._words, bare, r"\b{}\b")

    def of_name(self, name: str) -> str | None:
        """The code of the kind whose venues have names that begin like this one."""
        return _longest(self._begins, _bare(name), r"^{}\b")


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]|_", " ", fold(text)).split())


def _longest(words: dict[str, str], text: str, shape: str) -> str | None:
    found = [word for word in words if word in text and re.search(shape.format(re.escape(word)), text)]
    return words[max(found, key=len)] if found else None
