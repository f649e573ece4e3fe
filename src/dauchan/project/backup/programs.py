"""PostgreSQL's own programs, called with the password in their environment: a command line is read by every user."""

import os
import subprocess
from pathlib import Path
from urllib.parse import quote

from psycopg.conninfo import conninfo_to_dict

from dauchan.project.embedded_postgres import binary
from dauchan.project.errors import CannotStart


def call(program: str, url: str, *words: str | Path) -> None:
    """Run a program of PostgreSQL against a database.

    Raises:
        CannotStart: it failed; the sentence is its last word.
    """
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    password = parts.pop("password", "")
    host = quote(parts.pop("host", "localhost"), safe="")
    target = f"postgresql://{quote(parts.pop('user', ''))}@{host}:{parts.pop('port', '5432')}/{parts.pop('dbname')}"
    environ = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "PGPASSWORD": password}
    run([binary(program), f"--dbname={target}", *map(str, words)], environ)


def run(command: list[str], environ: dict[str, str]) -> None:
    """Run a program of PostgreSQL on files; as `call` otherwise."""
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)  # noqa: S603 own words
    if done.returncode:
        program = Path(command[0]).name
        reason = (done.stderr.strip().splitlines() or ["?"])[-1].removeprefix(f"{program}: ").rstrip(".")
        raise CannotStart(f"{program} failed: {reason}.", f"{program} không thực hiện được: {reason}.")
