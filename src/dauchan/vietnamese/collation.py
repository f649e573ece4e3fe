"""Vietnamese dictionary order as a key that compares byte by byte.

PostgreSQL without ICU, a Python list and a CSV then agree. In PostgreSQL the column needs `COLLATE "C"`.
"""

import unicodedata
from collections.abc import Iterable

from dauchan.vietnamese.folding import clean_text

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# One ASCII character per letter, in order: 'A' for a, 'B' for ă … All of them stand after the digits and the space.
_RANK = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
# Vietnamese dictionaries list the tones as ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LEVEL_TONE = "0"
_SHAPES = {"\u0306", "\u0302", "\u031b"}  # the marks of ă, of â ê ô, and of ơ ư make a letter of its own


def _syllables(text: str) -> list[str]:
    """The words of a text in lower case, fully decomposed; whatever is no letter, digit or mark separates."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", clean_text(text)).casefold())
    kept = (letter if letter.isalnum() or unicodedata.combining(letter) else " " for letter in letters)
    return "".join(kept).split()


def _graphemes(syllable: str) -> Iterable[tuple[str, str]]:
    """Each base letter of a decomposed syllable with the marks that follow it."""
    base, marks = "", ""
    for letter in syllable:
        if unicodedata.combining(letter):
            marks += letter
            continue
        if base:
            yield base, marks
        base, marks = letter, ""
    if base:
        yield base, marks


def _key_of(syllable: str) -> str:
    """Letters first, then the tone: `hoà` stands after `hoa` and before `hoan`."""
    letters, tones = "", ""
    for base, marks in _graphemes(syllable):
        shape = "".join(mark for mark in marks if mark in _SHAPES)
        letter = unicodedata.normalize("NFC", base + shape)
        letters += _RANK.get(letter) or _RANK.get(base) or base
        tones += "".join(_TONES.get(mark, "") for mark in marks)
    return f"{letters} {tones or _LEVEL_TONE}"


def sort_key(text: str) -> str:
    """A key whose byte order is Vietnamese dictionary order.

    Compared syllable by syllable, as Vietnamese dictionaries do: letters first (a ă â b … d đ … u ư), then the tone
    (ngang, huyền, hỏi, ngã, sắc, nặng). Case, punctuation and the place of the tone mark (`hoà`, `hòa`) do not count.
    """
    return " ".join(_key_of(syllable) for syllable in _syllables(text))


def name_sort_key(full_name: str) -> str:
    """The key for lists of people: by the given name, which stands last, then by the rest from the surname on."""
    keys = [_key_of(syllable) for syllable in _syllables(full_name)]
    return " ".join(keys[-1:] + keys[:-1])
