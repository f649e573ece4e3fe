"""Batches of gates without a network through the door: `python bench/gate_batches.py`.

Devices of many venues hand in 500 sealed scans at a time: entries and exits of documents, phones and our own codes, some of
people never seen before. What is measured is everything between the request and the acknowledged commit: opened, verified,
hashed, people found or made, exits paired. Beside it, the cost of a scan in processor time of door and PostgreSQL.
"""

import argparse
import multiprocessing
import os
import secrets
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import psycopg
from door import database, postmaster

from dauchan.door.gate_kit import GateKit
from dauchan.door.running import RunningDoor
from dauchan.qr import make_personal_code

DEVICES = 40
BATCH = 500
BATCHES_OF_A_DEVICE = 6
PEOPLE = 20_000
GATES = """
INSERT INTO venues_gatedevice (id, venue_id, name, token_hash, enrolled_at, seen_at, waiting_scans)
SELECT n, n, 'Gate', decode(lpad(to_hex(n), 64, '0'), 'hex'), now(), now(), 0 FROM generate_series(1, %s) AS n
"""
KNOWN = "INSERT INTO people_person (id, created_at) SELECT n, now() FROM generate_series(1, %s) AS n"


def batch_of(kit: GateKit, codes: list[str], at: datetime) -> bytes:
    """Half of it goes in, the other half are the same people going out; a document in two, a phone in four, a code in four."""
    items: list[dict[str, Any]] = []
    for n in range(BATCH // 2):
        number = secrets.randbelow(PEOPLE)
        said = (
            f"identity_card_2021:{number:012}",
            f"phone:+849{number:08}",
            f"insurance_card_new:{number:010}",
            f"personal_code:{codes[number % len(codes)]}",
        )[n % 4]
        entered = at + timedelta(seconds=n)
        items += [kit.scan(said, "in", entered), kit.scan(said, "out", entered + timedelta(minutes=20))]
    return msgspec.json.encode(items)


def hand_in(url: str, headers: dict[str, str], bodies: list[bytes], start: float, told: Any) -> None:  # noqa: ANN401 a queue
    """One device: batch after batch."""
    with httpx.Client(base_url=url, timeout=120, trust_env=False) as client:
        time.sleep(max(0.0, start - time.time()))
        for body in bodies:
            began = time.perf_counter()
            answer = client.post("/api/v1/gate-scans", content=body, headers=headers)
            outcomes = {item["outcome"] for item in answer.json()["items"]}
            told.put((time.perf_counter() - began, outcomes == {"recorded"}))


def processor_seconds(pid: int) -> float:
    """Of a process and, where it is the database's, of its children, also those that ended."""
    total = 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(path.parent.name) == pid or int(after_name[1]) == pid:
            total += int(after_name[11]) + int(after_name[12])
    return total / os.sysconf("SC_CLK_TCK")


def measure(owner: str, door: RunningDoor) -> None:
    with psycopg.connect(owner) as connection:
        connection.execute(GATES, [DEVICES])
        connection.execute(KNOWN, [PEOPLE])
    server = postmaster(owner)
    at = datetime.now(UTC) - timedelta(hours=3)
    codes = [make_personal_code(n + 1, int(at.timestamp()), door.gates.cards) for n in range(2_000)]
    pages = [door.gates.another_device() for _ in range(DEVICES)]
    bodies = [
        [batch_of(pages[device], codes, at + timedelta(minutes=25 * turn)) for turn in range(BATCHES_OF_A_DEVICE)]
        for device in range(DEVICES)
    ]
    before = processor_seconds(door.pid), processor_seconds(server)
    taken, latencies, sound = run(door, bodies)
    after = processor_seconds(door.pid), processor_seconds(server)
    scans = DEVICES * BATCHES_OF_A_DEVICE * BATCH
    cost = [1e6 * (end - start) / scans for start, end in zip(before, after, strict=True)]
    print(f"{scans:,} scans of {DEVICES} devices in batches of {BATCH}: {scans / taken:,.0f} a second")
    print(f"{cost[0]:.0f} + {cost[1]:.0f} µs of CPU a scan in the door and in PostgreSQL")
    print(
        f"a batch answered in {1e3 * latencies[len(latencies) // 2]:.0f} ms (median), {1e3 * latencies[-1]:.0f} ms (most)"
    )
    print("all recorded" if sound else "NOT ALL RECORDED")


def run(door: RunningDoor, bodies: list[list[bytes]]) -> tuple[float, list[float], bool]:
    """Four devices at a time; seconds in all, the seconds of every batch sorted, and whether all was recorded."""
    told: Any = multiprocessing.get_context("fork").Queue()
    begin = time.time() + 0.5
    fork = multiprocessing.get_context("fork")
    processes = []
    for lane in range(4):
        jobs = [(door.gates.ticket(device + 1, device + 1), bodies[device]) for device in range(lane, DEVICES, 4)]
        processes.append(fork.Process(target=_lane, args=(door.url, jobs, begin, told)))
    for process in processes:
        process.start()
    answers = [told.get() for _ in range(DEVICES * BATCHES_OF_A_DEVICE)]
    taken = time.time() - begin
    for process in processes:
        process.join()
    return taken, sorted(seconds for seconds, _ in answers), all(fine for _, fine in answers)


def _lane(url: str, jobs: list[tuple[dict[str, str], list[bytes]]], begin: float, told: Any) -> None:  # noqa: ANN401 a queue
    for headers, bodies in jobs:
        hand_in(url, {**headers, "content-type": "application/json"}, bodies, begin, told)


def main() -> None:
    """Set up, measure, print."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with database() as (owner, door_url), RunningDoor(door_url, {"DAUCHAN_DOOR_REQUESTS_A_MINUTE": "0"}) as door:
        measure(owner, door)


if __name__ == "__main__":
    main()
