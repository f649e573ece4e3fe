"""What a gate keeper's device writes: in, out, and taking the last one back; through the function that the door calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from dauchan.people.encryption import encrypt
from dauchan.people.sealing import random_person_id
from dauchan.visits.gate_items import NOBODY, Direction, GateItem, Quarantine, Shown, Subject
from dauchan.visits.models import CheckIn, CheckOut, Visit
from dauchan.visits.partitions import local_day, midnight

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import datetime

    from dauchan.visits.registry import Assurance, AttemptReason

RECORDED, REPEATED, REFUSED = 1, 2, 3
_PLACES = ", ".join(["%s"] * len(GateItem._fields))


@dataclass(frozen=True)
class GateScan:
    """A scan as the gate's device sent it.

    Attributes:
        id: UUIDv7 made by the device; recording it twice is harmless.
        at: when the server received it.
    """

    id: uuid.UUID
    venue_id: int
    device_id: int
    at: datetime


class Recorded(NamedTuple):
    """What became of a scan: 1 recorded, 2 repeated, 3 refused, 4 set aside, with the reason."""

    outcome: int
    labels: int
    reason: int


def record_items(items: Sequence[GateItem], *, released: bool = False) -> list[Recorded]:
    """Record what gates handed in, whose instants are `datetime`; `released`: a person decided that it counts."""
    rows = ", ".join([f"ROW({_PLACES})::door_gate_item"] * len(items))
    question = f"SELECT outcome, labels, reason FROM gate_record(ARRAY[{rows}], %s, %s)"  # noqa: S608 only places
    with connection.cursor() as cursor:
        cursor.execute(question, [value for item in items for value in item] + [encrypt(""), released])
        return [Recorded(*row) for row in cursor.fetchall()]


def record_entry(scan: GateScan, person_id: int, assurance: Assurance) -> bool:
    """False where the venue takes no check-ins or the identifier is somebody else's; the ledger keeps the attempt."""
    shown = Shown(Subject.PERSON, int(assurance), person_id)
    return record_items([_item(scan, Direction.IN, shown)])[0].outcome in {RECORDED, REPEATED}


def record_exit(scan: GateScan, person_id: int) -> None:
    """The person left: this ends their last entry here, also one that arrives later."""
    record_items([_item(scan, Direction.OUT, Shown(Subject.PERSON, number=person_id))])


def record_undo(scan: GateScan, undoes: uuid.UUID) -> bool:
    """Take back a scan of the same device. An entry is ended at the instant it began; after an exit the person enters again."""
    return record_items([_item(scan, Direction.UNDO, undoes=undoes)])[0].outcome in {RECORDED, REPEATED}


def record_failure(scan: GateScan, reason: AttemptReason) -> None:
    """Keep a scan that the gate refused."""
    record_items([_item(scan, Direction.FAILED, Shown(reason=int(reason)))])


def _item(scan: GateScan, direction: Direction, shown: Shown = NOBODY, undoes: uuid.UUID | None = None) -> GateItem:
    return GateItem(
        *(scan.id, scan.device_id, scan.venue_id, scan.at, scan.at, scan.at, shown.labels, int(direction)),
        *(int(shown.subject), shown.assurance, shown.reason, int(Quarantine.NONE), shown.number, random_person_id()),
        *(shown.kind, shown.hashed, shown.phone, undoes, None),
    )


def visit_inside(person_id: int, venue_id: int, now: datetime) -> Visit | None:
    """The visit that this person has begun at this venue today or yesterday and nobody has ended.

    The usual stay plays no part here: who is still inside is known to a gate by the missing exit.
    """
    since = midnight(local_day(now)) - timedelta(days=1)
    begun = Visit.objects.filter(person_id=person_id, venue_id=venue_id, entered_at__gte=since, entered_at__lte=now)
    last = begun.order_by("-entered_at").first()
    return last if last is not None and last.left_at is None else None


def entry_with(check_in_id: uuid.UUID) -> CheckIn | None:
    return CheckIn.objects.filter(pk=check_in_id).first()


def exit_with(check_out_id: uuid.UUID, device_id: int, now: datetime) -> CheckOut | None:
    """A device's exit of today or yesterday."""
    since = midnight(local_day(now)) - timedelta(days=1)
    return CheckOut.objects.filter(device_id=device_id, left_at__gte=since, check_out_id=check_out_id).first()
