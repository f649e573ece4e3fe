"""One check-in or check-out that comes in through the console instead of the door: phones without script, first use,
and the telephone line.

Both go through the very functions that the door calls, so the ledger's rules hold for them too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from dauchan.visits.registry import Assurance, AttemptReason, Closer, Source

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

_CHECK_IN = """
SELECT outcome, reason FROM door_check_in(ARRAY[ROW(
    %(check_in_id)s, %(person_id)s, %(venue_id)s, %(entered_at)s, %(device_at)s, %(received_at)s, %(labels)s,
    %(poster_version)s, %(source)s, %(assurance)s, %(party)s, 0, 0, NULL, NULL, NULL, NULL)::door_scan])
"""
_CHECK_OUT = """
SELECT outcome FROM door_check_out(ARRAY[ROW(
    %(check_out_id)s, %(check_in_id)s, %(person_id)s, NULL, %(left_at)s, %(left_at)s, %(received_at)s, 0,
    %(closed_by)s, NULL)::door_leaving])
"""
_ATTEMPT = """
SELECT door_scan_attempt(ARRAY[ROW(
    %(attempt_id)s, %(person_id)s, %(venue_id)s, %(at)s, %(at)s, %(received_at)s, 0,
    0, %(source)s, 1, 1, %(reason)s, 0, NULL, NULL, NULL, NULL)::door_scan])
"""
_REFUSED = 3


@dataclass(frozen=True)
class PageScan:
    """A check-in as a page knows it.

    Attributes:
        check_in_id: UUIDv7; recording it twice is harmless.
        entered_at: when the button was pressed.
        party: people who came in together, the person included, 1 to 20.
        device_at: the same by the clock of whoever sent it, where that is another.
        labels: bits of `Label`: what is remarkable about it, beyond what the ledger finds by itself.
    """

    check_in_id: UUID
    person_id: int
    venue_id: int
    poster_version: int
    entered_at: datetime
    source: Source
    party: int = 1
    assurance: Assurance = Assurance.PHONE
    device_at: datetime | None = None
    labels: int = 0


@dataclass(frozen=True)
class FailedScan:
    """A scan that came to nothing.

    Attributes:
        attempt_id: UUIDv7; keeping it twice is harmless.
        person_id, venue_id: where they are known.
    """

    attempt_id: UUID
    at: datetime
    source: Source
    reason: AttemptReason
    person_id: int | None = None
    venue_id: int | None = None


def record_check_in(scan: PageScan) -> AttemptReason | None:
    """Record it; None when that is done, else why it was refused (the ledger keeps the attempt)."""
    numbers = {name: int(getattr(scan, name)) for name in ("source", "assurance", "labels")}
    times = {"device_at": scan.device_at or scan.entered_at, "received_at": timezone.now()}
    row = {**vars(scan), **numbers, **times}
    with connection.cursor() as cursor:
        cursor.execute(_CHECK_IN, row)
        answer = cursor.fetchone()
    # No row at all means: recorded just as it was sent.
    return AttemptReason(answer[1]) if answer and answer[0] == _REFUSED else None


def record_check_out(check_out_id: UUID, check_in_id: UUID, person_id: int, left_at: datetime) -> bool:
    """Record that the visitor left; False when it is not their visit or the time lies before the entry."""
    row: dict[str, int | UUID | datetime] = {
        "check_out_id": check_out_id,
        "check_in_id": check_in_id,
        "person_id": person_id,
        "left_at": left_at,
        "received_at": timezone.now(),
        "closed_by": int(Closer.VISITOR),
    }
    with connection.cursor() as cursor:
        cursor.execute(_CHECK_OUT, row)
        return bool(cursor.fetchone()[0] != _REFUSED)


def record_failed_scan(scan: FailedScan) -> None:
    numbers = {name: int(getattr(scan, name) or 0) for name in ("source", "reason", "person_id", "venue_id")}
    row = {**vars(scan), **numbers, "received_at": timezone.now()}
    with connection.cursor() as cursor:
        cursor.execute(_ATTEMPT, row)
