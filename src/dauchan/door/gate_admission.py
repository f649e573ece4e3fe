"""From what a gate sent to a row for the ledger: opened, read, hashed. What cannot be opened goes on sealed."""

import base64
import binascii
import uuid

from dauchan.door.admission import microseconds, uuid7
from dauchan.door.clock import SECOND, is_past_retention, timing
from dauchan.door.gate_schemas import GateScan
from dauchan.people.sealing import random_person_id, seal_text
from dauchan.qr.gate_queue import QueueOpener, SealRefused
from dauchan.qr.gate_ticket import GateTicket
from dauchan.visits.gate_items import NOBODY, Direction, GateItem, Quarantine, Shown
from dauchan.visits.gate_opening import NotCarried, Reading
from dauchan.visits.registry import AttemptReason

_DIRECTIONS = {"in": int(Direction.IN), "out": int(Direction.OUT), "undo": int(Direction.UNDO)}
_FAILED = int(Direction.FAILED)
_REASONS = {reason.name.lower(): int(reason) for reason in AttemptReason}
_TOO_OLD = int(AttemptReason.TOO_OLD)
_LONGEST_SCRAP = 4_000


class GateAdmission:
    """Makes rows with the keys of the installation."""

    def __init__(self, opener: QueueOpener, reading: Reading) -> None:
        self._opener = opener
        self._reading = reading

    def item(self, scan: GateScan, ticket: GateTicket, sent_at: int | None, received_at: int) -> GateItem:
        """The row; instants are microseconds since the epoch.

        Raises:
            Refused: the identifier is no UUIDv7.
        """
        device_at = microseconds(scan.at)
        at, labels = timing(device_at, sent_at, received_at)
        sealed = _decoded(scan.sealed)
        waits = Quarantine.NONE if scan.is_whole else Quarantine.MALFORMED
        shown, direction, reason = NOBODY, _DIRECTIONS[scan.direction], 0
        if scan.failed is not None and direction != Direction.UNDO:
            direction, reason = _FAILED, _REASONS[scan.failed]
        elif scan.sealed is not None and not waits:
            shown, waits = self._opened(sealed, scan.scan_id, at // SECOND)
        if is_past_retention(at, received_at):
            at, shown, reason = max(at, 0), NOBODY, _TOO_OLD
            direction = min(direction, int(Direction.UNDO))
        return _row(
            *(scan.scan_id, ticket, (at, device_at, received_at), shown),
            waits=waits,
            sealed=sealed,
            direction=direction,
            labels=labels,
            reason=reason,
            undoes=scan.undoes,
        )

    def scrap(self, scan_id: uuid.UUID, raw: bytes, ticket: GateTicket, received_at: int) -> GateItem:
        """The row for a malformed item. Nobody knows what stands in it, so it is encrypted for the console."""
        sealed = seal_text(raw[:_LONGEST_SCRAP].decode(errors="replace"), self._reading.personal_keys)
        times = (received_at, received_at, received_at)
        return _row(scan_id, ticket, times, NOBODY, waits=Quarantine.MALFORMED, sealed=sealed)

    def _opened(self, sealed: bytes | None, scan_id: uuid.UUID, at: int) -> tuple[Shown, Quarantine]:
        if sealed is None:
            return NOBODY, Quarantine.MALFORMED
        try:
            return self._reading.shown(self._opener.open(sealed, scan_id), at), Quarantine.NONE
        except SealRefused:
            return NOBODY, Quarantine.UNOPENED
        except NotCarried:
            return NOBODY, Quarantine.MALFORMED


def _decoded(text: str | None) -> bytes | None:
    if text is None:
        return None
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None


def _row(  # noqa: PLR0913 a row has this many independent parts
    scan_id: uuid.UUID,
    ticket: GateTicket,
    times: tuple[int, int, int],
    shown: Shown,
    *,
    waits: Quarantine,
    sealed: bytes | None,
    direction: int = _FAILED,
    labels: int = 0,
    reason: int = 0,
    undoes: uuid.UUID | None = None,
) -> GateItem:
    return GateItem(
        *(uuid7(scan_id), *ticket, *times, labels | shown.labels, direction, int(shown.subject), shown.assurance),
        *(reason or shown.reason, int(waits), shown.number, random_person_id(), shown.kind, shown.hashed, shown.phone),
        *(undoes, sealed),
    )
