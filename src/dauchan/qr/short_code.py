"""The code that a person can read aloud and type: eight characters of Crockford's base 32, the last one a check."""

import secrets

from dauchan.qr.refusals import CodeRefusal, CodeRefused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8

_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
# What people write for a digit, and the dashes and spaces they put between.
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", **dict.fromkeys(" -\u00a0\u2010\u2011\u2012\u2013\u2014.")})


def make_short_code() -> str:
    """A new random code, `XXXX-XXXX`: 35 random bits; the caller sees to it that it is not in use."""
    values = [secrets.randbelow(len(ALPHABET)) for _ in range(LENGTH - 1)]
    return _written([*values, _check_value(values)])


def read_short_code(text: str) -> str:
    """The code as it is printed, `XXXX-XXXX`, from what somebody typed (small letters, O for 0, no dash …).

    Raises:
        CodeRefused: MISTYPED. One wrong character and two swapped ones are always found.
    """
    typed = text.upper().translate(_READ_AS)
    if len(typed) != LENGTH or not set(typed) <= _VALUES.keys():
        raise CodeRefused(CodeRefusal.MISTYPED)
    values = [_VALUES[letter] for letter in typed]
    if _check_value(values[:-1]) != values[-1]:
        raise CodeRefused(CodeRefusal.MISTYPED)
    return _written(values)


def _written(values: list[int]) -> str:
    letters = "".join(ALPHABET[value] for value in values)
    return f"{letters[: LENGTH // 2]}-{letters[LENGTH // 2 :]}"


def _check_value(values: list[int]) -> int:
    """Sum of v·2^i over GF(32), as in a Reed-Solomon code with one check symbol.

    Each place has its own non-zero weight, so a wrong character or a swap of any two changes the sum.
    """
    total = 0
    for value in values:
        total = _doubled(total ^ value)
    return total


def _doubled(value: int) -> int:
    """2·v in GF(32) with the primitive polynomial x^5 + x^2 + 1."""
    shifted = value << 1
    return shifted ^ 0b100101 if shifted & 0b100000 else shifted
