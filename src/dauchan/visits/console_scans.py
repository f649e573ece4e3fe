"""One check-in or check-out that comes in through a page instead of the door: phones without script, and first use.

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
    %(check_in_id)s, %(person_id)s, %(venue_id)s, %(entered_at)s, %(entered_at)s, %(received_at)s, 0,
    %(poster_version)s, %(source)s, %(assurance)s, %(party)s, 0, 0, NULL, NULL, NULL, NULL)::door_scan])
"""
_CHECK_OUT = """
SELECT outcome FROM door_check_out(ARRAY[ROW(
    %(check_out_id)s, %(check_in_id)s, %(person_id)s, NULL, %(left_at)s, %(left_at)s, %(received_at)s, 0,
    %(closed_by)s, NULL)::door_leaving])
"""
_REFUSED = 3


@dataclass(frozen=True)
class PageScan:
    """A check-in as a page knows it.

    Attributes:
        check_in_id: UUIDv7; recording it twice is harmless.
        entered_at: when the button was pressed.
        party: people who came in together, the person included, 1 to 20.
    """

    check_in_id: UUID
    person_id: int
    venue_id: int
    poster_version: int
    entered_at: datetime
    source: Source
    party: int = 1


def record_check_in(scan: PageScan) -> AttemptReason | None:
    """Record it; None when that is done, else why it was refused (the ledger keeps the attempt)."""
    row = {**vars(scan), "source": int(scan.source), "assurance": int(Assurance.PHONE), "received_at": timezone.now()}
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
