"""PostgreSQL ends as in a power cut, again and again, under load: what was acknowledged is there, exactly once."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from dauchan.door.running import RunningDoor
from dauchan.door.testing import APPROVED, Ledger
from dauchan.project.database import database_child
from dauchan.project.embedded_postgres import EmbeddedPostgres
from dauchan.project.environment import DOOR_ROLE, OWNER_ROLE, embedded_url
from dauchan.project.errors import CannotStart
from dauchan.project.keys import Keys, fresh_keys
from dauchan.project.postgres_refusals import StillInUse
from dauchan.project.processes import Child
from tests.door.phones import KILLS, PATIENCE_SECONDS, assert_each_once, phones_at

VENUE = """
INSERT INTO units_unit (id, code, level, name, full_name, name_en, path, valid_from, search_key, sort_key)
VALUES (900001, '99999', 'commune', 'X', 'X', 'X', '900001', '2021-07-01', 'x', 'x');
INSERT INTO venues_category (id, code, name_vi, name_en, setting, default_stay_minutes, mode, sensitive, position)
VALUES (900001, 'faults', 'X', 'X', 'indoor', 60, 'poster', false, 999);
INSERT INTO venues_venue (id, name, category_id, address, unit_id, opening_hours, phone, description, sensitive, status,
                          registered_at, changed_at, decision_note, search_key, revision)
VALUES ({venue}, 'V', 900001, 'A', 900001, '{{}}', '', '', false, 'approved', now(), now(), '', '', 1);
"""


class Durable(NamedTuple):
    """A database of its own that waits for the disk, unlike that of the other tests."""

    server: Child
    owner_url: str
    door_url: str
    postgres: EmbeddedPostgres

    def kill(self) -> None:
        """End it as a power cut would; its other processes end when they notice."""
        assert self.server.process is not None
        self.server.process.kill()
        self.server.process.wait()

    def start_if_ended(self) -> None:
        """Start it again unless it lives: a full disk may end it, or only refuse what it is asked."""
        try:
            self.server.wait_until_ready(PATIENCE_SECONDS)
        except CannotStart:
            self.start()

    def start(self) -> None:
        """Start it again; what the killed one left behind may need a moment to end."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            self.server.start()
            try:
                return self.server.wait_until_ready(PATIENCE_SECONDS)
            except StillInUse:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)


@contextmanager
def durable_database() -> Iterator[Durable]:
    with tempfile.TemporaryDirectory(prefix="dauchan-faults-") as folder:
        named = fresh_keys()
        keys, run = Keys.read(named), Path(folder) / "run"
        postgres = EmbeddedPostgres(Path(folder) / "postgres", run, Path(folder) / "log", keys)
        postgres.create()
        owner_url, door_url = embedded_url(run, OWNER_ROLE, keys), embedded_url(run, DOOR_ROLE, keys)
        database = Durable(database_child(postgres), owner_url, door_url, postgres)
        database.start()
        try:
            environ = {**os.environ, **named, "DAUCHAN_ENV": "test", "DAUCHAN_VAR": folder}
            environ["DATABASE_URL"] = database.owner_url
            words = [sys.executable, "-m", "django", "migrate", "--settings=dauchan.project.settings", "-v0"]
            subprocess.run(words, env=environ, check=True)
            with psycopg.connect(database.owner_url) as owner:
                owner.execute(VENUE.format(venue=APPROVED))
            yield database
        finally:
            database.server.stop()


@pytest.mark.slow
def test_a_database_killed_under_load_loses_and_doubles_nothing() -> None:
    with durable_database() as database:
        unlimited = {"DAUCHAN_DOOR_REQUESTS_A_MINUTE": "0"}
        with RunningDoor(database.door_url, unlimited) as door, phones_at(door) as phones:
            for _ in range(KILLS):
                time.sleep(0.3 + secrets.randbelow(300) / 1000)
                database.kill()
                database.start()
        ledger: Ledger
        with psycopg.connect(database.owner_url) as ledger:
            assert_each_once(phones, ledger)
