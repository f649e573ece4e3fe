"""A gate's scan as the ledger's function `door_gate_scan` takes it. Pure: door and console make the same rows."""

from datetime import datetime
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID


class Direction(IntEnum):
    """What the gate did."""

    IN = 1
    OUT = 2
    UNDO = 3
    FAILED = 4


class Subject(IntEnum):
    """How the row says whose scan it is."""

    NOBODY = 0
    PERSON = 1
    DOCUMENT = 2
    PHONE = 3
    CARD = 4


class Quarantine(IntEnum):
    """Why a scan waits for a person's decision; an early undo waits for the scan it takes back."""

    NONE = 0
    REVOKED_DEVICE = 1
    UNOPENED = 2
    MALFORMED = 3
    EARLY_UNDO = 4


class Shown(NamedTuple):
    """Whom a gate was shown, as the row says it.

    Attributes:
        number: a person's or a card's.
        kind: of a document.
        hashed: keyed hash of a document's or a phone's number.
        phone: the phone, encrypted for whoever is new.
        labels: what is remarkable about the code.
        reason: an AttemptReason where the scan is worth no visit, else 0.
    """

    subject: Subject = Subject.NOBODY
    assurance: int = 1
    number: int = 0
    kind: str | None = None
    hashed: bytes | None = None
    phone: bytes | None = None
    labels: int = 0
    reason: int = 0


NOBODY = Shown()


class GateItem(NamedTuple):
    """A row of the type `door_gate_item`, in its order.

    Attributes:
        at: the time that counts; microseconds since the epoch or an instant, as its writer needs it.
        new_person_id: for somebody never seen before.
        sealed: what the gate sealed, should it have to wait.
    """

    scan_id: UUID
    device_id: int
    venue_id: int
    at: int | datetime
    device_at: int | datetime
    received_at: int | datetime
    labels: int
    direction: int
    subject: int
    assurance: int
    reason: int
    quarantine: int
    subject_number: int
    new_person_id: int
    subject_kind: str | None
    subject_hash: bytes | None
    phone: bytes | None
    undoes: UUID | None
    sealed: bytes | None
