"""Closed lists of the ledger: what may stand in its small numbers.

The numbers are stored in the database and must never change their meaning; a new one is added at the end. The words for
people, Vietnamese and English, stand in ``registry.json`` under the same names, so that TypeScript reads the very same
lists. Nothing here needs Django: the door imports this module.
"""

import json
from enum import IntEnum, IntFlag
from functools import cache
from importlib.resources import files
from typing import TypedDict


class Label(IntFlag):
    """What is remarkable about a recorded event; a mark, never a reason to drop it."""

    OFFLINE = 1
    LATE = 2
    CLOCK_SKEW = 4
    VENUE_SUSPENDED = 8
    VENUE_CLOSED = 16
    PACE = 32
    CLAMPED = 64
    SHORT_STAY = 128
    LONG_STAY = 256
    UNMATCHED = 512
    OUT_OF_HOURS = 1024
    IMPOSSIBLE_TRAVEL = 2048
    REMOTE = 4096
    CROWD = 8192
    REVOKED_DEVICE = 16384
    BESIDE_GATE = 32768
    REVOKED_CARD = 65536
    SIGNED_OUT = 131072


class Source(IntEnum):
    """How a check-in came to be."""

    POSTER = 1
    LINK = 2
    TYPED = 3
    GATE = 4
    IMPORTED = 5
    SIMULATED = 6
    CALL = 7
    TEXT = 8


class Assurance(IntEnum):
    """How sure we are that the person was who the ledger says."""

    CLAIMED = 1
    PHONE = 2
    CARD = 3
    VERIFIED = 4


class Closer(IntEnum):
    """Who or what ended a visit; the last two are derived when the ledger is read, but for an entry that a gate saw."""

    VISITOR = 1
    GATE = 2
    VENUE = 3
    NEXT_CHECK_IN = 4
    DEFAULT_STAY = 5


class AttemptReason(IntEnum):
    """Why a scan failed."""

    UNREADABLE = 1
    FORGED = 2
    FOREIGN = 3
    VENUE_UNKNOWN = 4
    VENUE_NOT_OPEN = 5
    NO_CAMERA = 6
    TOO_OLD = 7
    ID_TAKEN = 8
    OUTDATED = 9
    EXPIRED = 10
    CARD_REVOKED = 11
    CARD_UNKNOWN = 12
    PERSON_UNKNOWN = 13
    NOT_INSIDE = 14


class Words(TypedDict):
    """One sentence in both languages."""

    vi: str
    en: str


@cache
def registry() -> dict[str, dict[str, Words]]:
    """The words of every list: ``registry()["label"]["offline"]["vi"]``."""
    text = files("dauchan.visits").joinpath("registry.json").read_text(encoding="utf-8")
    words: dict[str, dict[str, Words]] = json.loads(text)
    return words


@cache
def label_names(labels: int) -> tuple[str, ...]:
    """The names of the bits set in ``labels``, in the order of their numbers."""
    return tuple(str(label.name).lower() for label in Label if label & labels)
