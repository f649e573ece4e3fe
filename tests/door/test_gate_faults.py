"""Gates in the middle of faults: whatever was acknowledged is in the ledger, exactly once; two gates see one person at once."""

import secrets
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest

from dauchan.door.running import RunningDoor
from dauchan.door.testing import APPROVED, Ledger
from dauchan.qr.gate_ticket import make_gate_ticket
from tests.door.gate_devices import BACK, DEVICE, FRONT, PATH, VENUES, Gates, gates
from tests.door.phones import KILLS, PATIENCE_SECONDS
from tests.door.test_faults_of_the_database import durable_database

__all__ = ["gates"]
pytestmark = pytest.mark.django_db

UNLIMITED = {"DAUCHAN_DOOR_REQUESTS_A_MINUTE": "0"}
CARD = "identity_card_2021:046090012345"
EACH_ONCE = """
SELECT check_in_id::text FROM check_in UNION ALL SELECT DISTINCT check_out_id::text FROM check_out WHERE closed_by = 2
UNION ALL SELECT attempt_id::text FROM scan_attempt
"""


class Device(threading.Thread):
    """A gate that hands in batches; what fails is sent again until it is answered."""

    def __init__(self, door: RunningDoor, device: int, stop: threading.Event) -> None:
        super().__init__()
        self.door, self.device, self.stop = door, device, stop
        self.acknowledged: list[str] = []

    def run(self) -> None:
        batch: list[dict[str, Any]] = []
        with httpx.Client(base_url=self.door.url, timeout=20, trust_env=False) as client:
            while not (self.stop.is_set() and not batch):
                batch = batch or self._batch()
                try:
                    headers = self.door.gates.ticket(self.device, VENUES[self.device])
                    answer = client.post(PATH, json=batch, headers=headers)
                except httpx.HTTPError:
                    continue
                if answer.status_code == 200:
                    assert {item["outcome"] for item in answer.json()["items"]} <= {"recorded", "repeated"}
                    self.acknowledged += [item["scan_id"] for item in answer.json()["items"]]
                    batch = []
                else:
                    assert answer.status_code == 503, answer.text
                    time.sleep(0.05)

    def _batch(self) -> list[dict[str, Any]]:
        """People come in, some leave again, some leave without having come in here."""
        kit, number = self.door.gates, secrets.randbelow(10**9)
        said = [f"identity_card_2021:{number + n:012}" for n in range(15)]
        at = datetime.now(UTC) - timedelta(minutes=5)
        entries = [kit.scan(text, "in", at) for text in said[:10]]
        return [*entries, *(kit.scan(text, "out", at + timedelta(minutes=1)) for text in said[5:])]


@contextmanager
def devices_at(door: RunningDoor) -> Iterator[Sequence[Device]]:
    stop = threading.Event()
    devices = [Device(door, device, stop) for device in (FRONT, BACK, FRONT)]
    for device in devices:
        device.start()
    try:
        yield devices
    finally:
        stop.set()
        for device in devices:
            device.join(PATIENCE_SECONDS)
    assert not any(device.is_alive() for device in devices)


def assert_each_once(devices: Sequence[Device], ledger: Ledger) -> None:
    acknowledged = Counter(scan_id for device in devices for scan_id in device.acknowledged)
    stored = Counter(row[0] for row in ledger.execute(EACH_ONCE).fetchall())
    assert len(acknowledged) >= 60
    assert set(acknowledged.values()) == {1}
    assert stored == acknowledged
    people, credentials = (
        ledger.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()  # noqa: S608 named here
        for table in ("people_person", "people_credential")
    )
    assert people == credentials


@pytest.mark.slow
def test_a_door_killed_under_load_of_gates_loses_and_doubles_nothing(
    gates: Gates, ledger_urls: tuple[str, str]
) -> None:
    with RunningDoor(ledger_urls[1], UNLIMITED) as door, devices_at(door) as devices:
        for _ in range(KILLS):
            time.sleep(0.1 + secrets.randbelow(300) / 1000)
            door.kill()
            door.start()
    assert_each_once(devices, gates.ledger)


