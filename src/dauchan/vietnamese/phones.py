"""Phone numbers as people write them, and as the gateway wants them: E.164."""

import re
import unicodedata
from enum import StrEnum

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from dauchan.vietnamese.folding import clean_text

_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
_LANDLINE = {PhoneNumberType.FIXED_LINE, PhoneNumberType.VOIP}

# In 2018 the eleven-digit mobile numbers lost a digit: the network's prefix changed, the last seven digits stayed.
_PREFIXES_OF_2018 = {
    "162": "32",
    "163": "33",
    "164": "34",
    "165": "35",
    "166": "36",
    "167": "37",
    "168": "38",
    "169": "39",
    "120": "70",
    "121": "79",
    "122": "77",
    "126": "76",
    "128": "78",
    "123": "83",
    "124": "84",
    "125": "85",
    "127": "81",
    "129": "82",
    "186": "56",
    "188": "58",
    "199": "59",
}
_SUBSCRIBER_DIGITS = 7
_VIETNAM = 84
_MOBILE_DIGITS = 9  # without the leading zero
_MOBILE_BEGINS = ("3", "5", "7", "8", "9")

# A number may be written with these between its digits; anything else is a slip that should be looked at.
_WRITTEN = re.compile(r"\+?[0-9\s().‐‑–-]*", re.ASCII)
_TRUNK = re.compile(r"(?:(?:\+|00)84\D*0?|0)?(\d*)", re.ASCII)
_HOTLINE = re.compile(r"(?:1800|1900)\d{4,6}", re.ASCII)


class PhoneRefusal(StrEnum):
    """Why a phone number was not taken. Closed: every reason has a sentence in Vietnamese and in English."""

    EMPTY = "empty"
    LETTERS = "letters"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    HOTLINE = "hotline"
    NOT_MOBILE = "not_mobile"
    UNKNOWN = "unknown"

    @property
    def vi(self) -> str:
        return _SENTENCES[self][0]

    @property
    def en(self) -> str:
        return _SENTENCES[self][1]


_SENTENCES = {
    PhoneRefusal.EMPTY: ("Chưa nhập số điện thoại.", "No phone number was entered."),
    PhoneRefusal.LETTERS: (
        "Số điện thoại chỉ gồm chữ số; có thể có dấu + ở đầu, dấu cách, dấu chấm hoặc gạch nối.",
        "A phone number has digits only; a + in front, spaces, dots and hyphens are fine.",
    ),
    PhoneRefusal.TOO_SHORT: (
        "Số điện thoại thiếu chữ số. Số di động Việt Nam có 10 chữ số, ví dụ 0905 123 456.",
        "The phone number lacks digits. A Vietnamese mobile number has 10 digits, for example 0905 123 456.",
    ),
    PhoneRefusal.TOO_LONG: (
        "Số điện thoại thừa chữ số. Số di động Việt Nam có 10 chữ số, ví dụ 0905 123 456.",
        "The phone number has too many digits. A Vietnamese mobile number has 10 digits, for example 0905 123 456.",
    ),
    PhoneRefusal.HOTLINE: (
        "Đây là số tổng đài (1800, 1900), không nhận được tin nhắn. Vui lòng nhập số di động.",
        "This is a hotline (1800, 1900), which receives no messages. Please enter a mobile number.",
    ),
    PhoneRefusal.NOT_MOBILE: (
        "Đây không phải số di động nên không nhận được tin nhắn. Vui lòng nhập số di động.",
        "This is not a mobile number, so it receives no messages. Please enter a mobile number.",
    ),
    PhoneRefusal.UNKNOWN: (
        "Không có mạng nào dùng đầu số này. Vui lòng kiểm tra lại số điện thoại.",
        "No network uses this prefix. Please check the phone number.",
    ),
}


class PhoneRefused(ValueError):
    """The text is no phone number that can be used; `reason` says why."""

    def __init__(self, reason: PhoneRefusal) -> None:
        super().__init__(reason.vi)
        self.reason = reason


def read_phone(text: str, *, landline: bool = False) -> str:
    """The number in E.164, for example `+84905123456`.

    Takes the usual ways of writing it (`0905.123.456`, `+84 (0)905…`, `84905…`, `0084…`, or without its leading zero
    as spreadsheets leave it), the eleven-digit numbers from before 2018, and foreign numbers that begin with `+` or
    `00`. With `landline`, fixed lines are taken too: a venue may publish one, but a visitor must receive a code.

    Raises:
        PhoneRefused: with one of the reasons of `PhoneRefusal`.
    """
    written = unicodedata.normalize("NFKC", clean_text(text))
    if not written:
        raise PhoneRefused(PhoneRefusal.EMPTY)
    if not _WRITTEN.fullmatch(written):
        raise PhoneRefused(PhoneRefusal.LETTERS)
    number = _parse(_renumbered(written))
    kind = phonenumbers.number_type(number)
    if kind in _LANDLINE and not landline:
        raise PhoneRefused(PhoneRefusal.NOT_MOBILE)
    if kind not in _MOBILE | _LANDLINE:
        raise PhoneRefused(_misfit(number))
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def show_phone(e164: str) -> str:
    """The number as people read it: `0905 123 456` for Vietnam, `+65 8123 4567` for others."""
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    shape = PhoneNumberFormat.NATIONAL if number.country_code == _VIETNAM else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, shape)


def _renumbered(written: str) -> str:
    """The digits as they are dialled today; hotlines, which have no E.164 form, are refused here."""
    digits = ("+" if written.startswith("+") else "") + re.sub(r"\D", "", written)
    match = _TRUNK.fullmatch(digits)
    national = match[1] if match else ""
    if _HOTLINE.fullmatch(national):
        raise PhoneRefused(PhoneRefusal.HOTLINE)
    prefix, subscriber = national[:3], national[3:]
    if prefix in _PREFIXES_OF_2018 and len(subscriber) == _SUBSCRIBER_DIGITS:
        return f"+84{_PREFIXES_OF_2018[prefix]}{subscriber}"
    return digits


def _parse(digits: str) -> PhoneNumber:
    try:
        number = phonenumbers.parse(digits, "VN")
    except phonenumbers.NumberParseException as error:
        too_long = error.error_type == phonenumbers.NumberParseException.TOO_LONG
        unknown = error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE
        reason = PhoneRefusal.UNKNOWN if unknown else PhoneRefusal.TOO_SHORT
        raise PhoneRefused(PhoneRefusal.TOO_LONG if too_long else reason) from None
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible == phonenumbers.ValidationResult.TOO_LONG:
        raise PhoneRefused(PhoneRefusal.TOO_LONG)
    if possible in {phonenumbers.ValidationResult.TOO_SHORT, phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY}:
        raise PhoneRefused(PhoneRefusal.TOO_SHORT)
    return number


def _misfit(number: PhoneNumber) -> PhoneRefusal:
    """Why no network has the number: the commonest slip is a digit too few or too many, so look for that first."""
    national = phonenumbers.national_significant_number(number).lstrip("0")  # kept by the library in short numbers
    if number.country_code != _VIETNAM or not national.startswith(_MOBILE_BEGINS) or len(national) == _MOBILE_DIGITS:
        return PhoneRefusal.UNKNOWN
    return PhoneRefusal.TOO_SHORT if len(national) < _MOBILE_DIGITS else PhoneRefusal.TOO_LONG
