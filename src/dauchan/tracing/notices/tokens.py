"""What ties a notice to the phones that were there, and to nobody else.

A venue's poster carries 96 bits that only our key makes (`dauchan.qr.venue_code`). A phone that scanned it keeps the code in
its diary. From the code, the edition's salt and the local day both sides derive a token, by which the phone finds the
notice, and a key, which opens the exact hours. Without the code neither can be guessed: numbers, names and addresses of all
venues are no dictionary for it. Slow hashing would add nothing to 96 bits.

The twin for phones is client/src/visitor/exposures/tokens.ts; examples for both stand in tests/notices/matching.json.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    import datetime as dt

TOKEN_BYTES = 16
NONCE_BYTES = 12
_TOKEN, _KEY = b"dauchan/notice-token\x00", b"dauchan/notice-key\x00"
_HOURS = struct.Struct(">II")
_VERSION = struct.Struct(">H")
_EPOCH_DAY = 719_163  # 1 January 1970, as `date.toordinal` counts


def token_of(code: str, salt: bytes, day: dt.date) -> bytes:
    """What a visit of that local day is found by."""
    return _derived(_TOKEN, code, salt, day)[:TOKEN_BYTES]


def seal_hours(code: str, salt: bytes, day: dt.date, notice: tuple[bytes, int], hours: tuple[int, int]) -> bytes:
    """The hours, epoch seconds, for whoever holds the code.

    Args:
        code: 31 capitals and digits, as on the poster.
        salt: of the edition, 16 random bytes; a new one for each, so that no token lasts longer than its edition.
        day: the local day for which the key is made.
        notice: its public number, 16 random bytes, and its version: no two notices have a nonce in common.
        hours: half-open.
    """
    number, version = notice
    cipher = AESGCM(_derived(_KEY, code, salt, day))
    return cipher.encrypt(number[:NONCE_BYTES], _HOURS.pack(*hours), number + _VERSION.pack(version))


def open_hours(
    code: str, salt: bytes, day: dt.date, notice: tuple[bytes, int], sealed: bytes
) -> tuple[int, int] | None:
    """The hours, or None if this code does not open them."""
    number, version = notice
    cipher = AESGCM(_derived(_KEY, code, salt, day))
    try:
        start, end = _HOURS.unpack(cipher.decrypt(number[:NONCE_BYTES], sealed, number + _VERSION.pack(version)))
    except InvalidTag:
        return None
    return start, end


def _derived(purpose: bytes, code: str, salt: bytes, day: dt.date) -> bytes:
    said = purpose + salt + struct.pack(">I", day.toordinal() - _EPOCH_DAY)
    return hmac.digest(code.encode(), said, hashlib.sha256)
