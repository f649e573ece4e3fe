"""What keeps an installation from starting is told in one clear sentence, in English and Vietnamese."""

import fcntl
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dauchan.project.errors import CannotStart
from dauchan.project.external_database import _check_fitness
from dauchan.project.keys import fresh_keys
from tests.project.installation import UP, free_port, refusal, surroundings


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        told = refusal(tmp_path / "var", PORT=str(port))
    assert told == f"Port {port} is in use by another program; choose another one: PORT={port + 1} make run."
    assert not (tmp_path / "var" / "postgres").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open every port")
def test_a_port_reserved_for_root(tmp_path: Path) -> None:
    assert "is reserved for root" in refusal(tmp_path / "var", PORT="80")


def test_a_host_that_is_not_ours(tmp_path: Path) -> None:
    assert "203.0.113.7" in refusal(tmp_path / "var", HOST="203.0.113.7", PORT=str(free_port()))


def test_a_port_that_is_none(tmp_path: Path) -> None:
    assert "PORT is 'http'" in refusal(tmp_path / "var", PORT="http")


@pytest.mark.parametrize("url", ["mysql://a/b", "dauchan", "postgresql://someone@host", "postgresql://h/%zz"])
def test_an_address_that_is_none(tmp_path: Path, url: str) -> None:
    told = refusal(tmp_path / "var", DATABASE_URL=url, PORT=str(free_port()))
    assert told == "DATABASE_URL must look like postgresql://user:password@host:5432/database."


def test_a_database_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    port = free_port()
    url = f"postgresql://someone:opensesame@127.0.0.1:{port}/dauchan"
    told = refusal(tmp_path / "var", DATABASE_URL=url, PORT=str(free_port()))
    assert told == f"The database at 127.0.0.1:{port}/dauchan cannot be used: Connection refused."


def test_a_database_that_is_not_there(tmp_path: Path, database_url: str) -> None:
    told = refusal(tmp_path / "var", DATABASE_URL=f"{database_url}_not_there", PORT=str(free_port()))
    assert 'database "test_dauchan' in told
    assert "does not exist" in told


@pytest.mark.parametrize(
    ("version", "encoding", "may_create", "word"),
    [(140012, "UTF8", True, "PostgreSQL 14"), (150004, "LATIN1", True, "LATIN1"), (150004, "UTF8", False, "owner")],
)
def test_a_database_unfit_for_us(version: int, encoding: str, may_create: bool, word: str) -> None:  # noqa: FBT001
    with pytest.raises(CannotStart, match=word):
        _check_fitness("db.example:5432/dauchan", version, encoding, may_create=may_create)


def test_the_oldest_database_that_is_fit() -> None:
    _check_fitness("db.example:5432/dauchan", 150000, "UTF8", may_create=True)


def test_an_installation_that_is_running_already(tmp_path: Path) -> None:
    var = tmp_path / "var"
    var.mkdir()
    with (var / "up.lock").open("w") as lock:
        lock.write("4711")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        told = refusal(var, PORT=str(free_port()))
    assert told == f"Dấu Chân is running already from {var} (process 4711); stop it first."


def test_a_broken_database_directory(tmp_path: Path) -> None:
    var = tmp_path / "var"
    (var / "postgres").mkdir(parents=True)
    (var / "postgres" / "PG_VERSION").write_text("18\n")
    told = refusal(var, PORT=str(free_port()))
    assert f"The database in {var / 'postgres'} is damaged" in told


def test_damaged_keys(tmp_path: Path) -> None:
    var = tmp_path / "var"
    var.mkdir()
    (var / "keys.json").write_text("{")
    assert "keys.json is damaged" in refusal(var, PORT=str(free_port()))


def test_var_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("no directory")
    assert "cannot be" in refusal(tmp_path / "var", PORT=str(free_port()))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_var_belongs_to_somebody_else(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "cannot be" in refusal(tmp_path / "var", PORT=str(free_port()))


def on_a_small_disk(place: Path, size: str) -> list[str]:
    script = f"mount -t tmpfs -o size={size} tmpfs '{place}' && exec \"$@\""
    return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]


@pytest.mark.parametrize("size", ["8k", "8m"])
def test_a_full_disk(tmp_path: Path, size: str) -> None:
    command = on_a_small_disk(tmp_path, size)
    if subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount a small disk")
    told = refusal(tmp_path / "var", *command, *UP, PORT=str(free_port()))
    assert "full" in told or "No space left on device" in told


def test_production_with_nothing_set(tmp_path: Path) -> None:
    assert "DAUCHAN_BASE_URL" in refusal(tmp_path / "var", DAUCHAN_ENV="production")
    told = refusal(
        tmp_path / "var", DAUCHAN_ENV="production", DAUCHAN_BASE_URL="https://dauchan.example", **fresh_keys()
    )
    assert "DATABASE_URL is not set" in told


@pytest.mark.parametrize("command", ["prepare", "worker"])
def test_other_commands_refuse_alike(tmp_path: Path, command: str) -> None:
    told = refusal(tmp_path / "var", *UP[:-1], command, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert told == "The database at 127.0.0.1:1/none cannot be used: Connection refused."


def test_the_list_of_commands_and_their_examples(tmp_path: Path) -> None:
    listed = subprocess.run(
        [*UP[:-1], "--help"], env=surroundings(tmp_path), capture_output=True, text=True, check=True
    )
    commands = [line.split()[0] for line in listed.stdout.split("Commands:")[1].strip().splitlines()]
    assert {"keys", "prepare", "up", "worker"} <= set(commands)
    for command in commands:
        page = subprocess.run([*UP[:-1], command, "--help"], capture_output=True, text=True, check=True)
        assert re.search(r"^ *Examples?:", page.stdout, re.MULTILINE), command
        assert "\\b" not in page.stdout, command


def test_an_unknown_command_is_a_usage_error() -> None:
    done = subprocess.run([*UP[:-1], "no-such-command"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "No such command" in done.stderr


def test_a_command_that_needs_no_django_does_not_load_it() -> None:
    program = "import sys; sys.argv = ['dauchan', 'keys'];\ntry: import dauchan.project.__main__\nfinally: print(json.dumps('django' in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", f"import json; {program}"], capture_output=True, text=True, check=False
    )
    assert json.loads(done.stdout.splitlines()[-1]) is False


def test_fresh_keys_are_what_production_takes(tmp_path: Path) -> None:
    printed = subprocess.run([*UP[:-1], "keys"], capture_output=True, text=True, check=True).stdout
    keys = dict(line.split("=", 1) for line in printed.splitlines())
    told = refusal(tmp_path / "var", DAUCHAN_ENV="production", DAUCHAN_BASE_URL="https://dauchan.example", **keys)
    assert "DATABASE_URL" in told


def test_another_installation_does_not_share_our_long_directory(tmp_path: Path) -> None:
    """Sockets move to the temporary directory where the path is long; what somebody else put there is not used."""
    long = tmp_path / ("thư-mục-" * 12)
    program = "from pathlib import Path; from dauchan.project.environment import run_directory; import sys; print(run_directory(Path(sys.argv[1])))"
    run = Path(
        subprocess.run(
            [sys.executable, "-c", program, str(long)], capture_output=True, text=True, check=True
        ).stdout.strip()
    )
    run.symlink_to(tmp_path)
    try:
        assert "belongs to another user" in refusal(long, PORT=str(free_port()))
    finally:
        run.unlink()
        shutil.rmtree(long)
