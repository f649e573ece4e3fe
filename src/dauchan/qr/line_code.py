"""The code of a venue that telephone keys can type: eight digits, the last one a check.

The first seven are the venue's number, shuffled with a key: nobody learns from one poster what the next venue's code is,
and the code stays the same when a poster is issued anew. It is shorter than the short code in decimal, which would have
eleven digits, and needs no column of its own. Guessing stays possible (a province of 20,000 venues uses one code in 500),
so whoever takes these codes limits wrong ones and believes a check-in no more than any claim.
"""

import hashlib
import hmac

from dauchan.qr.refusals import CodeRefusal, CodeRefused

LENGTH = 8
#: Venue numbers are below this.
MOST_VENUES = 10**7

_LEFT, _RIGHT = 10**4, 10**3
_ROUNDS = 8
_BETWEEN = dict.fromkeys(map(ord, " -.\u00a0\u2010\u2011\u2012\u2013\u2014"))


def make_line_code(venue_id: int, key: bytes) -> str:
    """The code as it is printed, `1234 5678`.

    Raises:
        ValueError: the venue's number has more than seven digits.
    """
    if not 0 <= venue_id < MOST_VENUES:
        raise ValueError(f"venue {venue_id} has no line code: its number has more than seven digits")
    left, right = divmod(venue_id, _RIGHT)
    for turn in range(_ROUNDS):
        if turn % 2:
            right = (right + _mixed(key, turn, left)) % _RIGHT
        else:
            left = (left + _mixed(key, turn, right)) % _LEFT
    digits = f"{left * _RIGHT + right:07d}"
    code = digits + _check_digit(digits)
    return f"{code[:4]} {code[4:]}"


def read_line_code(text: str, key: bytes) -> int:
    """The venue's number from what somebody typed.

    Raises:
        CodeRefused: MISTYPED. One wrong digit is always found, two swapped neighbours nearly always.
    """
    digits = text.translate(_BETWEEN)
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()):
        raise CodeRefused(CodeRefusal.MISTYPED)
    if _check_digit(digits[:-1]) != digits[-1]:
        raise CodeRefused(CodeRefusal.MISTYPED)
    left, right = divmod(int(digits[:-1]), _RIGHT)
    for turn in reversed(range(_ROUNDS)):
        if turn % 2:
            right = (right - _mixed(key, turn, left)) % _RIGHT
        else:
            left = (left - _mixed(key, turn, right)) % _LEFT
    return left * _RIGHT + right


def _mixed(key: bytes, turn: int, half: int) -> int:
    """A round of the Feistel network, as in NIST SP 800-38G; the domain is far too small for secrecy, not for shuffling."""
    return int.from_bytes(hmac.digest(key, b"%d|%d" % (turn, half), hashlib.sha256)[:8], "big")


def _check_digit(digits: str) -> str:
    """ISO/IEC 7064, MOD 11,10."""
    carried = 10
    for digit in digits:
        carried = (((carried + int(digit)) % 10 or 10) * 2) % 11
    return str((11 - carried) % 10)
