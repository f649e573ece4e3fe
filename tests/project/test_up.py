"""`dauchan up` as an operator lives with it: started, used, interrupted, killed, started again, with its data kept."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest

from dauchan.project.environment import Environment
from dauchan.simulation.accounts import demonstration_accounts
from tests.project.installation import Installation, is_running, refusal

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An installation after its first start, stopped by Ctrl-C, and what it said."""
    first = Installation(tmp_path_factory.mktemp("installation") / "var")
    try:
        first.wait_until_ready()
        assert page(first).status_code == 200
    finally:
        status = first.end(signal.SIGINT)
    assert status == 0
    return first.var, first.output()


@dataclass
class Kept:
    """The same installation from test to test; started again when a test has ended it."""

    var: Path
    current: Installation | None = None

    def up(self) -> Installation:
        if self.current is None or self.current.process.poll() is not None:
            self.current = Installation(self.var)
            self.current.wait_until_ready()
        return self.current


@pytest.fixture(scope="module")
def kept(first_start: tuple[Path, str]) -> Iterator[Kept]:
    installation = Kept(first_start[0])
    yield installation
    if installation.current is not None:
        installation.current.end(signal.SIGTERM)


@pytest.fixture
def up(kept: Kept) -> Installation:
    return kept.up()


def page(installation: Installation, path: str = "/") -> httpx.Response:
    return httpx.get(f"http://127.0.0.1:{installation.port}{path}", timeout=30, trust_env=False)


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


def count(installation: Installation, table: str) -> int:
    here = Environment.read({"DAUCHAN_VAR": str(installation.var)})
    with psycopg.connect(here.database_url) as connection:
        found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 our own tables
    assert found is not None
    return int(found[0])


def test_the_first_start_shows_progress_and_the_accounts_of_every_role(first_start: tuple[Path, str]) -> None:
    said = first_start[1]
    assert "Tables / Bảng dữ liệu" in said
    assert [account.sign_in for account in demonstration_accounts() if account.sign_in not in said] == []
    assert said.index("Ready at http://127.0.0.1:") < said.index("Stopping …") < said.index("Stopped.")
    assert "Traceback" not in said


def test_nothing_is_left_running_after_ctrl_c(first_start: tuple[Path, str]) -> None:
    var = os.fsencode(first_start[0])
    left = [path for path in Path("/proc").glob("[0-9]*/cmdline") if var in contents(path)]
    assert left == []
    assert not (first_start[0] / "postgres" / "postmaster.pid").exists()
    assert list((first_start[0] / "run").iterdir()) == []


def contents(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_a_second_start_keeps_the_data_and_loads_nothing_again(kept: Kept) -> None:
    first = kept.up()
    venues, check_ins = count(first, "venues_venue"), count(first, "check_in")
    assert venues > 0
    assert check_ins > 0
    assert first.end(signal.SIGTERM) == 0
    second = kept.up()
    assert (count(second, "venues_venue"), count(second, "check_in")) == (venues, check_ins)
    assert second.end(signal.SIGHUP) == 0


def test_door_and_console_answer_at_one_address(up: Installation) -> None:
    assert page(up, "/healthz").status_code == 200
    assert page(up, "/readyz").status_code == 200
    assert "Dấu Chân" in page(up).text
    assert page(up, "/no-such-page").status_code == 404


def test_a_second_one_in_the_same_place_refuses(up: Installation) -> None:
    told = refusal(up.var, PORT=str(up.port))
    assert told == f"Dấu Chân is running already from {up.var} (process {up.process.pid}); stop it first."
    assert page(up, "/readyz").status_code == 200


@pytest.mark.parametrize("name", ["door", "console", "worker", "database"])
def test_a_program_that_is_killed_comes_back_by_itself(up: Installation, name: str) -> None:
    killed = up.pids()[name]
    os.kill(killed, signal.SIGKILL)
    until(lambda: up.pids().get(name, killed) != killed)
    until(lambda: answers(up))
    assert f"The {name} was ended by SIGKILL and starts again" in up.output()


def answers(installation: Installation) -> bool:
    try:
        return page(installation, "/readyz").status_code == 200 and page(installation).status_code == 200
    except httpx.HTTPError:
        return False


def test_when_it_is_killed_everything_ends_and_the_next_start_recovers(kept: Kept) -> None:
    up = kept.up()
    before = count(up, "check_in")
    until(lambda: set(up.pids()) == {"database", "console", "door", "worker"})  # the worker starts after the first page
    pids = up.pids()
    up.process.kill()
    up.process.wait()
    until(lambda: not any(is_running(pid) for pid in pids.values()))
    assert count(kept.up(), "check_in") == before


def test_a_power_cut_is_recovered_from(kept: Kept) -> None:
    up = kept.up()
    before = count(up, "check_in")
    victims = [up.process.pid, *up.pids().values()]
    for pid in victims:
        os.kill(pid, signal.SIGKILL)
    up.process.wait()
    until(lambda: not any(is_running(pid) for pid in victims))
    assert (up.var / "postgres" / "postmaster.pid").exists()
    assert count(kept.up(), "check_in") == before


def test_the_door_knows_no_secret_but_its_own(up: Installation) -> None:
    environ = Path(f"/proc/{up.pids()['door']}/environ").read_bytes().split(b"\0")
    names = {entry.split(b"=")[0].decode() for entry in environ if entry}
    assert {"DAUCHAN_VENUE_CODE_KEYS", "DAUCHAN_PERSON_TOKEN_KEYS", "DAUCHAN_DATABASE_DOOR_URL"} <= names
    assert {"DAUCHAN_GATE_QUEUE_KEYS", "DAUCHAN_CARD_PUBLIC_KEYS"} <= names
    assert names & {"DAUCHAN_SECRET_KEY", "DAUCHAN_CARD_KEYS", "DATABASE_URL"} == set()


def test_it_can_be_stopped_while_it_starts(tmp_path: Path) -> None:
    begun = Installation(tmp_path / "var")
    until((begun.var / "postgres").exists)
    assert begun.end(signal.SIGTERM) in {0, 1}
    assert "Traceback" not in begun.output()
    again = Installation(begun.var)
    try:
        again.wait_until_ready()
        assert page(again).status_code == 200
    finally:
        again.end()


def test_an_external_database(tmp_path: Path, database_url: str) -> None:
    """The test run's own server stands for the external one, with a database of its own for this test."""
    url = database_url.rsplit("/", 1)[0] + "/external"
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE external")
        try:
            given = Installation(tmp_path / "var", variables={"DATABASE_URL": url})
            try:
                given.wait_until_ready()
                assert page(given, "/readyz").status_code == 200
                assert set(given.pids()) == {"console", "door", "worker"}
                assert not (given.var / "postgres").exists()
            finally:
                given.end()
        finally:
            connection.execute("DROP DATABASE external")
