"""Signed tokens that stand for a person: the phone's bearer token, the code shown at a gate, the printed control card.

Each is `DCx.` and base32, all in a QR code's dense alphanumeric mode. None holds anything personal: the numbers are random.
The bearer token is read by us alone and has a MAC; the other two a gate verifies without a network, so they are signed.
"""

import struct
from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from dauchan.qr import base32
from dauchan.qr.public_signing import SIGNATURE_BYTES, SigningRing, sign, unsigned
from dauchan.qr.refusals import CodeRefusal, CodeRefused
from dauchan.qr.signing import Keyring, Purpose, seal, unseal

MAX_PERSON_ID = 2**63 - 1
MAX_INSTANT = 2**32 - 1
PERSONAL_CODE_SECONDS = 60
# How far a gate's clock may be behind before a fresh code looks as if it came from the future.
CLOCK_SKEW_SECONDS = 60
_FIRST_DAY = date(1970, 1, 1)

_TIMED = struct.Struct(">QI")
_ON_PHONE = struct.Struct(">QIQ")
_UNDATED = struct.Struct(">Q")
_DATED = struct.Struct(">QH")


class _Token(Enum):
    """The kinds of tokens with the prefix each is written with."""

    # Names the phone it was given to; the longer text tells it from those of the releases that kept no phones.
    PERSON = "DCT.", Purpose(b"dauchan/person-token\x00", _ON_PHONE.size, mac_bytes=16)
    PERSONAL_CODE = "DCP.", Purpose(b"dauchan/personal-code\x00", _TIMED.size, SIGNATURE_BYTES)
    # A card's number and the day on which it ends; the longer text tells it from those printed before that day was in it.
    CARD = "DCC.", Purpose(b"dauchan/control-card\x00", _DATED.size, SIGNATURE_BYTES)

    def __init__(self, prefix: str, purpose: Purpose) -> None:
        self.prefix = prefix
        self.purpose = purpose


CARD_PREFIX = _Token.CARD.prefix
_UNDATED_CARD = Purpose(_Token.CARD.purpose.name, _UNDATED.size, SIGNATURE_BYTES)
_ON_NO_PHONE = Purpose(_Token.PERSON.purpose.name, _TIMED.size, _Token.PERSON.purpose.mac_bytes)
_PREFIX_LENGTH = 4
_KINDS = {kind.prefix: kind for kind in _Token}


class PersonToken(NamedTuple):
    """What a bearer token says; `phone_id` is 0 where it names no phone."""

    person_id: int
    expires_at: int
    phone_id: int


def make_person_token(person_id: int, expires_at: int, keyring: Keyring, phone_id: int = 0) -> str:
    """The bearer token with which a person's phone checks in at the door until `expires_at` (epoch seconds, exclusive).

    Raises:
        ValueError: a number is out of range.
    """
    payload = _timed(person_id, expires_at)
    if not phone_id:
        return _written(_Token.PERSON, seal(_ON_NO_PHONE, payload, keyring))
    return _written(_Token.PERSON, seal(_Token.PERSON.purpose, payload + struct.pack(">Q", phone_id), keyring))


def read_person_token(token: str, keyring: Keyring, now: int) -> int:
    """The person's id.

    Raises:
        CodeRefused: MALFORMED, WRONG_KIND, UNKNOWN_KEY, BAD_SIGNATURE or EXPIRED.
    """
    opened = open_person_token(token, keyring)
    if now >= opened.expires_at:
        raise CodeRefused(CodeRefusal.EXPIRED)
    return opened.person_id


def open_person_token(token: str, keyring: Keyring) -> PersonToken:
    """What the token says, for whoever remembers it and looks at the clock again.

    Raises:
        CodeRefused: MALFORMED, WRONG_KIND, UNKNOWN_KEY or BAD_SIGNATURE.
    """
    if len(token) == _PREFIX_LENGTH + base32.length_of(_ON_NO_PHONE.sealed_bytes):
        sealed = _sealed(_Token.PERSON, token, _ON_NO_PHONE)
        person_id, expires_at = _TIMED.unpack(unseal(_ON_NO_PHONE, sealed, keyring))
        return PersonToken(person_id, expires_at, 0)
    return PersonToken(*_ON_PHONE.unpack(unseal(_Token.PERSON.purpose, _sealed(_Token.PERSON, token), keyring)))


def make_personal_code(person_id: int, now: int, ring: SigningRing) -> str:
    """The code a person shows at a gate; good for a minute, so that a screenshot soon is not.

    Raises:
        ValueError: a number is out of range.
    """
    return _signed(_Token.PERSONAL_CODE, _timed(person_id, now + PERSONAL_CODE_SECONDS), ring)


