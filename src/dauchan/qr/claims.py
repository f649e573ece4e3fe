"""What a code that somebody carries says of them, and the dates in it."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dauchan.qr.refusals import CodeRefusal, CodeRefused

FIRST_YEAR = 1880  # nobody alive is older; a year before it is a misread

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", re.ASCII)
_LOCAL = re.compile(r"(?P<day>\d\d)(?P<between>/?)(?P<month>\d\d)(?P=between)(?P<year>\d{4})", re.ASCII)
_YEAR = re.compile(r"(?:0000)?(?P<year>\d{4})", re.ASCII)


class CarriedKind(StrEnum):
    NATIONAL_CODE = "national_code"
    IDENTITY_CARD_2021 = "identity_card_2021"
    IDENTITY_CARD_2024 = "identity_card_2024"
    INSURANCE_CARD_OLD = "insurance_card_old"
    INSURANCE_CARD_NEW = "insurance_card_new"
    PERSONAL_CODE = "personal_code"
    CONTROL_CARD = "control_card"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


_HASHED_AS = {
    CarriedKind.NATIONAL_CODE: "citizen",
    CarriedKind.IDENTITY_CARD_2021: "citizen",
    CarriedKind.IDENTITY_CARD_2024: "citizen",
    CarriedKind.INSURANCE_CARD_OLD: "insured",
    CarriedKind.INSURANCE_CARD_NEW: "insured",
    CarriedKind.PERSONAL_CODE: "ours",
    CarriedKind.CONTROL_CARD: "ours",
}


@dataclass(frozen=True)
class CarriedCode:
    """A claim, not a credential: the few fields of a carried code that serve tracing. Its text is not kept.

    Personal fields stay out of `repr`, for representations end up in logs.

    Attributes:
        kind: What sort of code it was.
        number: Number of the document, to be stored as keyed hash only. For one of our own codes, the code itself,
            which `read_personal_code` or `read_card_code` then verifies.
        full_name: As written there; the national code writes it in capitals without diacritics. Empty for our codes.
        born_on: Day of birth where the code gives one.
        birth_year: Year of birth where the code gives any.
        sex: Where the code gives it in a form we know.
        address: As written at the time of issue, on the administrative map of that time.
        issued_on: Day the identity card was issued.
        proxy: The national code was declared by somebody else on this person's behalf.
    """

    kind: CarriedKind
    number: str = field(repr=False)
    full_name: str = field(default="", repr=False)
    born_on: date | None = field(default=None, repr=False)
    birth_year: int | None = field(default=None, repr=False)
    sex: Sex | None = field(default=None, repr=False)
    address: str = field(default="", repr=False)
    issued_on: date | None = field(default=None, repr=False)
    proxy: bool = False

    @property
    def subject(self) -> str:
        """What goes through the keyed hash: the same for all documents that carry the same number of one person."""
        return f"{_HASHED_AS[self.kind]}:{self.number}"

    @property
    def masked_number(self) -> str:
        """The number as a gate may show it: the first six characters hidden, as decision 1405/QĐ-BTTTT has it."""
        return "•" * min(6, len(self.number)) + self.number[6:]


def read_day(text: str) -> date:
    """A day written `YYYY-MM-DD`, `ddmmyyyy` or `dd/mm/yyyy`.

    Raises:
        CodeRefused: IMPOSSIBLE_DATE for one that is not in the calendar; BROKEN_CARD for anything else.
    """
    match = _ISO.fullmatch(text) or _LOCAL.fullmatch(text)
    if match is None:
        raise CodeRefused(CodeRefusal.BROKEN_CARD)
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise CodeRefused(CodeRefusal.IMPOSSIBLE_DATE) from None
    _check_year(day.year)
    return day


def read_birth(text: str) -> tuple[date | None, int]:
    """Day, where it is known, and year of birth. Some people have a year only, written `1950` or `00001950`.

    Raises:
        CodeRefused: as `read_day`.
    """
    year_only = _YEAR.fullmatch(text)
    if year_only:
        return None, _check_year(int(year_only["year"]))
    day = read_day(text)
    return day, day.year


def _check_year(year: int) -> int:
    if year < FIRST_YEAR:
        raise CodeRefused(CodeRefusal.IMPOSSIBLE_DATE)
    return year
