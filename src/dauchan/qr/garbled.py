"""Mending the text of a card that a reader or a hand scanner garbled."""

import re
import unicodedata

from dauchan.qr.refusals import CodeRefusal, CodeRefused

# A keyboard scanner types a byte it has no key for as Alt+0ddd; where nobody holds Alt, the digits stay: ư is the bytes
# 198 176 in UTF-8 and arrives as `01980176`. These are the two- and three-byte letters, byte by byte.
_CONTINUED = r"0(?:12[89]|1[3-8]\d|19[01])"
_TYPED_BYTES = re.compile(rf"0(?:19[4-9]|2[01]\d|22[0-3]){_CONTINUED}|0(?:22[4-9]|23\d)(?:{_CONTINUED}){{2}}", re.ASCII)
_TYPED_LENGTH = 4

# Control characters, the replacement character, private use; and what is left of UTF-8 read as Latin-1 after a byte went
# missing: an accented letter with a symbol close behind.
_LOST = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]|[\u00c2-\u00f4][\u00a1-\u00bf]")

_MOST_TIMES_GARBLED = 2
# Bytes that Windows-1252 leaves open pass as the control characters of Latin-1, as readers do it.
_WINDOWS_BYTES = {bytes((byte,)).decode("cp1252", "ignore"): byte for byte in range(0x80, 0xA0)}


def mend_text(text: str) -> str:
    """The whole text of a code without what surrounds it, in NFC, with UTF-8 read as Latin-1 put right."""
    trimmed = text.strip("\ufeff\x00 \t\r\n")
    for _ in range(_MOST_TIMES_GARBLED):
        trimmed = _reread_as_utf8(trimmed)
    return unicodedata.normalize("NFC", trimmed)


def mend_words(field: str) -> str:
    """A name or an address with typed-out bytes made letters again. Not for fields of digits: `0198` may be a number.

    Raises:
        CodeRefused: BROKEN_LETTERS where letters were lost.
    """
    words = unicodedata.normalize("NFC", _TYPED_BYTES.sub(_typed_letter, field))
    if _LOST.search(words):
        raise CodeRefused(CodeRefusal.BROKEN_LETTERS)
    return " ".join(words.split())


def mend_name(field: str) -> str:
    """A person's name, as `mend_words`; a name holds letters and neither digits nor question marks.

    Raises:
        CodeRefused: BROKEN_LETTERS, or BROKEN_CARD where there is no name.
    """
    name = mend_words(field)
    if any(letter.isdigit() or letter == "?" for letter in name):
        raise CodeRefused(CodeRefusal.BROKEN_LETTERS)
    if not any(letter.isalpha() for letter in name):
        raise CodeRefused(CodeRefusal.BROKEN_CARD)
    return name


def _reread_as_utf8(text: str) -> str:
    if text.isascii():
        return text
    try:
        return bytes(_WINDOWS_BYTES.get(letter, ord(letter)) for letter in text).decode("utf-8")
    except ValueError:  # a letter beyond one byte, or not UTF-8: it was read rightly
        return text


def _typed_letter(match: re.Match[str]) -> str:
    typed = match.group()
    raw = bytes(int(typed[at : at + _TYPED_LENGTH]) for at in range(0, len(typed), _TYPED_LENGTH))
    letter = raw.decode("utf-8", "replace")
    # Only letters are taken for letters: anything else was digits of an address.
    return letter if unicodedata.category(letter[0])[0] in "LM" else typed
