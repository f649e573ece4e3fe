"""Gates of the door's ledger: devices that exist there, and a ledger without traces of other tests."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pytest

from dauchan.door.running import RunningDoor
from dauchan.door.testing import APPROVED, OTHER_APPROVED, SUSPENDED, Ledger

PATH = "/api/v1/gate-scans"
FRONT, BACK, ELSEWHERE, REVOKED, AT_SUSPENDED = 11, 12, 13, 14, 15
VENUES = {FRONT: APPROVED, BACK: APPROVED, ELSEWHERE: OTHER_APPROVED, REVOKED: APPROVED, AT_SUSPENDED: SUSPENDED}
NO_HEADERS: Mapping[str, str] = {}
DEVICE = """
INSERT INTO venues_gatedevice (id, venue_id, name, token_hash, enrolled_at, seen_at, revoked_at, waiting_scans)
VALUES (%s, %s, %s, %s, now(), now(), CASE WHEN %s THEN now() END, 0)
"""
MADE_BY_GATES = (
    *(
        "gate_quarantine",
        "gate_odd_event",
        "people_credential",
        "people_identity",
        "people_controlcard",
        "people_person",
    ),
    "venues_gatedevice",
)


class Gates(NamedTuple):
    """A running door, and its ledger."""

    door: RunningDoor
    ledger: Ledger

    def send(self, items: Any, device: int = FRONT, headers: Mapping[str, str] = NO_HEADERS) -> Any:  # noqa: ANN401 JSON
        """What the door answers."""
        ticket = self.door.gates.ticket(device, VENUES[device])
        return self.door.client.post(PATH, json=items, headers={**ticket, **headers})

    def outcomes(self, items: list[dict[str, Any]], device: int = FRONT) -> list[str]:
        answer = self.send(items, device)
        assert answer.status_code == 200, answer.text
        return [item["outcome"] for item in answer.json()["items"]]

    def rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        return self.ledger.execute(question.encode(), values or None).fetchall()

    def count(self, table: str) -> int:
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 tests name the table


@pytest.fixture
def gates(door: RunningDoor, ledger: Ledger) -> Iterator[Gates]:
    """Two gates of one venue, one of another, one that was revoked, one of a suspended venue."""
    for device, venue in VENUES.items():
        ledger.execute(DEVICE, [device, venue, f"Cổng {device}", bytes([device]) * 32, device == REVOKED])
    yield Gates(door, ledger)
    for table in MADE_BY_GATES:
        ledger.execute(f"DELETE FROM {table}".encode())  # noqa: S608 named above
