"""The telephone line that takes check-ins by call and text, where an installation has one.

DAUCHAN_PHONE_LINE is the number as people dial it; DAUCHAN_PHONE_LINE_SECRETS the secrets it shares with the telephone
company's gateway, written like a key ring: `1:KEY,2:KEY`. All of them are accepted, so a secret rolls without an outage.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dauchan.project.errors import CannotStart
from dauchan.project.keys import read_ring

NUMBER = "DAUCHAN_PHONE_LINE"
SECRETS = "DAUCHAN_PHONE_LINE_SECRETS"
#: A number that no network gives out: the demonstration's line is answered by its simulator only.
DEMONSTRATION_NUMBER = "0000 7253"

_DIALLED = re.compile(r"\+?[0-9][0-9 .()-]{1,23}")


@dataclass(frozen=True)
class PhoneLine:
    """Attributes:
    number: as people dial it and posters print it; empty where there is no line.
    secrets: shared with the gateway, by version.
    """

    number: str = ""
    secrets: Mapping[int, bytes] = field(default_factory=dict, repr=False)


def read_phone_line(environ: Mapping[str, str]) -> PhoneLine:
    """The line as the environment names it; none where it names no number.

    Raises:
        CannotStart: the number cannot be dialled, or has no secrets.
    """
    number = environ.get(NUMBER, "").strip()
    if not number:
        return PhoneLine()
    if not _DIALLED.fullmatch(number):
        raise CannotStart(
            f"{NUMBER} is {number!r}; it must be a number as people dial it, like 1900 1075.",
            f"{NUMBER} đang là {number!r}; phải là số để người dân bấm gọi, ví dụ 1900 1075.",
        )
    return PhoneLine(number, read_ring(environ, SECRETS))


def demonstration_line(lookup: bytes) -> PhoneLine:
    """The line of a demonstration whose environment names none: its secret follows from a key it has anyway."""
    return PhoneLine(DEMONSTRATION_NUMBER, {1: hmac.digest(lookup, b"phone line of a demonstration", hashlib.sha256)})
