"""Where a page of a list ended: the sort key of its last row, in a text that nobody needs to read."""

from __future__ import annotations

import base64
import binascii

from dauchan.exchange.programs.problems import Code, Refused

_LARGEST = 2**63 - 1


def written(*key: int) -> str:
    return base64.urlsafe_b64encode("-".join(map(str, key)).encode()).decode().rstrip("=")


def read(text: str | None, size: int = 1) -> tuple[int, ...]:
    """The key; the lowest of all where there is no cursor. Raises: Refused."""
    if text is None:
        return (0,) * size
    try:
        key = tuple(map(int, base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii").split("-")))
    except (binascii.Error, ValueError):
        key = ()
    if len(key) != size or not all(0 <= part <= _LARGEST for part in key):
        raise Refused(Code.BAD_PARAMETER, "cursor")
    return key
