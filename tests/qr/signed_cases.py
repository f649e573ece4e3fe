"""Makes signed.json: signed codes, good and bad, with what a gate must say of each, in Python and in TypeScript.

Run `python -m tests.qr.signed_cases` after a change of the layout; the seeds here sign nothing but these cases.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from dauchan.qr import SigningRing, make_card_code, make_personal_code

FILE = Path(__file__).with_name("signed.json")
NOW = 1_790_000_000
RING = SigningRing(2, {1: bytes(range(32)), 2: bytes(range(32, 64))})
OLD = SigningRing(1, {1: RING.seeds[1]})
STRANGER = SigningRing(2, {2: bytes(range(64, 96))})
RETIRED = SigningRing(9, {9: bytes(range(96, 128))})
LARGEST = 2**63 - 1


def changed(code: str, at: int) -> str:
    return code[:at] + ("B" if code[at] == "A" else "A") + code[at + 1 :]


def spare_bit_set(code: str) -> str:
    """The same bytes spelt with an unused bit of the last letter set."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    return code[:-1] + alphabet[alphabet.index(code[-1]) | 1]


def altered(code: str, byte: int, value: int) -> str:
    raw = bytearray(base64.b32decode(code[4:] + "=" * (-len(code[4:]) % 8)))
    raw[byte] = value
    return code[:4] + base64.b32encode(bytes(raw)).decode().rstrip("=")


def cards() -> list[dict[str, Any]]:
    card = make_card_code(123_456_789_012, RING)
    return [
        read("a card", card, 123_456_789_012),
        read("a card typed in small letters", card.lower(), 123_456_789_012),
        read("a card of an older key", make_card_code(5, OLD), 5),
        read("the smallest number", make_card_code(0, RING), 0),
        read("the largest number", make_card_code(LARGEST, RING), LARGEST),
        refused("a card that somebody else signed", make_card_code(5, STRANGER), "bad_signature"),
        refused("another card's number under this signature", altered(card, 8, 1), "bad_signature"),
        refused("another key's number under this signature", altered(card, 0, 1), "bad_signature"),
        refused("a changed letter", changed(card, 60), "bad_signature"),
        refused("a key that is no longer in use", make_card_code(5, RETIRED), "unknown_key"),
        refused("a letter is missing", card[:-1], "malformed"),
        refused("a letter too many", card + "A", "malformed"),
        refused("a letter that base 32 has not", card[:20] + "0" + card[21:], "malformed"),
        refused("a second spelling", spare_bit_set(card), "malformed"),
        refused("nothing after the prefix", "DCC.", "malformed"),
        refused("no code of ours", "https://example.vn/", "malformed"),
        refused("nothing at all", "", "malformed"),
        refused("a personal code where a card is asked for", make_personal_code(5, NOW, RING), "wrong_kind"),
        refused("a personal code with a card's prefix", "DCC." + make_personal_code(5, NOW, RING)[4:], "malformed"),
    ]


def personal_codes() -> list[dict[str, Any]]:
    code = make_personal_code(987_654_321, NOW, RING)
    kind = "personal"
    return [
        read("a personal code", code, 987_654_321, kind),
        read("in its last second", code, 987_654_321, kind, at=NOW + 59),
        read("a gate whose clock is a minute behind", code, 987_654_321, kind, at=NOW - 60),
        read("of an older key", make_personal_code(7, NOW, OLD), 7, kind),
        read("the largest number", make_personal_code(LARGEST, NOW, RING), LARGEST, kind),
        refused("a screenshot", code, "expired", kind, at=NOW + 60),
        refused("a gate whose clock is further behind", code, "not_yet", kind, at=NOW - 61),
        refused("its end moved on by a day", altered(code, 10, 0x6B), "bad_signature", kind),
        refused("that somebody else signed", make_personal_code(7, NOW, STRANGER), "bad_signature", kind),
        refused("a forged one that is old as well", make_personal_code(7, 1, STRANGER), "bad_signature", kind),
        refused("a key that is no longer in use", make_personal_code(7, NOW, RETIRED), "unknown_key", kind),
        refused("a card", make_card_code(7, RING), "wrong_kind", kind),
        refused("a card with a personal code's prefix", "DCP." + make_card_code(7, RING)[4:], "malformed", kind),
    ]


def read(name: str, text: str, number: int, kind: str = "card", at: int = NOW) -> dict[str, Any]:
    return {"name": name, "kind": kind, "text": text, "at": at, "number": str(number), "refusal": None}


def refused(name: str, text: str, refusal: str, kind: str = "card", at: int = NOW) -> dict[str, Any]:
    return {"name": name, "kind": kind, "text": text, "at": at, "number": None, "refusal": refusal}


def signed_cases() -> dict[str, Any]:
    """All of signed.json: public keys by version (base64url without padding), and the cases; `at` is epoch seconds."""
    keys = {
        str(version): base64.urlsafe_b64encode(key).decode().rstrip("=") for version, key in RING.public_keys.items()
    }
    return {"public_keys": keys, "cases": [*cards(), *personal_codes()]}


if __name__ == "__main__":
    FILE.write_text(json.dumps(signed_cases(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
