"""How often one number may write or call. The first message too many is told so, the next ones get no answer at all:
an answer costs money, and two machines that answer each other would never end.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.core.cache import cache

from dauchan.people.encryption import keyed_hash
from dauchan.visits import rules


@dataclass(frozen=True)
class Limit:
    name: str
    most: int
    seconds: int


#: As many check-ins as the ledger takes for a visitor's pace.
MESSAGES = Limit("messages", rules.PACE_SCANS, rules.PACE_MINUTES * 60)
#: The codes of the line have eight digits and can be guessed.
WRONG_CODES = Limit("wrong-codes", 10, 3600)
TOLD = Limit("told", 1, 3600)


class Admission(Enum):
    ADMITTED = "admitted"
    FIRST_TOO_MANY = "first too many"
    TOO_MANY = "too many"


def admit(phone: str, now: float) -> Admission:
    """Count one more message of *phone* (E.164); *now* in epoch seconds."""
    counted = _count(MESSAGES, phone, now)
    if counted <= MESSAGES.most and cache.get(_key(WRONG_CODES, phone, now), 0) < WRONG_CODES.most:
        return Admission.ADMITTED
    is_first = cache.add(_key(TOLD, phone, now), 1, TOLD.seconds)
    return Admission.FIRST_TOO_MANY if is_first else Admission.TOO_MANY


def count_wrong_code(phone: str, now: float) -> None:
    _count(WRONG_CODES, phone, now)


def _count(limit: Limit, phone: str, now: float) -> int:
    key = _key(limit, phone, now)
    counted: int = cache.get(key, 0) + 1
    cache.set(key, counted, limit.seconds)
    return counted


def _key(limit: Limit, phone: str, now: float) -> str:
    """Counted within fixed stretches of time, so that going on does not prolong them."""
    stretch = int(now // limit.seconds)
    return f"phone-line-{limit.name}:{stretch}:{keyed_hash(phone, 'phone-line').hex()}"
