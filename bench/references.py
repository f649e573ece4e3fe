"""The physical references: pgbench's durable single-row insert and one COPY, into the ledger's table with all its indexes."""

import os
import re
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import psycopg
from machine import empty, ended_children_seconds, postmaster

from dauchan.project.embedded_postgres import binary
from dauchan.visits.arrays import check_in_ids
from dauchan.visits.copying import HEADER, TRAILER, row_type, timestamps_of

SINGLE_INSERT = """\\set person random(2199023255552, 2199023275552)
\\set venue random(1, 5000)
INSERT INTO check_in (check_in_id, person_id, venue_id, entered_at, device_at, received_at, source, assurance, poster_version)
VALUES (uuidv7(), :person, :venue, now(), now(), now(), 1, 2, 1);
"""
COPY = "COPY check_in (check_in_id, person_id, venue_id, entered_at, device_at, received_at) FROM STDIN (FORMAT binary)"


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


def copied(owner: str, rows: int = 200_000, batch: int = 0, connections: int = 1) -> float:
    """Rows a second of COPY into the same table with its indexes: all in one, or `batch` rows a durable commit."""
    empty(owner)
    lines, size = _copy_lines(rows), batch or rows
    pieces = [HEADER + lines[at : at + size].tobytes() + TRAILER for at in range(0, rows, size)]
    with psycopg.connect(owner) as connection:
        for column in ("source", "assurance"):
            connection.execute(f"ALTER TABLE check_in ALTER {column} SET DEFAULT 1")
    with ThreadPoolExecutor(connections) as pool:
        opened = [psycopg.connect(owner) for _ in range(connections)]
        began = time.perf_counter()
        list(pool.map(_copy_all, opened, (pieces[n::connections] for n in range(connections))))
        seconds = time.perf_counter() - began
    for connection in opened:
        connection.close()
    return rows / seconds


def _copy_all(connection: psycopg.Connection, pieces: list[bytes]) -> None:
    for piece in pieces:
        with connection.cursor().copy(COPY) as copy:
            copy.write(piece)
        connection.commit()


def _copy_lines(rows: int) -> np.ndarray:
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
    return table
