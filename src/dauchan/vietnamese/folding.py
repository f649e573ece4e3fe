"""One spelling for what people type: NFC for storing, folded text for searching."""

import re
import unicodedata

# Zero-width and bidirectional marks are invisible, arrive by copying from web pages, and make equal names unequal.
# The joiners U+200C and U+200D stay: some scripts and emoji need them.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# These letters carry a stroke that Unicode does not treat as a mark, so decomposition leaves them whole.
_STROKES = str.maketrans({"đ": "d", "ð": "d", "ɖ": "d", "ł": "l", "ø": "o"})


def clean_text(text: str) -> str:
    """The text as it is stored: NFC, without invisible characters, trimmed.

    Line breaks (each as one line feed), tabs and inner spaces stay, so that a description keeps its shape. Lone surrogates, which
    no database accepts, become U+FFFD.
    """
    text = _SURROGATE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip()


def fold(text: str) -> str:
    """The text as it is searched: lower case, no diacritics, `đ` as `d`, single spaces.

    `Thuỷ`, `Thủy` and `thuy` fold alike, however they were composed. Folding twice changes nothing.
    """
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", clean_text(text)).casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_STROKES)
    return unicodedata.normalize("NFC", " ".join(bare.split()))


def plain_words(text: str) -> str:
    """`cho-dong-ba` of 'Chợ Đông Ba': plain letters and digits, which every system keeps in the name of a file."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
