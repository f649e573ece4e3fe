"""The door beside its references and a peer, on this machine in one run: `python bench/door.py [--rounds 3] [--minutes 0] [--no-pretix]`.

References: pgbench inserting single rows durably into the same table with the same indexes, prepared, best of 8 and 16
clients; and COPY, 500 rows a commit as the door takes them, and 200,000 in one. Peers: a plain Django view that saves one row, and pretix. Generator and servers share the processors,
so the processor time of a scan says more than the rate where others use the machine too. Every row of the table names the
answers by status, and the scans that were then counted in the ledger.
"""

import argparse
import base64
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg
from machine import cpu_seconds, database, empty, postmaster
from pretix_peer import pretix, redeemed
from references import copied, pgbench

from dauchan.door.running import RunningDoor
from dauchan.qr.signing import Keyring

SINGLE = {"connections": 128, "batch": 1, "count": 200_000}
MANY = {"connections": 4, "batch": 500, "count": 400}
BY_500 = "as durable as the door's lists; best of 1, 2 and 4 connections"
PLAIN = {"connections": 16, "batch": 1, "count": 40_000}


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


class Measured(NamedTuple):
    """What a load did: scans a second, the line of the table, and percentiles of waiting in milliseconds."""

    rate: float
    line: str
    ms: dict[str, float]


def measured(server: RunningDoor | Peer, owner: str, **plan: float) -> Measured:
    """Run the load generator and count what then stands in the ledger."""
    empty(owner)
    whole = {"kind": "check-ins", "port": server.port, "key": base64.b64encode(server.keys.keys[1]).decode(), **plan}
    database_pid = postmaster(owner)
    before = cpu_seconds(server.pid), cpu_seconds(database_pid)
    words = [sys.executable, str(Path(__file__).with_name("load.py"))]
    said = subprocess.run(words, input=json.dumps(whole), check=True, capture_output=True, text=True).stdout  # noqa: S603 own words
    after = cpu_seconds(server.pid), cpu_seconds(database_pid)
    found = json.loads(said)
    with psycopg.connect(owner) as connection:
        (stored,) = connection.execute("SELECT count(*) FROM check_in").fetchone() or (0,)
    cost = [1e6 * (end - start) / max(stored, 1) for start, end in zip(before, after, strict=True)]
    cpu = f"{cost[0]:.0f} server + {cost[1]:.0f} PostgreSQL + {found['cpu'] / plan['batch']:.0f} generator"
    statuses = " ".join(f"{status}: {count:,}" for status, count in found["statuses"].items())
    line = f"{cpu} · {found['ms']} · {statuses} · {stored:,} in the ledger, {found['unanswered']} unanswered"
    return Measured(found["rate"] * plan["batch"], line, found["ms"])


def memory(pid: int) -> float:
    """Megabytes of a process that are in memory; Linux only, elsewhere 0."""
    path = Path(f"/proc/{pid}/statm")
    return int(path.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if path.exists() else 0


def side_by_side(door: RunningDoor, peer: Peer, owner: str, rounds: int, seconds: int) -> float:
    """Print the table of medians; the door's rate of single scans."""
    found: dict[str, list[tuple[float, str]]] = {}
    for _ in range(rounds):
        row = {
            "pgbench, one row": max(pgbench(owner, clients, seconds) for clients in (8, 16)),
            "door, one scan": measured(door, owner, seconds=seconds, **SINGLE)[:2],
            "Django view, one row": measured(peer, owner, seconds=seconds, **PLAIN)[:2],
            "COPY, 500 a commit": (max(copied(owner, batch=500, connections=n) for n in (1, 2, 4)), BY_500),
            "COPY, one commit": (copied(owner), "200,000 rows at once"),
            "door, 500 scans": measured(door, owner, seconds=seconds, **MANY)[:2],
        }
        for name, value in row.items():
            found.setdefault(name, []).append(value)
    rates = {name: statistics.median(rate for rate, _ in values) for name, values in found.items()}
    for name, values in found.items():
        print(f"{name:22}{rates[name]:10,.0f}/s  {values[-1][1]}")
    one = rates["door, one scan"]
    print(
        f"one scan: {one / rates['pgbench, one row']:.2f}× pgbench, {one / rates['Django view, one row']:.1f}× the Django view"
        f" · 500 scans: {rates['door, 500 scans'] / rates['COPY, 500 a commit']:.2f}× COPY of 500 a commit,"
        f" {rates['door, 500 scans'] / rates['COPY, one commit']:.2f}× one COPY of all · load {os.getloadavg()[0]:.1f}"
    )
    return one


def steady(door: RunningDoor, owner: str, rate: float, seconds: int) -> None:
    """Percentiles at 70 % of the capacity, requests due at a constant rate; what each waits counts from when it was due."""
    plan = {"seconds": seconds, "connections": 512, "batch": 1, "count": round(rate * seconds), "rate": rate}
    print(f"70 % of capacity, {rate:,.0f}/s: {measured(door, owner, **plan).line}")


def burst(door: RunningDoor, owner: str, rate: float) -> None:
    """Five times the capacity for a few seconds, in lists: the rest is shed, comes again after Retry-After and is recorded once."""
    lists = round(5 * rate * 3 / 100)
    plan = {"seconds": 3, "connections": 400, "batch": 100, "count": lists, "rate": lists / 3}
    print(f"burst of {lists / 3 * 100:,.0f} scans/s: {measured(door, owner, **plan).line}")


def beside_pretix(owner: str, one: float, seconds: int) -> None:
    """How often the door's rate is that of pretix's check-in call."""
    with pretix(owner, 400 * seconds) as server:
        rate, line = redeemed(server, seconds)
    print(f"pretix, one check-in {rate:10,.1f}/s  {line}")
    print(f"one scan: {one / rate:,.0f}× pretix")


def long_load(door: RunningDoor, owner: str, rate: float, minutes: float) -> None:
    """Memory of the door, every so often, under half of its capacity."""
    began, seen = time.monotonic(), [memory(door.pid)]
    while time.monotonic() - began < 60 * minutes:
        measured(door, owner, seconds=30, connections=128, batch=1, count=round(rate * 30), rate=rate)
        seen.append(memory(door.pid))
    print(f"memory over {minutes:g} minutes: {' '.join(f'{each:.0f}' for each in seen)} MB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=0, help="of load under which the door's memory is watched")
    parser.add_argument(
        "--pretix", action=argparse.BooleanOptionalAction, default=True, help="beside pretix, installed once"
    )
    given = parser.parse_args()
    unlimited = {"DAUCHAN_DOOR_REQUESTS_A_MINUTE": "0"}
    with (
        database() as (owner, door_url),
        RunningDoor(door_url, unlimited) as door,
        django_peer(owner, door.keys) as peer,
    ):
        capacity = side_by_side(door, peer, owner, given.rounds, given.seconds)
        steady(door, owner, 0.7 * capacity, 2 * given.seconds)
        time.sleep(60 - time.time() % 60)  # limits of a person count by the minute
        burst(door, owner, capacity)
        long_load(door, owner, 0.5 * capacity, given.minutes) if given.minutes else None
        beside_pretix(owner, capacity, 2 * given.seconds) if given.pretix else None


if __name__ == "__main__":
    main()
