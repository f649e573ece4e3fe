"""The physical references: pgbench's durable single-row insert and one COPY, into the ledger's table with all its indexes."""

import os
import re
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import psycopg
from machine import cpu_seconds, empty, ended_children_seconds, postmaster
from province_day import COPY, copy_rows, person_of

from dauchan.project.embedded_postgres import binary
from dauchan.visits.copying import HEADER, TRAILER

SINGLE_INSERT = """\\set person random(2199023255552, 2199024455551)
\\set venue random(1, 20000)
INSERT INTO check_in (check_in_id, person_id, venue_id, entered_at, device_at, received_at, source, assurance, poster_version)
VALUES (uuidv7(), :person, :venue, now(), now(), now(), 1, 2, 1);
"""
LIST = 500


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


def copied(owner: str, run: int, rows: int = 200_000, batch: int = 0, connections: int = 1) -> tuple[float, str, float]:
    """Rows a second of COPY into the same table with its indexes, and what a row costs the processor.

    All in one, or `batch` rows a durable commit; each 500 rows are of one person, as the door's lists are.
    """
    people = np.array([person_of(run, n) for n in range(-(-rows // LIST))])
    lines, size = copy_rows(np.repeat(people, LIST)[:rows]), batch or rows
    pieces = [HEADER + lines[at : at + size].tobytes() + TRAILER for at in range(0, rows, size)]
    server = postmaster(owner)
    with ThreadPoolExecutor(connections) as pool:
        opened = [psycopg.connect(owner) for _ in range(connections)]
        began, ours, theirs = time.perf_counter(), time.process_time(), cpu_seconds(server)
        list(pool.map(_copy_all, opened, (pieces[n::connections] for n in range(connections))))
        seconds = time.perf_counter() - began
        cost = [1e6 * each / rows for each in (time.process_time() - ours, cpu_seconds(server) - theirs)]
    for connection in opened:
        connection.close()
    return rows / seconds, f"{cost[0]:.1f} client + {cost[1]:.1f} PostgreSQL, {connections} connections", sum(cost)


def _copy_all(connection: psycopg.Connection, pieces: list[bytes]) -> None:
    for piece in pieces:
        with connection.cursor().copy(COPY) as copy:
            copy.write(piece)
        connection.commit()
