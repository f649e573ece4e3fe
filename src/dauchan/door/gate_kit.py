"""A gate's device, for tests and benchmarks: keys, tickets, and scans sealed as a device seals them."""

import base64
import secrets
import time
import uuid
from collections.abc import Mapping
from copy import copy
from datetime import UTC, datetime, timedelta
from typing import Any

from dauchan.door.testing_ids import uuid7
from dauchan.qr.gate_queue import QueueRing, QueueSealer
from dauchan.qr.gate_ticket import TICKET_SECONDS, make_gate_ticket
from dauchan.qr.public_signing import SigningRing
from dauchan.qr.signing import Keyring


class GateKit:
    """The keys of an installation as far as gates need them, and a device's doings.

    Args:
        keys: what signs tickets.

    Attributes:
        environ: what the door must be told.
    """

    def __init__(self, keys: Keyring) -> None:
        queue, personal, lookup, seed = (secrets.token_bytes(32) for _ in range(4))
        self.keys = keys
        self.cards = SigningRing(1, {1: seed})
        self.queue = QueueRing(1, {1: queue})
        self.personal = Keyring(1, {1: personal})
        self.lookup = lookup
        self.sealer = QueueSealer(self.queue.key)
        self.environ: Mapping[str, str] = {
            "DAUCHAN_GATE_QUEUE_KEYS": f"1:{_written(queue)}",
            "DAUCHAN_CARD_PUBLIC_KEYS": f"1:{_written(self.cards.public_keys[1])}",
            "DAUCHAN_PERSONAL_DATA_KEYS": f"1:{_written(personal)}",
            "DAUCHAN_LOOKUP_KEY": _written(lookup),
        }

    def another_device(self) -> "GateKit":
        """The same installation's keys, and a key pair of its own."""
        other = copy(self)
        other.sealer = QueueSealer(self.queue.key)
        return other

    def ticket(self, device_id: int, venue_id: int, seconds: int = TICKET_SECONDS) -> dict[str, str]:
        """The headers with which a device comes."""
        ticket = make_gate_ticket(device_id, venue_id, int(time.time()) + seconds, self.keys)
        return {"authorization": f"Device {ticket}"}

    def scan(self, said: str, direction: str = "in", at: datetime | None = None, **changes: object) -> dict[str, Any]:
        """A scan as a device sends it; `said` is what it sealed, `kind:number`."""
        at = at or datetime.now(UTC)
        scan_id = uuid7(at)
        sealed = _written(self.sealer.seal(said, uuid.UUID(scan_id)))
        return {"scan_id": scan_id, "direction": direction, "at": at.isoformat(), "sealed": sealed} | changes

    def undo(self, scan: Mapping[str, Any], after: timedelta = timedelta(seconds=5)) -> dict[str, Any]:
        """Taking back a scan."""
        at = datetime.fromisoformat(scan["at"]) + after
        return {"scan_id": uuid7(at), "direction": "undo", "at": at.isoformat(), "undoes": scan["scan_id"]}


def _written(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode()
