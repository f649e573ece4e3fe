"""Phones that scan under load and send again what was not answered, and what must then stand in the ledger."""

import os
import secrets
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx

from dauchan.door.running import RunningDoor
from dauchan.door.testing import Ledger, check_in

PATH = "/api/v1/check-ins"
PHONES = 8
# A long run: DAUCHAN_KILLS=100 pytest tests/door/test_faults.py tests/door/test_faults_of_the_database.py
KILLS = int(os.environ.get("DAUCHAN_KILLS", "10"))
PATIENCE_SECONDS = 90


class Phone(threading.Thread):
    """Scans and sends until told to stop; what fails is sent again until it is answered, as a real phone does."""

    def __init__(self, door: RunningDoor, stop: threading.Event) -> None:
        super().__init__()
        self.door = door
        self.stop = stop
        self.acknowledged: list[str] = []

    def run(self) -> None:
        item = None
        with httpx.Client(base_url=self.door.url, timeout=10, trust_env=False) as client:
            while not (self.stop.is_set() and item is None):
                if item is None:
                    item, headers = check_in(self.door), self.door.person(2**40 + secrets.randbelow(2**50))
                try:
                    answer = client.post(PATH, json=item, headers=headers)
                except httpx.HTTPError:
                    continue
                if answer.status_code in {200, 201}:
                    self.acknowledged.append(item["check_in_id"])
                    item = None
                else:
                    assert answer.status_code == 503, answer.text
                    time.sleep(0.05)


@contextmanager
def phones_at(door: RunningDoor) -> Iterator[Sequence[Phone]]:
    """Phones that scan inside; at the end each waits for its last answer."""
    stop = threading.Event()
    phones = [Phone(door, stop) for _ in range(PHONES)]
    for phone in phones:
        phone.start()
    try:
        yield phones
    finally:
        stop.set()
        for phone in phones:
            phone.join(PATIENCE_SECONDS)
    assert not any(phone.is_alive() for phone in phones)


def assert_each_once(phones: Sequence[Phone], ledger: Ledger) -> None:
    """Every acknowledged scan is in the ledger exactly once, and nobody was told twice."""
    acknowledged = Counter(check_in_id for phone in phones for check_in_id in phone.acknowledged)
    stored = Counter(str(row[0]) for row in ledger.execute("SELECT check_in_id FROM check_in").fetchall())
    assert len(acknowledged) >= PHONES
    assert set(acknowledged.values()) == {1}
    assert stored == acknowledged
