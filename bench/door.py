"""The door against the database it writes to, on this machine: `python bench/door.py [--seconds 5]`.

Physical references: pgbench inserting single rows durably into the same table with the same indexes, prepared, best of 8
and 16 clients; and COPY of many rows. The peer: a plain Django view that saves one row. Everything, generator included,
shares the machine, so the processor time of a scan says more than the rate where others use the machine too.
"""

import argparse
import base64
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psycopg

from dauchan.door.running import RunningDoor
from dauchan.project.database import database_child
from dauchan.project.embedded_postgres import EmbeddedPostgres, binary
from dauchan.project.environment import DOOR_ROLE, OWNER_ROLE, embedded_url
from dauchan.project.keys import Keys, fresh_keys
from dauchan.qr.signing import Keyring
from dauchan.visits.arrays import check_in_ids
from dauchan.visits.copying import HEADER, TRAILER, row_type, timestamps_of

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
SINGLE_INSERT = """\\set person random(2199023255552, 2199023275552)
\\set venue random(1, 5000)
INSERT INTO check_in (check_in_id, person_id, venue_id, entered_at, device_at, received_at, source, assurance, poster_version)
VALUES (uuidv7(), :person, :venue, now(), now(), now(), 1, 2, 1);
"""
COPY = "COPY check_in (check_in_id, person_id, venue_id, entered_at, device_at, received_at) FROM STDIN (FORMAT binary)"


@contextmanager
def database() -> Iterator[tuple[str, str]]:
    """A durable PostgreSQL with the ledger and 20,000 venues; its addresses as owner and as door."""
    with tempfile.TemporaryDirectory(prefix="dauchan-bench-") as folder:
        named = fresh_keys()
        keys, run = Keys.read(named), Path(folder) / "run"
        postgres = EmbeddedPostgres(Path(folder) / "postgres", run, Path(folder) / "log", keys)
        postgres.create()
        server = database_child(postgres)
        server.start()
        try:
            server.wait_until_ready(60)
            owner, door = embedded_url(run, OWNER_ROLE, keys), embedded_url(run, DOOR_ROLE, keys)
            environ = {**os.environ, **named, "DAUCHAN_ENV": "test", "DAUCHAN_VAR": folder, "DATABASE_URL": owner}
            words = [sys.executable, "-m", "django", "migrate", "--settings=dauchan.project.settings", "-v0"]
            subprocess.run(words, env=environ, check=True, stderr=subprocess.DEVNULL)  # noqa: S603 own words
            with psycopg.connect(owner) as connection:
                connection.execute(VENUES)
            yield owner, door
        finally:
            server.stop()


def empty(owner: str) -> None:
    """The same start for everybody."""
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("TRUNCATE check_in, check_out, scan_attempt")
        connection.execute("CHECKPOINT") if connection.info.user == "postgres" else None


def pgbench(owner: str, clients: int, seconds: int) -> tuple[float, str]:
    """Rows a second of prepared single-row inserts, each its own commit, and what a row costs the processor."""
    empty(owner)
    server = postmaster(owner)
    before = ended_children_seconds(os.getpid()), ended_children_seconds(server)
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SINGLE_INSERT)
        script.flush()
        words = [
            binary("pgbench"),
            "-n",
            "-M",
            "prepared",
            f"-c{clients}",
            "-j2",
            f"-T{seconds}",
            f"-f{script.name}",
            owner,
        ]
        said = subprocess.run(words, check=True, capture_output=True, text=True).stdout  # noqa: S603 own words
    after = ended_children_seconds(os.getpid()), ended_children_seconds(server)
    rows = int(re.findall(r"processed: ([0-9]+)", said)[0])
    cost = [f"{1e6 * (end - start) / rows:.0f}" for start, end in zip(before, after, strict=True)]
    cpu = f"{cost[0]} + {cost[1]} µs of CPU a row in pgbench and PostgreSQL"
    return float(re.findall(r"tps = ([0-9.]+)", said)[0]), cpu


def ended_children_seconds(pid: int) -> float:
    """Processor time of a process's children that have ended; Linux only, elsewhere 0."""
    path = Path(f"/proc/{pid}/stat")
    if not path.exists():
        return 0
    after_name = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return (int(after_name[13]) + int(after_name[14])) / os.sysconf("SC_CLK_TCK")


