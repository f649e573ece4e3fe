"""Codes that people carry to a gate: which kind it is, and reading it.

A printed card proves nothing to us. What is read here is a claim: the number goes through a keyed hash, a few fields are
kept for their purpose, and the raw text is never kept.
"""

from dauchan.qr import tokens, venue_code
from dauchan.qr.claims import CarriedCode, CarriedKind
from dauchan.qr.garbled import mend_text
from dauchan.qr.identity_card import is_identity_card, is_national_code, read_identity_card, read_national_code
from dauchan.qr.insurance_card import is_insurance_card, read_insurance_card
from dauchan.qr.refusals import CodeRefusal, CodeRefused

MAX_TEXT = 4096  # the largest QR code holds 4,296 characters; nothing that people carry comes near

_CARDS = (
    (is_insurance_card, read_insurance_card),
    (is_national_code, read_national_code),
    (is_identity_card, read_identity_card),
)


def read_carried_code(text: str) -> CarriedCode:
    """What a code says that somebody shows at a gate, whatever its kind.

    One of our own codes comes back with its text as `number`, still to be verified by `read_personal_code` or
    `read_card_code`.

    Args:
        text: As the scanner gave it; stray zero bytes and the usual garblings of Vietnamese letters are put right.

    Raises:
        CodeRefused: with a reason whose sentence names entering the details by hand as the way on.
    """
    mended = mend_text(text[:MAX_TEXT])
    parts = [part.strip() for part in mended.split("|")]
    for matches, read in _CARDS:
        if matches(parts):
            return read(parts)
    if tokens.is_personal_code(mended):
        return CarriedCode(CarriedKind.PERSONAL_CODE, mended.upper())
    if tokens.is_card_code(mended):
        return CarriedCode(CarriedKind.CONTROL_CARD, mended.upper())
    raise CodeRefused(_reason(mended))


def _reason(text: str) -> CodeRefusal:
    if not text:
        return CodeRefusal.EMPTY
    if tokens.is_token(text) or venue_code.is_venue_url(text):
        return CodeRefusal.WRONG_KIND
    if text.startswith("HC1:"):
        return CodeRefusal.EU_CERTIFICATE
    # What a VNeID code holds is not published; those seen name the application. Others fall to the general refusal.
    return CodeRefusal.VNEID if "vneid" in text.casefold() else CodeRefusal.UNKNOWN_CARD