def read_personal_code(text: str, public_keys: Mapping[int, bytes], now: int) -> int:
    """The person's id from a code shown at a gate at `now`; *public_keys* as `SigningRing.public_keys` gives them.

    Raises:
        CodeRefused: as `read_person_token`, and NOT_YET where the gate's clock is far behind.
    """
    person_id, expires_at = _TIMED.unpack(_verified(_Token.PERSONAL_CODE, text, public_keys))
    if now >= expires_at:
        raise CodeRefused(CodeRefusal.EXPIRED)
    if now < expires_at - PERSONAL_CODE_SECONDS - CLOCK_SKEW_SECONDS:
        raise CodeRefused(CodeRefusal.NOT_YET)
    return int(person_id)


def read_personal_code_later(text: str, public_keys: Mapping[int, bytes]) -> tuple[int, int]:
    """The person's id and when the code ran out (epoch seconds), of a code that a gate without a network took as fresh.

    Raises:
        CodeRefused: MALFORMED, WRONG_KIND, UNKNOWN_KEY or BAD_SIGNATURE.
    """
    person_id, expires_at = _TIMED.unpack(_verified(_Token.PERSONAL_CODE, text, public_keys))
    return int(person_id), int(expires_at)


def make_card_code(card_id: int, ring: SigningRing, expires_on: date | None = None) -> str:
    """The code of a printed control card. It lasts, so it may only ever be written with: it must open no history.

    Args:
        card_id: its number.
        ring: the keys that sign.
        expires_on: the first day on which it is no longer good; without one, the code of the cards of before.
    """
    if not 0 <= card_id <= MAX_PERSON_ID:
        raise ValueError("a card's number has 63 bits")
    if expires_on is None:
        return _written(_Token.CARD, sign(_UNDATED_CARD, _UNDATED.pack(card_id), ring))
    return _signed(_Token.CARD, _DATED.pack(card_id, (expires_on - _FIRST_DAY).days), ring)


def read_card_code(text: str, public_keys: Mapping[int, bytes]) -> int:
    """The card's id; whether the card is still good, the caller looks up.

    Raises:
        CodeRefused: MALFORMED, WRONG_KIND, UNKNOWN_KEY or BAD_SIGNATURE.
    """
    card_id, _expires_on = open_card_code(text, public_keys)
    return card_id


def open_card_code(text: str, public_keys: Mapping[int, bytes]) -> tuple[int, date | None]:
    """The card's id and the first day on which it is no longer good, for a gate that cannot look it up.

    None of a card that was printed before its code said so. Raises as `read_card_code`.
    """
    if len(text) == _PREFIX_LENGTH + base32.length_of(_UNDATED_CARD.sealed_bytes):
        sealed = _sealed(_Token.CARD, text, _UNDATED_CARD)
        (card_id,) = _UNDATED.unpack(unsigned(_UNDATED_CARD, sealed, public_keys))
        return int(card_id), None
    card_id, day = _DATED.unpack(_verified(_Token.CARD, text, public_keys))
    return int(card_id), _FIRST_DAY + timedelta(days=day)


def is_token(text: str) -> bool:
    """Whether `text` begins as any of these tokens does."""
    return text[:_PREFIX_LENGTH].upper() in _KINDS


def is_personal_code(text: str) -> bool:
    return text[:_PREFIX_LENGTH].upper() == _Token.PERSONAL_CODE.prefix


def is_card_code(text: str) -> bool:
    return text[:_PREFIX_LENGTH].upper() == _Token.CARD.prefix


def _timed(person_id: int, expires_at: int) -> bytes:
    if not 0 <= person_id <= MAX_PERSON_ID:
        raise ValueError("a person's id has 63 bits")
    if not 0 <= expires_at <= MAX_INSTANT:
        raise ValueError(f"{expires_at} is not an instant in epoch seconds before 2106")
    return _TIMED.pack(person_id, expires_at)


def _signed(kind: _Token, payload: bytes, ring: SigningRing) -> str:
    return _written(kind, sign(kind.purpose, payload, ring))


def _verified(kind: _Token, text: str, public_keys: Mapping[int, bytes]) -> bytes:
    return unsigned(kind.purpose, _sealed(kind, text), public_keys)


def _written(kind: _Token, sealed: bytes) -> str:
    return kind.prefix + base32.encode(sealed)


def _sealed(kind: _Token, text: str, purpose: Purpose | None = None) -> bytes:
    found = _KINDS.get(text[:_PREFIX_LENGTH].upper())
    if found is not kind:
        raise CodeRefused(CodeRefusal.WRONG_KIND if found else CodeRefusal.MALFORMED)
    return base32.decode(text[_PREFIX_LENGTH:], (purpose or kind.purpose).sealed_bytes)