def copied(owner: str, rows: int = 200_000) -> float:
    """Rows a second of one COPY into the same table with its indexes."""
    empty(owner)
    random = np.random.default_rng(1)
    entered = np.full(rows, int(time.time())) - random.integers(0, 60, rows)
    person, venue = random.integers(2**41, 2**41 + 20_000, rows), random.integers(1, 5_000, rows)
    widths = (16, 8, 8, 8, 8, 8)
    table = np.empty(rows, row_type(widths))
    table["columns"] = len(widths)
    for n, width in enumerate(widths):
        table[f"n{n}"] = width
    ids = check_in_ids(person, venue, entered + np.arange(rows) % 1_000)
    table["v0"], table["v0b"] = ids[:, 0], ids[:, 1] ^ np.arange(rows).astype(np.uint64)
    table["v1"], table["v2"] = person, venue
    table["v3"] = table["v4"] = table["v5"] = timestamps_of(entered)
    with psycopg.connect(owner) as connection:
        for column in ("source", "assurance"):
            connection.execute(f"ALTER TABLE check_in ALTER {column} SET DEFAULT 1")
        connection.commit()
        began = time.perf_counter()
        with connection.cursor().copy(COPY) as copy:
            copy.write(HEADER + table.tobytes() + TRAILER)
        connection.commit()
        return rows / (time.perf_counter() - began)


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


class Peer(NamedTuple):
    """The plain Django view, as far as the load generator needs to know it."""

    port: int
    pid: int
    keys: Keyring


@contextmanager
def django_peer(owner: str, keys: Keyring) -> Iterator[Peer]:
    """The view under gunicorn; it is warm when this begins."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "gunicorn", "-w2", "-kgthread", "--threads=8", f"-b127.0.0.1:{port}"]
    words += ["--log-level=error", f"--pythonpath={Path(__file__).parent}", "django_peer:application"]
    process = subprocess.Popen(words, env={**os.environ, "PEER_DATABASE_URL": owner})  # noqa: S603 own words
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        time.sleep(1)
        yield Peer(port, process.pid, keys)
    finally:
        process.terminate()
        process.wait()


def door_rate(door: RunningDoor | Peer, owner: str, seconds: float, connections: int, batch: int) -> dict[str, object]:
    """What the generator saw."""
    empty(owner)
    plan = {"port": door.port, "key": base64.b64encode(door.keys.keys[1]).decode(), "seconds": seconds}
    plan |= {"connections": connections, "batch": batch}
    words = [sys.executable, str(Path(__file__).with_name("door_load.py"))]
    server = postmaster(owner)
    before = cpu_seconds(door.pid), cpu_seconds(server)
    said = subprocess.run(words, input=json.dumps(plan), check=True, capture_output=True, text=True).stdout  # noqa: S603 own words
    after = cpu_seconds(door.pid), cpu_seconds(server)
    found: dict[str, object] = json.loads(said)
    with psycopg.connect(owner) as connection:
        (stored,) = connection.execute("SELECT count(*) FROM check_in").fetchone() or (0,)
    cost = [f"{1e6 * (end - start) / max(stored, 1):.0f}" for start, end in zip(before, after, strict=True)]
    return found | {"stored": stored, "cpu": f"{cost[0]} + {cost[1]} µs of CPU a scan in door and PostgreSQL"}


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    unlimited = {"DAUCHAN_DOOR_REQUESTS_A_MINUTE": "0", "DAUCHAN_DOOR_QUEUE": "50000"}
    with (
        database() as (owner, door_url),
        RunningDoor(door_url, unlimited) as door,
        django_peer(owner, door.keys) as peer,
    ):
        for _ in range(given.rounds):
            row, row_cpu = max(pgbench(owner, clients, given.seconds) for clients in (8, 16))
            single = door_rate(door, owner, given.seconds, 64, 1)
            plain = door_rate(peer, owner, given.seconds, 16, 1)
            batches = door_rate(door, owner, given.seconds, 4, 500)
            copy = copied(owner)
            one, many = float(str(single["scans_per_second"])), float(str(batches["scans_per_second"]))
            print(
                f"pgbench {row:,.0f}/s, {row_cpu} · door {one:,.0f}/s = {one / row:.2f}× · p50/p90/p99 {single['ms']} ms · {single['cpu']} · {single['statuses']}"
            )
            view = float(str(plain["scans_per_second"]))
            print(
                f"Django view {view:,.0f}/s · door {one / view:.1f}× · {plain['ms']} ms · {plain['cpu']} · {plain['statuses']}"
            )
            print(
                f"COPY {copy:,.0f}/s · door, 500 at a time {many:,.0f}/s = {many / copy:.2f}× · {batches['ms']} ms · {batches['cpu']} · {batches['statuses']}"
            )


if __name__ == "__main__":
    main()
