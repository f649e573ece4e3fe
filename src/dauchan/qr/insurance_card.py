"""Health insurance cards (BHYT): 15 fields on the old card, 17 on that of 2021, names as hexadecimal UTF-8, `$` at the end."""

import re

from dauchan.qr.claims import CarriedCode, CarriedKind, Sex, read_birth
from dauchan.qr.garbled import mend_name, mend_words
from dauchan.qr.refusals import CodeRefusal, CodeRefused

# The old number is a benefit code and a province before the ten digits of the person, which the new card prints alone.
_NUMBER = re.compile(r"(?:[A-Z]{2}\d{3})?(?P<person>\d{10})", re.ASCII)
_OLD_PARTS = 15
_NEW_PARTS = 17
_ADDRESS_OLD = 4
_ADDRESS_NEW = 15
_EMPTY = "-"
_SEXES = {"1": Sex.MALE, "2": Sex.FEMALE}


def is_insurance_card(parts: list[str]) -> bool:
    return len(parts) > 1 and parts[-1] == "$"


def read_insurance_card(parts: list[str]) -> CarriedCode:
    """Number, name, birth, sex and address of the holder; validity, clinic and benefits are no business of a gate.

    Raises:
        CodeRefused: BROKEN_CARD, IMPOSSIBLE_DATE or BROKEN_LETTERS.
    """
    number = _NUMBER.fullmatch(parts[0].upper())
    if number is None or len(parts) < _OLD_PARTS:
        raise CodeRefused(CodeRefusal.BROKEN_CARD)
    new = len(parts) >= _NEW_PARTS
    born_on, birth_year = read_birth(parts[2])
    return CarriedCode(
        kind=CarriedKind.INSURANCE_CARD_NEW if new else CarriedKind.INSURANCE_CARD_OLD,
        number=number["person"],
        full_name=mend_name(_from_hex(parts[1])),
        born_on=born_on,
        birth_year=birth_year,
        sex=_SEXES.get(parts[3]),
        address=mend_words(_from_hex(parts[_ADDRESS_NEW if new else _ADDRESS_OLD])),
    )


def _from_hex(text: str) -> str:
    if text in {"", _EMPTY}:
        return ""
    try:
        return bytes.fromhex(text).decode("utf-8")
    except ValueError:
        raise CodeRefused(CodeRefusal.BROKEN_LETTERS) from None
