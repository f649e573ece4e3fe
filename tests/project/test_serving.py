"""Each program by itself, as a supervisor starts it: the door on a socket that was opened for it."""

from __future__ import annotations

import shlex
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx
from click.testing import CliRunner

from dauchan.project.commands.serve import command
from dauchan.project.environment import AUDIT_URL, environment

if TYPE_CHECKING:
    from pathlib import Path

SECRETS_OF_OTHERS = {"DAUCHAN_SECRET_KEY", "DATABASE_URL", "DAUCHAN_CARD_KEYS", AUDIT_URL, "DAUCHAN_SMS_GATEWAY_TOKEN"}


def test_the_door_runs_on_its_own_settings_and_a_socket_it_was_given(door_database_url: str, tmp_path: Path) -> None:
    told = CliRunner().invoke(command, ["door", "--settings"])
    assert told.exit_code == 0, told.output
    settings = dict(line.split("=", 1) for line in shlex.split(told.output))
    assert not SECRETS_OF_OTHERS & settings.keys()
    assert environment().keys.secret_key not in told.output
    settings |= {"DAUCHAN_DATABASE_DOOR_URL": door_database_url, "DAUCHAN_CONSOLE_SOCKET": str(tmp_path / "none")}
    with socket.create_server(("127.0.0.1", 0)) as opened:
        opened.set_inheritable(True)
        port = opened.getsockname()[1]
        words = [sys.executable, "-m", "dauchan.door", "--fd", str(opened.fileno())]
        door = subprocess.Popen(words, env=settings | {"PATH": "/usr/bin"}, pass_fds=[opened.fileno()])
        try:
            # Nobody had to wait for it to be there: the socket was open before.
            answer = httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=60, headers={"host": "127.0.0.1"})
            assert answer.status_code == 200
            door.terminate()
            assert door.wait(30) == 0
        finally:
            door.kill()
            door.wait()


def test_only_the_door_tells_its_settings() -> None:
    assert CliRunner().invoke(command, ["console", "--settings"]).exit_code == 2
