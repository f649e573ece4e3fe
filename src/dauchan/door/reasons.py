"""Why the door refuses something: a closed list, with status and words in ``reasons.json`` for every program to read."""

from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

from dauchan.visits.registry import AttemptReason


class Reason(StrEnum):
    """The reasons; those of single items first, then those of whole requests."""

    MALFORMED = "malformed"
    NOT_UUID7 = "not_uuid7"
    FORGED = "forged"
    FOREIGN = "foreign"
    OUTDATED = "outdated"
    VENUE_UNKNOWN = "venue_unknown"
    VENUE_NOT_OPEN = "venue_not_open"
    TOO_OLD = "too_old"
    ID_TAKEN = "id_taken"
    NOT_YOURS = "not_yours"
    BEFORE_ENTRY = "before_entry"
    CARD_UNKNOWN = "card_unknown"
    PERSON_UNKNOWN = "person_unknown"
    DEVICE_REVOKED = "device_revoked"
    UNOPENED = "unopened"
    UNDO_EARLY = "undo_early"
    NOT_JSON = "not_json"
    EMPTY = "empty"
    UNAUTHORIZED = "unauthorized"
    TOKEN_EXPIRED = "token_expired"  # noqa: S105 the name of a reason
    TICKET_REFUSED = "ticket_refused"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    WRONG_TYPE = "wrong_type"
    TOO_LARGE = "too_large"
    TOO_MANY_ITEMS = "too_many_items"
    BAD_DEVICE_TIME = "bad_device_time"
    TOO_SLOW = "too_slow"
    BAD_REQUEST = "bad_request"
    HEAD_TOO_LARGE = "head_too_large"
    TOO_MANY_REQUESTS = "too_many_requests"
    BUSY = "busy"
    UNAVAILABLE = "unavailable"
    CONSOLE_DOWN = "console_down"

    @property
    def said(self) -> "Said":
        return _table()[self.value]


class Said(msgspec.Struct, frozen=True):
    """How a reason is told: HTTP status where it refuses a whole request, and one sentence in each language."""

    status: int
    vi: str
    en: str


# Refusals of a scan that the ledger keeps as a scan attempt.
KEPT = {
    Reason.FORGED: AttemptReason.FORGED,
    Reason.FOREIGN: AttemptReason.FOREIGN,
    Reason.OUTDATED: AttemptReason.OUTDATED,
    Reason.VENUE_UNKNOWN: AttemptReason.VENUE_UNKNOWN,
    Reason.VENUE_NOT_OPEN: AttemptReason.VENUE_NOT_OPEN,
    Reason.TOO_OLD: AttemptReason.TOO_OLD,
    Reason.ID_TAKEN: AttemptReason.ID_TAKEN,
    Reason.CARD_UNKNOWN: AttemptReason.CARD_UNKNOWN,
    Reason.PERSON_UNKNOWN: AttemptReason.PERSON_UNKNOWN,
}
REASON_OF = {kept: reason for reason, kept in KEPT.items()}


@cache
def _table() -> dict[str, Said]:
    return msgspec.json.decode(files("dauchan.door").joinpath("reasons.json").read_bytes(), type=dict[str, Said])
