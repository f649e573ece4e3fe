"""Faults in the middle of work: whatever was acknowledged is in the ledger, exactly once."""

import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import psycopg
import pytest

from dauchan.door.running import RunningDoor
from dauchan.door.testing import Ledger, check_in
from tests.door.phones import KILLS, assert_each_once, phones_at

pytestmark = pytest.mark.django_db

PATH = "/api/v1/check-ins"
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dauchan door'"


def test_the_same_check_in_sent_at_the_same_time_is_recorded_once(door: RunningDoor, ledger: Ledger) -> None:
    item = check_in(door)
    headers = door.person(door.someone)

    def send(_: int) -> str:
        with httpx.Client(base_url=door.url, trust_env=False) as client:
            return str(client.post(PATH, json=item, headers=headers).json()["outcome"])

    with ThreadPoolExecutor(16) as phones:
        outcomes = sorted(phones.map(send, range(32)))
    assert outcomes == ["recorded"] + ["repeated"] * 31
    assert ledger.execute("SELECT count(*) FROM check_in").fetchone() == (1,)


def test_batches_in_any_order_and_more_than_once_leave_the_same_ledger(door: RunningDoor, ledger: Ledger) -> None:
    items = [check_in(door) for _ in range(60)]
    batches = [items[start : start + 30] for start in (0, 15, 30)] * 2
    secrets.SystemRandom().shuffle(batches)
    with ThreadPoolExecutor(6) as phones:
        answers = list(
            phones.map(
                lambda batch: httpx.post(door.url + PATH, json=batch, headers=door.person(door.someone)), batches
            )
        )
    outcomes = [item["outcome"] for answer in answers for item in answer.json()["items"]]
    assert outcomes.count("recorded") == 60
    assert outcomes.count("repeated") == 120
    rows = ledger.execute("SELECT check_in_id::text FROM check_in").fetchall()
    assert {row[0] for row in rows} == {item["check_in_id"] for item in items}


@pytest.mark.slow
def test_a_door_killed_under_load_loses_and_doubles_nothing(ledger_urls: tuple[str, str], ledger: Ledger) -> None:
    with RunningDoor(ledger_urls[1], {"DAUCHAN_DOOR_REQUESTS_A_MINUTE": "0"}) as door, phones_at(door) as phones:
        for _ in range(KILLS):
            time.sleep(0.1 + secrets.randbelow(300) / 1000)
            door.kill()
            door.start()
    assert_each_once(phones, ledger)


def test_a_database_connection_cut_by_the_server_costs_no_scan(
    door: RunningDoor, ledger: Ledger, ledger_urls: tuple[str, str]
) -> None:
    headers = door.person(door.someone)
    with psycopg.connect(ledger_urls[1], autocommit=True) as same_role:
        for _ in range(3):
            assert door.client.post(PATH, json=check_in(door), headers=headers).status_code == 201
            same_role.execute(CUT)
    assert door.client.post(PATH, json=check_in(door), headers=headers).status_code == 201
    assert ledger.execute("SELECT count(*) FROM check_in").fetchone() == (4,)


def test_without_a_database_nothing_is_acknowledged_and_readiness_says_so() -> None:
    with RunningDoor("postgresql://nobody@127.0.0.1:9/none?connect_timeout=1", has_database=False) as alone:
        assert alone.client.get("/healthz").status_code == 200
        ready = alone.client.get("/readyz")
        assert (ready.status_code, ready.json()["database"]) == (503, "down")
        answer = alone.client.post(PATH, json=check_in(alone), headers=alone.person(1))
        assert (answer.status_code, answer.json()["reason"]["code"]) == (503, "unavailable")
        assert int(answer.headers["retry-after"]) >= 1


@pytest.fixture
def full_disk(ledger: Ledger) -> Iterator[Callable[[], object]]:
    """A ledger whose disk is full until it is called: reads go on, every new row is refused as PostgreSQL refuses it."""
    ledger.execute(
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$"
    )
    ledger.execute("CREATE TRIGGER no_room BEFORE INSERT ON check_in FOR EACH ROW EXECUTE FUNCTION no_room()")
    yield lambda: ledger.execute("DROP TRIGGER no_room ON check_in")
    ledger.execute("DROP FUNCTION no_room CASCADE")


def test_readiness_says_that_the_disk_is_full_until_a_scan_is_written(
    door: RunningDoor, ledger: Ledger, full_disk: Callable[[], object]
) -> None:
    headers, item = door.person(door.someone), check_in(door)
    assert door.client.get("/readyz").status_code == 200
    assert door.client.post(PATH, json=item, headers=headers).status_code == 503
    told = door.client.get("/readyz")
    assert (told.status_code, told.json()) == (503, {"database": "ok", "disk": "full", "console": "ok"})
    full_disk()
    assert door.client.get("/readyz").status_code == 503
    assert door.client.post(PATH, json=item, headers=headers).status_code == 201
    assert door.client.get("/readyz").json()["disk"] == "ok"
    assert ledger.execute("SELECT count(*) FROM check_in").fetchone() == (1,)


def test_a_door_that_is_told_nothing_says_what_it_misses() -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "dauchan.door", "--port", "0"],
        env={},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "DAUCHAN_DATABASE_DOOR_URL is not set." in done.stderr
