"""What the measurements share: a durable database with the ledger in it, and processor times of processes."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from dauchan.project.database import database_child
from dauchan.project.embedded_postgres import EmbeddedPostgres
from dauchan.project.environment import DOOR_ROLE, OWNER_ROLE, embedded_url
from dauchan.project.keys import Keys, fresh_keys

VENUES = """
INSERT INTO units_unit (id, code, level, name, full_name, name_en, path, valid_from, search_key, sort_key)
VALUES (900001, '99999', 'commune', 'X', 'X', 'X', '900001', '2021-07-01', 'x', 'x');
INSERT INTO venues_category (id, code, name_vi, name_en, setting, default_stay_minutes, mode, sensitive, position)
VALUES (900001, 'bench', 'X', 'X', 'indoor', 60, 'poster', false, 999);
INSERT INTO venues_venue (id, name, category_id, address, unit_id, opening_hours, phone, description, sensitive, status,
                          registered_at, changed_at, decision_note, search_key, revision, lat, lon)
SELECT n, 'V', 900001, 'A', 900001, (SELECT jsonb_object_agg(day, '[["00:00", "12:00"], ["12:30", "24:00"]]'::jsonb)
                                     FROM unnest('{mon,tue,wed,thu,fri,sat,sun}'::text[]) AS day),
       '', '', false, 'approved', now(), now(), '', '', 1, 16.4, 107.6
FROM generate_series(1, 20000) n;
ANALYZE;
"""


@contextmanager
def database(kept: Path | None = None) -> Iterator[tuple[str, str]]:
    """A durable PostgreSQL with the ledger and 20,000 venues; its addresses as owner and as door.

    In the folder *kept* it stays when it is left, with its keys, and is as it was when it is opened again.
    """
    with tempfile.TemporaryDirectory(prefix="dauchan-bench-") as passing:
        folder = str(kept or passing)
        written = Path(folder) / "keys.json"
        is_new = not written.exists()
        named = fresh_keys() if is_new else json.loads(written.read_text())
        keys, run = Keys.read(named), Path(folder) / "run"
        postgres = EmbeddedPostgres(Path(folder) / "postgres", run, Path(folder) / "log", keys)
        if is_new:
            postgres.create()
            written.write_text(json.dumps(named))
        server = database_child(postgres)
        server.start()
        try:
            server.wait_until_ready(60)
            owner, door = embedded_url(run, OWNER_ROLE, keys), embedded_url(run, DOOR_ROLE, keys)
            if not is_new:
                yield owner, door
                return
            environ = {**os.environ, **named, "DAUCHAN_ENV": "test", "DAUCHAN_VAR": folder, "DATABASE_URL": owner}
            words = [sys.executable, "-m", "django", "migrate", "--settings=dauchan.project.settings", "-v0"]
            subprocess.run(words, env=environ, check=True, stderr=subprocess.DEVNULL)  # noqa: S603 own words
            with psycopg.connect(owner) as connection:
                connection.execute(VENUES)
            with psycopg.connect(owner, autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE venues_venue")  # as autovacuum does within a minute
            yield owner, door
        finally:
            server.stop()


def scans_in(owner: str) -> int:
    """How many check-ins the ledger holds."""
    with psycopg.connect(owner) as connection:
        (count,) = connection.execute("SELECT count(*) FROM check_in").fetchone() or (0,)
    return int(count)


def empty(owner: str) -> None:
    """The same start for everybody."""
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("TRUNCATE check_in, check_out, scan_attempt")


def ended_children_seconds(pid: int) -> float:
    """Processor time of a process's children that have ended; Linux only, elsewhere 0."""
    path = Path(f"/proc/{pid}/stat")
    if not path.exists():
        return 0
    after_name = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return (int(after_name[13]) + int(after_name[14])) / os.sysconf("SC_CLK_TCK")


def cpu_seconds(parent: int) -> float:
    """Processor time of a process and its children; Linux only, elsewhere 0."""
    found = [path for path in Path("/proc").glob("[0-9]*/stat") if _parentage(path) & {parent}]
    return sum(_ticks(path) for path in found) / os.sysconf("SC_CLK_TCK")


def _parentage(path: Path) -> set[int]:
    """A process and its parent; nothing if it has just ended."""
    try:
        after_name = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return set()
    return {int(path.parent.name), int(after_name[1])}


def _ticks(path: Path) -> int:
    try:
        after_name = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0
    return int(after_name[11]) + int(after_name[12])


def postmaster(owner: str) -> int:
    """The process number of the database server; it sees the same numbers as we where both run on one machine."""
    with psycopg.connect(owner) as connection:
        (backend,) = connection.execute("SELECT pg_backend_pid()").fetchone() or (0,)
        stat = Path(f"/proc/{backend}/stat")
        return next(iter(_parentage(stat) - {backend}), 0) if stat.exists() else 0
