"""Scans of gates that wait for a person: counted for the owner, released or discarded by the unit's officer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Max, Min

from dauchan.people.sealing import random_person_id
from dauchan.qr.gate_queue import QueueOpener, SealRefused
from dauchan.units import audit
from dauchan.visits.gate_items import NOBODY, Direction, GateItem, Quarantine, Shown
from dauchan.visits.gate_opening import NotCarried, Reading
from dauchan.visits.gate_scans import RECORDED, REPEATED, record_items
from dauchan.visits.models import QuarantinedScan
from dauchan.visits.registry import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from dauchan.units.models import Officer
    from dauchan.venues.models import GateDevice

#: An early undo waits for the scan it takes back, not for a person.
WAITS_FOR_A_PERSON = (Quarantine.REVOKED_DEVICE, Quarantine.UNOPENED, Quarantine.MALFORMED)
BATCH = 500
_CLOSE = """
UPDATE gate_quarantine SET sealed = NULL, decided_at = now(), released = %s
WHERE device_id = %s AND scan_id = ANY(%s) AND decided_at IS NULL
"""


@dataclass(frozen=True)
class Waiting:
    """Scans of one device that wait, for one reason; never whose they are."""

    device_id: int
    reason: Quarantine
    scans: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class Release:
    """What came of a release: `unreadable` ones still cannot be opened and go on waiting."""

    recorded: int
    refused: int
    unreadable: int


def waiting_scans(device_ids: Iterable[int]) -> list[Waiting]:
    """What waits of these devices, in one question, the oldest first."""
    rows = _undecided().filter(device_id__in=list(device_ids)).values_list("device_id", "reason").order_by()
    counted = rows.annotate(scans=Count("scan_id"), first=Min("scanned_at"), last=Max("scanned_at"))
    found = [Waiting(device, Quarantine(reason), *rest) for device, reason, *rest in counted]
    return sorted(found, key=lambda waiting: waiting.first_at)


@transaction.atomic
def release(device: GateDevice, officer: Officer, why: str) -> Release:
    """What waits of *device* counts from now on, marked as of a revoked device. That *officer* may is the caller's to know."""
    opener, reading = QueueOpener(settings.GATE_QUEUE_KEYS), _reading()
    recorded = refused = unreadable = 0
    waiting = list(_undecided().filter(device=device).select_for_update().order_by("scanned_at"))
    for start in range(0, len(waiting), BATCH):
        rows = waiting[start : start + BATCH]
        items = [item for item in (_item(row, opener, reading) for row in rows) if item is not None]
        outcomes = [said.outcome for said in record_items(items, released=True)] if items else []
        _close(device, [item.scan_id for item in items], released=True)
        recorded += sum(outcome in {RECORDED, REPEATED} for outcome in outcomes)
        refused += len(outcomes) - sum(outcome in {RECORDED, REPEATED} for outcome in outcomes)
        unreadable += len(rows) - len(items)
    done = Release(recorded, refused, unreadable)
    audit.record(officer, "gate_scans.released", _subject(device), purpose=why, detail=vars(done) | _where(device))
    return done


@transaction.atomic
def discard(device: GateDevice, officer: Officer, why: str) -> int:
    """What waits of *device* is destroyed, unread; how many scans that was."""
    ids = list(_undecided().filter(device=device).select_for_update().values_list("scan_id", flat=True))
    _close(device, ids, released=False)
    detail = {"scans": len(ids), **_where(device)}
    audit.record(officer, "gate_scans.discarded", _subject(device), purpose=why, detail=detail)
    return len(ids)


def devices_waiting(devices: QuerySet[GateDevice]) -> QuerySet[GateDevice]:
    """Those of *devices* with scans that wait for a person."""
    return devices.filter(pk__in=_undecided().values("device_id"))


def _undecided() -> QuerySet[QuarantinedScan]:
    return QuarantinedScan.objects.filter(decided_at=None, reason__in=WAITS_FOR_A_PERSON)


def _reading() -> Reading:
    return Reading(settings.CARD_KEYS.public_keys, settings.LOOKUP_KEY, settings.FIELD_KEYS)


def _close(device: GateDevice, scan_ids: Sequence[UUID], *, released: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, [released, device.pk, list(scan_ids)])


def _item(row: QuarantinedScan, opener: QueueOpener, reading: Reading) -> GateItem | None:
    """The row as the door would have made it; None where it still cannot be opened."""
    shown = NOBODY
    if row.reason == Quarantine.MALFORMED:
        return None
    if row.direction in {Direction.IN, Direction.OUT}:
        try:
            text = opener.open(bytes(row.sealed or b""), row.scan_id)
            shown = reading.shown(text, int(row.scanned_at.timestamp()))
        except (SealRefused, NotCarried, InvalidTag):
            return None
    return _released(row, shown)


def _released(row: QuarantinedScan, shown: Shown) -> GateItem:
    mark = Label.REVOKED_DEVICE if row.reason == Quarantine.REVOKED_DEVICE else 0
    times = (row.scanned_at, row.device_at, row.received_at)
    return GateItem(
        *(row.scan_id, row.device_id, row.venue_id, *times, row.labels | shown.labels | int(mark), row.direction),
        *(int(shown.subject), shown.assurance, shown.reason or row.failed, 0, shown.number, random_person_id()),
        *(shown.kind, shown.hashed, shown.phone, row.undoes, None),
    )


def _subject(device: GateDevice) -> str:
    return f"gate_device:{device.pk}"


def _where(device: GateDevice) -> dict[str, int]:
    return {"venue": device.venue_id, "unit": device.venue.unit_id}
