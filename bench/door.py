"""The door beside its references and a peer, on this machine in one run: `python bench/door.py [--rounds 3] [--minutes 0] [--no-pretix] [--lists]`.

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
from itertools import count
from pathlib import Path
from typing import NamedTuple

from machine import cpu_seconds, database, empty, postmaster, scans_in
from pretix_peer import pretix, redeemed
from province_day import bytes_a_scan, fill
from references import copied, pgbench

from dauchan.door.running import RunningDoor
from dauchan.qr.signing import Keyring
from dauchan.visits.rules import RETENTION_DAYS

SINGLE = {"connections": 128, "batch": 1, "count": 200_000}
MANY = {"batch": 500, "count": 400}
SCANS_A_DAY = 6_500_000
STEADY_ROUNDS = 3
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
    """What a load did: scans a second, the line of the table, percentiles of waiting in milliseconds, processor time of a scan."""

    rate: float
    line: str
    ms: dict[str, float]
    cpu: float


_RUNS = count()


def measured(server: RunningDoor | Peer, owner: str, **plan: float) -> Measured:
    """Run the load generator and count what it has added to the ledger."""
    whole = {"kind": "check-ins", "port": server.port, "key": base64.b64encode(server.keys.keys[1]).decode(), **plan}
    database_pid, stood = postmaster(owner), scans_in(owner)
    before = cpu_seconds(server.pid), cpu_seconds(database_pid)
    words = [sys.executable, str(Path(__file__).with_name("load.py"))]
    whole["run"] = next(_RUNS)
    said = subprocess.run(words, input=json.dumps(whole), check=True, capture_output=True, text=True).stdout  # noqa: S603 own words
    after = cpu_seconds(server.pid), cpu_seconds(database_pid)
    found, stored = json.loads(said), scans_in(owner) - stood
    cost = [1e6 * (end - start) / max(stored, 1) for start, end in zip(before, after, strict=True)]
    cost.append(found["cpu"] / plan["batch"])
    cpu = "{:.1f} server + {:.1f} PostgreSQL + {:.1f} generator".format(*cost)
    statuses = " ".join(f"{status}: {count:,}" for status, count in found["statuses"].items())
    line = f"{cpu} · {found['ms']} · {statuses} · {stored:,} in the ledger, {found['unanswered']} unanswered"
    return Measured(found["rate"] * plan["batch"], line, found["ms"], sum(cost))


def memory(pid: int) -> float:
    """Megabytes of a process that are in memory; Linux only, elsewhere 0."""
    path = Path(f"/proc/{pid}/statm")
    return int(path.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if path.exists() else 0


def side_by_side(door: RunningDoor, peer: Peer, owner: str, rounds: int, seconds: int) -> float:
    """Print the table of medians, single scans; the door's rate."""
    found: dict[str, list[tuple[float, str]]] = {}
    for _ in range(rounds):
        row = {
            "pgbench, one row": max(pgbench(owner, clients, seconds) for clients in (8, 16)),
            "door, one scan": afresh(door, owner, seconds=seconds, **SINGLE)[:2],
            "Django view, one row": afresh(peer, owner, seconds=seconds, **PLAIN)[:2],
        }
        for name, value in row.items():
            found.setdefault(name, []).append(value)
    rates = medians(found)
    one = rates["door, one scan"]
    print(
        f"one scan: {one / rates['pgbench, one row']:.2f}× pgbench,"
        f" {one / rates['Django view, one row']:.1f}× the Django view · load {os.getloadavg()[0]:.1f}"
    )
    return one


def afresh(server: RunningDoor | Peer, owner: str, **plan: float) -> Measured:
    """A load on an empty ledger."""
    empty(owner)
    return measured(server, owner, **plan)


def medians(found: dict[str, list[tuple[float, str]]]) -> dict[str, float]:
    """Print what was found under each name, the median rate and the last line; the rates."""
    rates = {name: statistics.median(rate for rate, _ in values) for name, values in found.items()}
    for name, values in found.items():
        print(f"{name:22}{rates[name]:10,.0f}/s  {values[-1][1]}")
    return rates


def lists_beside_copy(door: RunningDoor, owner: str, rounds: int, seconds: int, filled: int) -> None:
    """Lists of 500 and COPY of the same rows by turns into a day that already holds some; rates, and processor time of both."""
    empty(owner)
    if filled:
        fill(owner, filled)
        print(f"bytes of a scan on disk, in a day of {filled:,}: {disk(owner)}")
    found: dict[str, list[tuple[float, str]]] = {}
    costs: dict[str, list[float]] = {}
    for _ in range(rounds):
        best = max(copied(owner, next(_RUNS), batch=500, connections=n) for n in (1, 2, 4))
        row = [("COPY, 500 a commit", best[:2])]
        row.append(("COPY, one commit", copied(owner, next(_RUNS))[:2]))
        lists = max(measured(door, owner, seconds=seconds, connections=n, **MANY) for n in (4, 8, 16))
        row.append(("door, 500 scans", lists[:2]))
        for name, value in row:
            found.setdefault(name, []).append(value)
        costs.setdefault("COPY", []).append(best[2])
        costs.setdefault("door", []).append(lists.cpu)
    rates = medians(found)
    mine, theirs = statistics.median(costs["door"]), statistics.median(costs["COPY"])
    print(
        f"500 scans into a day of {filled:,}: {rates['door, 500 scans'] / rates['COPY, 500 a commit']:.2f}× COPY of 500 a commit,"
        f" {rates['door, 500 scans'] / rates['COPY, one commit']:.2f}× one COPY of all;"
        f" by processor time {theirs:.1f} / {mine:.1f} µs = {theirs / mine:.2f}× · load {os.getloadavg()[0]:.1f}"
    )


