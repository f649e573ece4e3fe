"""What networks and devices do to scans that were sent in good faith: each is in the ledger exactly once, and honest."""

import datetime as dt
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import psycopg
import pytest

from dauchan.door.running import RunningDoor
from dauchan.door.testing import Ledger, check_in, uuid7

pytestmark = pytest.mark.django_db

PATH = "/api/v1/check-ins"
YEARS = dt.timedelta(days=3652)


@contextmanager
def network_that_loses_answers(door: RunningDoor) -> Iterator[str]:
    """Carries one request to the door, waits for its answer, and cuts the line without passing it on."""
    listener = socket.create_server(("127.0.0.1", 0))

    def carry() -> None:
        phone, _ = listener.accept()
        with phone, socket.create_connection(("127.0.0.1", door.port)) as there:
            phone.settimeout(0.2)
            try:
                while part := phone.recv(65_536):
                    there.sendall(part)
            except TimeoutError:
                pass  # the request is complete: the phone waits
            there.recv(65_536)

    carrier = threading.Thread(target=carry)
    carrier.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        carrier.join()
        listener.close()


@pytest.mark.parametrize("count", [1, 40])
def test_an_answer_lost_after_the_commit_costs_nothing(door: RunningDoor, ledger: Ledger, count: int) -> None:
    sent = [check_in(door) for _ in range(count)] if count > 1 else check_in(door)
    headers = door.person(door.someone)
    with (
        network_that_loses_answers(door) as bad,
        httpx.Client(trust_env=False) as phone,
        pytest.raises(httpx.TransportError),
    ):
        phone.post(bad + PATH, json=sent, headers=headers)
    assert ledger.execute("SELECT count(*) FROM check_in").fetchone() == (count,)
    said = door.client.post(PATH, json=sent, headers=headers).json()
    assert {item["outcome"] for item in said.get("items", [said])} == {"repeated"}
    assert ledger.execute("SELECT count(*) FROM check_in").fetchone() == (count,)


@pytest.mark.parametrize("off", [-YEARS, YEARS], ids=["ten years slow", "ten years fast"])
def test_a_clock_that_is_years_off_is_corrected_and_the_scans_stay_single(
    door: RunningDoor, ledger: Ledger, off: dt.timedelta
) -> None:
    real = [dt.datetime.now(dt.UTC) - dt.timedelta(minutes=minutes) for minutes in (90, 60, 30)]
    shown = [at + off for at in real]
    items = [check_in(door) | {"check_in_id": uuid7(at), "entered_at": at.isoformat()} for at in shown]
    for _ in range(2):
        headers = door.person(door.someone) | {"x-device-time": (dt.datetime.now(dt.UTC) + off).isoformat()}
        answers = door.client.post(PATH, json=items, headers=headers).json()["items"]
        assert all({"clock_skew", "offline"} <= set(answer["labels"]) for answer in answers)
    rows = ledger.execute("SELECT entered_at, device_at FROM check_in ORDER BY entered_at").fetchall()
    assert [device_at for _, device_at in rows] == shown
    assert all(abs(entered_at - at) < dt.timedelta(seconds=30) for (entered_at, _), at in zip(rows, real, strict=True))


def test_delayed_duplicated_and_reordered_batches_leave_the_same_ledger(door: RunningDoor, ledger: Ledger) -> None:
    items = [check_in(door, ago=dt.timedelta(days=n % 7, minutes=n)) for n in range(200)]
    headers, order = door.person(door.someone), secrets.SystemRandom()
    batches = [order.sample(items, 100) for _ in range(4)]

    def send(batch: list[dict[str, object]]) -> list[str]:
        with httpx.Client(trust_env=False) as phone:
            answers = phone.post(door.url + PATH, json=batch, headers=headers)
        return [item["outcome"] for item in answers.json()["items"]]

    with ThreadPoolExecutor(4) as phones:
        outcomes = [outcome for said in phones.map(send, batches) for outcome in said]
    assert set(outcomes) == {"recorded", "repeated"}
    stored = {row[0] for row in ledger.execute("SELECT check_in_id::text FROM check_in").fetchall()}
    assert stored == {item["check_in_id"] for batch in batches for item in batch}
    assert outcomes.count("recorded") == len(stored)


def test_two_devices_that_scan_one_person_at_once_are_two_facts_each_recorded_once(
    door: RunningDoor, ledger: Ledger
) -> None:
    headers = door.person(door.someone)
    here, there = check_in(door), check_in(door)

    def send(item: dict[str, object]) -> str:
        with httpx.Client(trust_env=False) as device:
            return str(device.post(door.url + PATH, json=item, headers=headers).json()["outcome"])

    with ThreadPoolExecutor(8) as devices:
        outcomes = sorted(devices.map(send, [here, there] * 4))
    assert outcomes == ["recorded"] * 2 + ["repeated"] * 6
    rows = ledger.execute("SELECT check_in_id::text FROM check_in WHERE person_id = %s", [door.someone]).fetchall()
    assert {row[0] for row in rows} == {here["check_in_id"], there["check_in_id"]}
    # One person is inside once: the later scan ends the earlier visit.
    ended = ledger.execute("SELECT count(*) FROM visit WHERE ended_at > now()").fetchone()
    assert ended is not None
    assert ended[0] == 1


def test_a_burst_beyond_what_may_wait_is_shed_and_recovers(ledger_urls: tuple[str, str], ledger: Ledger) -> None:
    """Five times what may wait, while nothing is written: the rest is told when to come again, and then recorded once."""
    with RunningDoor(ledger_urls[1], {"DAUCHAN_DOOR_QUEUE": "100"}) as small, ThreadPoolExecutor(10) as phones:
        batches = [[check_in(small) for _ in range(50)] for _ in range(10)]
        shed: list[int] = []

        def send(n: int) -> int:
            with httpx.Client(trust_env=False, timeout=30) as phone:
                while True:
                    answer = phone.post(small.url + PATH, json=batches[n], headers=small.person(small.someone + n))
                    if answer.status_code != 503:
                        return answer.status_code
                    shed.append(int(answer.headers["retry-after"]))
                    time.sleep(0.05)

        with psycopg.connect(ledger_urls[0]) as busy:
            busy.execute("LOCK TABLE check_in IN ACCESS EXCLUSIVE MODE")
            sent = [phones.submit(send, n) for n in range(10)]
            while len(shed) < 8:
                time.sleep(0.01)
        assert [each.result() for each in sent] == [200] * 10
    assert min(shed) >= 1
    assert ledger.execute("SELECT count(*), count(DISTINCT check_in_id) FROM check_in").fetchone() == (500, 500)