@pytest.mark.slow
def test_a_database_killed_under_load_of_gates_loses_and_doubles_nothing() -> None:
    with durable_database() as database:
        with psycopg.connect(database.owner_url) as owner:
            for device in (FRONT, BACK):
                owner.execute(DEVICE, [device, APPROVED, "Cổng", bytes([device]) * 32, False])
        with RunningDoor(database.door_url, UNLIMITED) as door, devices_at(door) as devices:
            for _ in range(max(KILLS // 2, 3)):
                time.sleep(0.3 + secrets.randbelow(300) / 1000)
                database.kill()
                database.start()
        ledger: Ledger
        with psycopg.connect(database.owner_url) as ledger:
            assert_each_once(devices, ledger)


def test_two_gates_that_see_one_card_within_seconds_count_one_visit(gates: Gates) -> None:
    """Both scans are kept; the second entry ends the first, so that only one visit is under way, whoever is first."""
    kit = gates.door.gates
    at = datetime.now(UTC) - timedelta(minutes=30)
    for turn in range(10):
        card = f"identity_card_2021:{turn:012}"
        both = [(kit.scan(card, at=at), FRONT), (kit.scan(card, at=at + timedelta(seconds=2)), BACK)]
        secrets.SystemRandom().shuffle(both)
        with ThreadPoolExecutor(2) as pool:
            assert list(pool.map(lambda sent: gates.outcomes([sent[0]], sent[1]), both)) == [["recorded"]] * 2
    assert gates.count("people_person") == 10
    assert gates.rows("SELECT count(*), count(left_at), count(DISTINCT person_id) FROM visit") == [(20, 10, 10)]
    ended = gates.rows("SELECT DISTINCT left_at - entered_at, left_by FROM visit WHERE left_at IS NOT NULL")
    assert ended == [(timedelta(seconds=2), 4)]


def test_gates_that_hand_in_at_the_same_time_leave_the_visits_that_happened(
    gates: Gates, ledger_urls: tuple[str, str]
) -> None:
    """Entry at one gate, exit at another, in overlapping batches, repeated, on connections of two doors at once."""
    kit = gates.door.gates
    at = datetime.now(UTC) - timedelta(hours=3)
    people = [f"identity_card_2021:{n:012}" for n in range(40)]
    front = [kit.scan(card, "in", at + timedelta(minutes=2 * day)) for day in range(3) for card in people]
    back = [kit.scan(card, "out", at + timedelta(minutes=2 * day + 1)) for day in range(3) for card in people]
    batches = [
        (scans[start : start + 30], device)
        for scans, device in ((front, FRONT), (back, BACK))
        for start in range(0, 120, 20)
    ] * 2
    secrets.SystemRandom().shuffle(batches)
    with RunningDoor(ledger_urls[1], UNLIMITED | dict(kit.environ)) as second:

        def send(sent: tuple[list[dict[str, Any]], int]) -> int:
            door = secrets.choice((gates.door, second))
            headers = kit.ticket(sent[1], APPROVED) if door is gates.door else _ticket_of(second, sent[1])
            return httpx.post(door.url + PATH, json=sent[0], headers=headers, trust_env=False, timeout=60).status_code

        with ThreadPoolExecutor(6) as pool:
            assert set(pool.map(send, batches)) == {200}
    stays = gates.rows("SELECT count(*), count(*) FILTER (WHERE left_at - entered_at = interval '1 minute') FROM visit")
    assert stays == [(120, 120)]


def _ticket_of(door: RunningDoor, device: int) -> dict[str, str]:
    ticket = make_gate_ticket(device, VENUES[device], int(time.time()) + 60, door.keys)
    return {"authorization": f"Device {ticket}"}