def disk(owner: str) -> str:
    """Bytes of a scan by table and index, and what a year and three weeks of a province need."""
    sizes = bytes_a_scan(owner)
    whole = sum(sizes.values())
    parts = " + ".join(f"{size:.0f} {name}" for name, size in sizes.items())
    kept, year = (whole * SCANS_A_DAY * days / 1e9 for days in (RETENTION_DAYS, 365))
    return f"{parts} = {whole:.0f}; {SCANS_A_DAY:,} a day: {kept:.0f} GB kept for {RETENTION_DAYS} days, {year:.0f} GB written a year"


def steady(door: RunningDoor, owner: str, rate: float, seconds: int) -> None:
    """Percentiles at 70 % of the capacity, requests due at a constant rate; what each waits counts from when it was due."""
    plan = {"seconds": seconds, "connections": 512, "batch": 1, "count": round(rate * seconds), "rate": rate}
    for _ in range(STEADY_ROUNDS):
        load = os.getloadavg()[0]
        print(f"70 % of capacity, {rate:,.0f}/s, load before {load:.1f}: {afresh(door, owner, **plan).line}")


def burst(door: RunningDoor, owner: str, rate: float) -> None:
    """Five times the capacity for a few seconds, in lists: the rest is shed, comes again after Retry-After and is recorded once."""
    lists = round(5 * rate * 3 / 100)
    plan = {"seconds": 3, "connections": 400, "batch": 100, "count": lists, "rate": lists / 3}
    print(f"burst of {lists / 3 * 100:,.0f} scans/s: {afresh(door, owner, **plan).line}")


def beside_pretix(owner: str, one: float, seconds: int) -> None:
    """How often the door's rate is that of pretix's check-in call."""
    with pretix(owner, 400 * seconds) as server:
        rate, line = redeemed(server, seconds)
    print(f"pretix, one check-in {rate:10,.1f}/s  {line}")
    print(f"one scan: {one / rate:,.0f}× pretix")


def long_load(door: RunningDoor, owner: str, rate: float, minutes: float) -> None:
    """Memory of the door every five minutes."""
    began, lines = time.monotonic(), [f"start {memory(door.pid):.0f}"]
    while (since := time.monotonic() - began) < 60 * minutes:
        afresh(door, owner, seconds=60, connections=128, batch=1, count=round(rate * 60), rate=rate)
        if since // 300 < (time.monotonic() - began) // 300:
            lines.append(f"{(time.monotonic() - began) / 60:.0f} min {memory(door.pid):.0f}")
            print(f"memory, {rate:,.0f}/s: {lines[-1]} MB", flush=True)
    print(f"memory over {minutes:g} minutes at {rate:,.0f}/s: {', '.join(lines)} MB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=0, help="of load under which the door's memory is watched")
    parser.add_argument(
        "--pretix", action=argparse.BooleanOptionalAction, default=True, help="beside pretix, installed once"
    )
    parser.add_argument(
        "--rate", type=float, default=0, help="of that load, scans a second; half the capacity if not given"
    )
    parser.add_argument("--filled", type=int, default=3_000_000, help="scans that the day of the lists already holds")
    parser.add_argument("--lists", action="store_true", help="only the lists beside COPY")
    given = parser.parse_args()
    unlimited = {"DAUCHAN_DOOR_REQUESTS_A_MINUTE": "0"}
    with (
        database() as (owner, door_url),
        RunningDoor(door_url, unlimited) as door,
        django_peer(owner, door.keys) as peer,
    ):
        for filled in (0, given.filled):
            lists_beside_copy(door, owner, given.rounds, given.seconds, filled)
        if given.lists:
            return
        capacity = side_by_side(door, peer, owner, given.rounds, given.seconds)
        steady(door, owner, 0.7 * capacity, 2 * given.seconds)
        time.sleep(60 - time.time() % 60)  # limits of a person count by the minute
        burst(door, owner, capacity)
        long_load(door, owner, given.rate or 0.5 * capacity, given.minutes) if given.minutes else None
        beside_pretix(owner, capacity, 2 * given.seconds) if given.pretix else None


if __name__ == "__main__":
    main()
