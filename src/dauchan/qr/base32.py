"""Base32 (RFC 4648, capitals, no padding), which a QR code stores in its dense alphanumeric mode."""

import base64
import re

from dauchan.qr.refusals import CodeRefusal, CodeRefused

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
BITS = 5

_LETTERS = re.compile(r"[A-Z2-7]+", re.ASCII)
# Python's own base 32 digits, so that `int` reads the text at C speed.
_TO_DIGITS = str.maketrans(ALPHABET, "0123456789ABCDEFGHIJKLMNOPQRSTUV")


def length_of(byte_count: int) -> int:
    """Characters that `byte_count` bytes take."""
    return -(-byte_count * 8 // BITS)


def encode(raw: bytes) -> str:
    return base64.b32encode(raw).decode("ascii").rstrip("=")


def decode(text: str, byte_count: int) -> bytes:
    """The bytes of `text`, in capitals or not.

    Raises:
        CodeRefused: MALFORMED where length or letters are wrong, or where unused bits of the last letter are set
            (so that every code has exactly one spelling).
    """
    capitals = text.upper()
    if len(text) != length_of(byte_count) or not text.isascii() or not _LETTERS.fullmatch(capitals):
        raise CodeRefused(CodeRefusal.MALFORMED)
    number = int(capitals.translate(_TO_DIGITS), 32)
    spare = len(text) * BITS - byte_count * 8
    if number & ((1 << spare) - 1):
        raise CodeRefused(CodeRefusal.MALFORMED)
    return (number >> spare).to_bytes(byte_count, "big")
