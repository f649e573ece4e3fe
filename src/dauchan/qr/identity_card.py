"""The national personal code (decision 1405/QĐ-BTTTT of 2021) and identity cards with chip of 2021 and 2024."""

import re

from dauchan.qr.claims import CarriedCode, CarriedKind, Sex, read_birth, read_day
from dauchan.qr.garbled import mend_name, mend_words
from dauchan.qr.refusals import CodeRefusal, CodeRefused

_NUMBER = re.compile(r"[A-Z0-9]{6,20}", re.ASCII)  # identity card, older identity card or passport
_PERSONAL_NUMBER = re.compile(r"\d{12}", re.ASCII)
_DAY = re.compile(r"[\d*]{4}-[\d*]{2}-[\d*]{2}", re.ASCII)
_DIGITS_OF_DAY = re.compile(r"\d{8}", re.ASCII)
_NATIONAL_PARTS = 6
_CARD_2021_PARTS = 7
_SEXES = {"nam": Sex.MALE, "nữ": Sex.FEMALE, "nu": Sex.FEMALE}


def is_national_code(parts: list[str]) -> bool:
    return len(parts) == _NATIONAL_PARTS and _DAY.fullmatch(parts[2]) is not None


def read_national_code(parts: list[str]) -> CarriedCode:
    """`number|NAME|YYYY-MM-DD|0 or 1|QID|EXT`. EXT is left unread: the order of its parts is not published.

    Raises:
        CodeRefused: MASKED, BROKEN_CARD, IMPOSSIBLE_DATE or BROKEN_LETTERS.
    """
    number, name, birth, declared_by = parts[:4]
    if "*" in number + birth:
        raise CodeRefused(CodeRefusal.MASKED)
    if not _NUMBER.fullmatch(number.upper()) or declared_by not in {"0", "1"}:
        raise CodeRefused(CodeRefusal.BROKEN_CARD)
    born_on, birth_year = read_birth(birth)
    return CarriedCode(
        kind=CarriedKind.NATIONAL_CODE,
        number=number.upper(),
        full_name=mend_name(name),
        born_on=born_on,
        birth_year=birth_year,
        proxy=declared_by == "1",
    )


def is_identity_card(parts: list[str]) -> bool:
    return len(parts) > 1 and _PERSONAL_NUMBER.fullmatch(parts[0]) is not None


def read_identity_card(parts: list[str]) -> CarriedCode:
    """`id|old id|name|ddmmyyyy|sex|address|issued`, and on cards of 2024 more, which is discarded unread.

    Some readers leave the old number out altogether, so the birth date tells where the fields begin.

    Raises:
        CodeRefused: BROKEN_CARD, IMPOSSIBLE_DATE or BROKEN_LETTERS.
    """
    name_at = _place_of_name(parts)
    name, birth, sex, address, issued = [*parts[name_at:], "", "", "", ""][:5]
    born_on, birth_year = read_birth(birth)
    return CarriedCode(
        kind=CarriedKind.IDENTITY_CARD_2024 if len(parts) > _CARD_2021_PARTS else CarriedKind.IDENTITY_CARD_2021,
        number=parts[0],
        full_name=mend_name(name),
        born_on=born_on,
        birth_year=birth_year,
        sex=_SEXES.get(mend_words(sex).casefold()),
        address=mend_words(address),
        issued_on=read_day(issued) if issued else None,
    )


def _place_of_name(parts: list[str]) -> int:
    for name_at in (2, 1):
        if len(parts) > name_at + 1 and _DIGITS_OF_DAY.fullmatch(parts[name_at + 1]):
            return name_at
    raise CodeRefused(CodeRefusal.BROKEN_CARD)
