"""The database's disk is full, under load: the door says so and acknowledges nothing that is not kept; then it goes on."""

import dataclasses
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

from dauchan.door.running import RunningDoor
from dauchan.door.testing import Ledger, check_in
from dauchan.project.database import database_child
from dauchan.project.embedded_postgres import EmbeddedPostgres
from tests.door.phones import KILLS, PATH, PATIENCE_SECONDS, assert_each_once, phones_at
from tests.door.small_disks import SmallDisk, small_disk
from tests.door.test_faults_of_the_database import Durable, durable_database

SIZE = "256m"
# People whose scans only ask whether the disk is full; the others are those of the phones.
PROBES = 100_000
# Little of the small disk for the write-ahead log.
LEAN = {"max_wal_size": "48MB", "min_wal_size": "32MB", "shared_buffers": "32MB"}


@contextmanager
def database_on(disk: SmallDisk) -> Iterator[Durable]:
    """A migrated database with a venue, moved to that disk."""
    with durable_database() as made:
        made.server.stop()
        postgres = made.postgres
        shutil.copytree(postgres.data, disk.seen / "postgres")
        moved = dataclasses.replace(postgres, data=disk.seen / "postgres", settings={**postgres.settings, **LEAN})
        server = database_child(moved)
        server.command = lambda: disk.within(_on(disk.path / "postgres", moved))
        small = made._replace(server=server, postgres=moved)
        small.start()
        try:
            yield small
        finally:
            server.stop()


def _on(data: Path, postgres: EmbeddedPostgres) -> list[str]:
    """The server's command line without the words that make it nobody: the disk has its own."""
    words = postgres.command()
    program = next(at for at, word in enumerate(words) if word.endswith("/postgres") and words[at + 1] == "-D")
    return [*words[program : program + 2], str(data), *words[program + 3 :]]


def refused(door: RunningDoor, *, patience: float = PATIENCE_SECONDS) -> httpx.Response:
    """The first answer of a door whose database has no room left."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        answer = door.client.post(PATH, json=check_in(door), headers=door.person(1 + secrets.randbelow(PROBES)))
        if answer.status_code != 201:
            return answer
    pytest.fail("the disk is full, and the door went on acknowledging")


@pytest.mark.slow
def test_a_full_disk_is_said_and_costs_no_acknowledged_scan(tmp_path: Path) -> None:
    unlimited = {"DAUCHAN_DOOR_REQUESTS_A_MINUTE": "0"}
    with small_disk(tmp_path / "disk", SIZE) as disk, database_on(disk) as database:
        with RunningDoor(database.door_url, unlimited) as door, phones_at(door) as phones:
            for _ in range(max(1, KILLS // 10)):
                time.sleep(0.5)
                disk.fill()
                answer = refused(door)
                assert (answer.status_code, answer.json()["reason"]["code"]) == (503, "unavailable")
                assert int(answer.headers["retry-after"]) >= 1
                # Pages that have room left still take scans; what is acknowledged now is counted below like the rest.
                time.sleep(1)
                disk.free()
                database.start_if_ended()
            assert "No space left on device" in database.postgres.log.read_text(encoding="utf-8", errors="replace")
        ledger: Ledger
        with psycopg.connect(database.owner_url) as ledger:
            ledger.execute("SELECT set_config('dauchan.retention', 'on', true)")
            ledger.execute("DELETE FROM check_in WHERE person_id <= %s", [PROBES])
            assert_each_once(phones, ledger)
