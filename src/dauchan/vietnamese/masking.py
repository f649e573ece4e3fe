"""What may be shown of a person to someone who only has to recognise them."""

import re

from dauchan.vietnamese.folding import clean_text

_HIDDEN = "•••••"
_VIETNAM = re.compile(r"\+84(\d+)", re.ASCII)
_SHOWN_FIRST, _SHOWN_LAST = 3, 2
_SHORTEST_SHOWN = 9  # of a shorter number the five shown digits would leave too little hidden


def mask_phone(e164: str) -> str:
    """`+84901234567` becomes `090•••••67`, a foreign number `+65•••••67`; anything shorter is hidden whole."""
    digits = _VIETNAM.sub(r"0\1", e164)
    if len(digits) < _SHORTEST_SHOWN:
        return _HIDDEN
    return f"{digits[:_SHOWN_FIRST]}{_HIDDEN}{digits[-_SHOWN_LAST:]}"


def mask_name(full_name: str) -> str:
    """`Nguyễn Văn An` becomes `N••• V••• An`; a single name keeps only its first letter.

    The dots do not tell how long a word is.
    """
    words = clean_text(full_name).split()
    if not words:
        return ""
    masked = [f"{word[0]}•••" for word in words]
    return masked[0] if len(words) == 1 else " ".join([*masked[:-1], words[-1]])
