"""Text in the 8-bit fonts of before Unicode, TCVN3 (ABC) and VNI, recognised and turned into Unicode. Pure.

In a spreadsheet such text is stored as the Latin letters that have the same numbers: `Qu¸n ¨n` in .VnTime, `Quaùn aên` in
VNI-Times. Which it is, is decided cell by cell, by whether the words become Vietnamese syllables; what one cell leaves open (`Cá`
is a fish in Unicode and `Cỏ` in TCVN3) its column decides. A cell with a letter that neither font has is Unicode and stays as it
is, and so does what reads well as it stands, unless its column is one of the old fonts.

Sources of the tables: TCVN 5712:1993 (its VN3 subset, compared with glibc's charmap TCVN5712-1); VNI for Windows as in the table
«Unicode & Vietnamese Legacy Character Encodings», compared with the table of the keyboard driver xvnkb.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from dauchan.vietnamese.syllables import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterable


class Spelling(StrEnum):
    """How a text is stored. PLAIN has nothing but ASCII; UNCLEAR reads well in more than one way."""

    PLAIN = "plain"
    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"
    UNCLEAR = "unclear"


LEGACY = (Spelling.TCVN3, Spelling.VNI)

# Line by line the same letters: as stored, as meant. TCVN3 has no capitals with tones: a font with capitals shows them.
_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_VNI_ALONE = dict(zip("ñíìæóòôöîÑÍÌÆÓÒÔÖÎ", "đíìỉĩịơưỵĐÍÌỈĨỊƠƯỴ", strict=True))
_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
# Marks that change the letter, alone or with a tone.
_VNI_ROOFS = {
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
}
_VNI_BOWLS = {
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}


def _vni_pairs() -> dict[str, str]:
    bearers = {**dict.fromkeys("aeouy", _VNI_TONES), "ô": _VNI_TONES, "ö": _VNI_TONES}
    marks = {letter: dict(tones) for letter, tones in bearers.items()}
    for letter in "aeo":
        marks[letter] |= _VNI_ROOFS
    marks["a"] |= _VNI_BOWLS
    pairs: dict[str, str] = {}
    for letter, own in marks.items():
        for mark, signs in own.items():
            meant = unicodedata.normalize("NFC", _VNI_ALONE.get(letter, letter) + signs)
            pairs |= {
                letter + mark: meant,
                letter.upper() + mark.upper(): meant.upper(),
                letter.upper() + mark: meant.upper(),
            }
    return pairs


_VNI = _vni_pairs() | _VNI_ALONE
_TCVN3_SIGNS = re.compile("|".join(map(re.escape, _TCVN3)))
# Longest first: ô with its tone is ớ, alone ơ.
_VNI_SIGNS = re.compile("|".join(map(re.escape, sorted(_VNI, key=len, reverse=True))))
_QUOTES = "\u00a0«»“”‘’–—…•€°²³"
_WORDS = re.compile(r"[^\s\x00-\x1f!-/:-@\[-`{-~0-9]+")
_OLD_WINDOWS = frozenset(bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0x100))
#: So many odd words among so many good ones are names and slips.
_GOOD_FOR_ONE_ODD = 3


def as_unicode(text: str, spelling: Spelling) -> str:
    """The text, read as being stored in *spelling*; anything but TCVN3 and VNI leaves it as it is."""
    if spelling is Spelling.TCVN3:
        meant = _TCVN3_SIGNS.sub(lambda found: _TCVN3[found.group()], text)
        return re.sub(r"\S+", lambda found: _capitals(found.group()), meant) if meant != text else text
    if spelling is Spelling.VNI:
        return _VNI_SIGNS.sub(lambda found: _VNI[found.group()], text)
    return text


def _capitals(word: str) -> str:
    """`HµNG` was typed in a font of capitals: the letter that TCVN3 has in small only is meant as large as its neighbours."""
    plain = [sign for sign in word if sign.isascii() and sign.isalpha()]
    return (
        word.upper()
        if len(word) > 1 and len(plain) > 0 and all(sign.isupper() for sign in plain) and _is_upper(word)
        else word
    )


def _is_upper(word: str) -> bool:
    """Not `Tú`, where the only plain letter is the first."""
    return sum(sign.isascii() and sign.isupper() for sign in word) > 1 or not (word[0].isascii() and word[0].isupper())


def spelling_of(text: str) -> Spelling:
    """How this text alone shows it is stored."""
    if text.isascii():
        return Spelling.PLAIN
    if any(not sign.isascii() and sign not in _OLD_WINDOWS for sign in text):
        return Spelling.UNICODE
    good, odd = words_judged(text)
    fits = [kind for kind in LEGACY if _fits(text, as_unicode(text, kind))]
    if not odd:
        return Spelling.UNCLEAR if fits else Spelling.UNICODE if good else Spelling.PLAIN
    if len(fits) == 1:
        return fits[0]
    return Spelling.UNCLEAR if fits else Spelling.UNICODE


def _fits(text: str, meant: str) -> bool:
    """Whether *meant* is Vietnamese where *text* was not; one letter alone (© is â) proves nothing."""
    if meant == text:
        return False
    good, odd = words_judged(meant)
    return good > 0 and odd * _GOOD_FOR_ONE_ODD <= good and any(len(word) > 1 for word in _odd_words(text))


def words_judged(text: str) -> tuple[int, int]:
    """How many words with other signs than ASCII are Vietnamese syllables, and how many are not."""
    words = _odd_words(text)
    good = sum(map(is_syllable, words))
    return good, len(words) - good


def _odd_words(text: str) -> list[str]:
    words = (word.strip(_QUOTES) for word in _WORDS.findall(text))
    return [word for word in words if word and not word.isascii()]


def spelling_of_column(texts: Iterable[str]) -> Spelling:
    """How the unclear texts of a column are stored: as the clear ones are, where those agree but for one in four; else UNCLEAR."""
    seen = Counter(spelling_of(text) for text in texts)
    clear = {kind: seen[kind] for kind in (Spelling.UNICODE, *LEGACY)}
    most = max(clear, key=lambda kind: clear[kind])
    return most if clear[most] * 4 > sum(clear.values()) * 3 else Spelling.UNCLEAR


def from_legacy(text: str, column: Spelling = Spelling.UNCLEAR) -> str:
    """The text in Unicode. Where it alone leaves open how it is stored, *column* decides; UNCLEAR leaves it as it is."""
    own = spelling_of(text)
    return as_unicode(text, column if own is Spelling.UNCLEAR else own)
