"""The national exchange, both ends on this machine's processors: `python bench/exchange.py`, a day of a province with `--rows 6500000`.

Visits with their ends are sent as a day's backfill, received, verified and committed at both ends; beside it one COPY of as many rows into
the ledger's table with its indexes. Then both ends' digests are computed anew and compared; one record of the receiver is changed, found
and mended; and with `--kills` both ends are killed again and again while a day is sent.

With `--folder` all of it stays, and a run goes on where the one before stopped: a full day takes longer than a machine that others need
too can be had for. `--seconds` says after how long a run stops sending; what is compared comes once all is there.
"""

import argparse
import datetime as dt
import hmac
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from machine import cpu_seconds, database, empty, postmaster
from references import copied

VENUES, PEOPLE, UNITS = 20_000, 1_200_000, 140
SENDER = (
    "from dauchan.project.loading import load_django; load_django()\n"
    "from dauchan.exchange.national.agreement import agreement_of\n"
    "from dauchan.exchange.national.turns import turn\n"
    "turn(agreement_of('national'), 3600)\n"
)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=500_000)
    asked.add_argument("--batch", type=int, default=50_000)
    asked.add_argument("--kills", type=int, default=0, help="how often each end is killed while a day is sent")
    asked.add_argument("--no-copy", action="store_true", help="leave out the reference")
    asked.add_argument("--folder", type=Path, help="keep everything there, and go on where the run before stopped")
    asked.add_argument("--seconds", type=int, default=3600, help="stop sending after so long; the next run goes on")
    plan = asked.parse_args()
    if plan.folder:
        plan.folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="dauchan-exchange-") as passing,
        database(plan.folder) as (owner, _door),
    ):
        folder = plan.folder or Path(passing)
        prepare(owner, folder)
        measure(plan, owner, folder)


def measure(plan: argparse.Namespace, owner: str, folder: Path) -> None:
    """All that is asked for, or the next part of it."""
    book = folder / "so-far.json"
    so_far = json.loads(book.read_text()) if book.exists() else {"day": "", "reference": 0.0, "rows": 0, "seconds": 0.0}
    print(f"load at the start {os.getloadavg()[0]:.1f}")
    if not so_far["day"] and not plan.no_copy:
        so_far["reference"] = max(copied(owner, turn, min(plan.rows, 500_000))[0] for turn in range(2))
        print(f"one COPY into the ledger's table                     {so_far['reference']:>12,.0f} rows/s")
        empty(owner)
    with receiver(owner, folder, plan.batch) as (program, centre):
        if not so_far["day"]:
            venues_first()
            so_far["day"] = load(plan.rows).isoformat()
            book.write_text(json.dumps(so_far))
        if plan.kills:
            killed(plan.kills, program, centre)
        elif taken_in(centre) < plan.rows:
            sent(plan, so_far, owner, program)
            book.write_text(json.dumps(so_far))
        if taken_in(centre) >= plan.rows:
            assert_equal(centre, plan.rows)
            mended(dt.date.fromisoformat(so_far["day"]), centre, plan.rows)


def prepare(owner: str, folder: Path) -> None:
    """Django over the benchmark's database; the venues in many communes."""
    from dauchan.project.keys import fresh_keys

    os.environ.update(
        DATABASE_URL=owner,
        DAUCHAN_VAR=str(folder),
        DAUCHAN_ENV="test",
        DJANGO_SETTINGS_MODULE="dauchan.project.settings",
    )
    kept = folder / "keys.json"
    os.environ.update(json.loads(kept.read_text()) if kept.exists() else fresh_keys())
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO units_unit (id, code, level, name, full_name, name_en, path, valid_from, search_key, sort_key)"
            " SELECT 910000 + n, (20000 + n)::text, 'commune', 'X', 'X', 'X', (910000 + n)::text, '2021-07-01', 'x', 'x'"
            " FROM generate_series(1, %s) AS n ON CONFLICT DO NOTHING",
            [UNITS],
        )
        connection.execute("UPDATE venues_venue SET unit_id = 910001 + id %% %s", [UNITS])
        connection.execute("VACUUM ANALYZE venues_venue")
    import django

    django.setup()


class receiver:  # noqa: N801 - used as a context
    """The receiving program over a database schema of its own, and the agreement with it."""

    def __init__(self, owner: str, folder: Path, batch: int) -> None:
        self._owner, self._folder, self._batch = owner, folder, batch

    def __enter__(self) -> tuple[Any, psycopg.Connection]:
        from django.conf import settings

        from dauchan.exchange.contract.manifest import public_key
        from dauchan.exchange.contract.schema import KINDS
        from dauchan.exchange.receiving.running import RunningReceiver, fresh_secret, source_block

        where = self._folder / "exchange"
        where.mkdir(exist_ok=True)
        kept = where / "secret"
        secret, seed = (
            kept.read_text() if kept.exists() else fresh_secret(),
            hmac.digest(settings.LOOKUP_KEY, b"batches for national 1", "sha256"),
        )
        config = self._folder / "receiver.toml"
        config.write_text(source_block("hue", secret, public_key(seed)))
        self.program = RunningReceiver(config, self._owner)
        self.program.start()
        kept.write_text(secret)
        fields = "".join(f"{kind} = {[field.name for field in about.fields]}\n" for kind, about in KINDS.items())
        first = dt.datetime.now().astimezone().date() - dt.timedelta(days=3)
        (where / "national.toml").write_text(
            f'code = "national"\nname = "N"\nsource = "hue"\nurl = "{self.program.url}"\nclient_id = "hue"\n'
            f'client_secret_file = "secret"\nfirst_on = {first}\nrows = {self._batch}\n[fields]\n{fields}'
        )
        self.centre = psycopg.connect(self._owner, autocommit=True)
        return self.program, self.centre

    def __exit__(self, *_: object) -> None:
        self.centre.close()
        self.program.stop()


def load(rows: int) -> Any:  # noqa: ANN401 - a date
    """Yesterday's visits, each with its end; the day they are of."""
    from django.db import connection
    from django.utils import timezone

    from dauchan.visits.actions import load_visits
    from dauchan.visits.partitions import ONE_DAY, local_day, midnight

    day = local_day(timezone.now()) - ONE_DAY
    start, chance = int(midnight(day).timestamp()), np.random.default_rng(7)
    entered = np.sort(chance.integers(start, start + 80_000, rows))
    person, venue = chance.integers(1 << 40, (1 << 40) + PEOPLE, rows), chance.integers(1, VENUES + 1, rows)
    began = time.perf_counter()
    count = load_visits(person, venue, entered, entered + chance.integers(120, 3600, rows))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE check_in, check_out")
    print(f"{count:,} visits of {day} loaded in {time.perf_counter() - began:.0f} s")
    return day


def venues_first() -> None:
    """So that what is measured is visits: venues go once."""
    from dauchan.exchange.national.agreement import agreement_of
    from dauchan.exchange.national.turns import turn

    turn(agreement_of("national"), 600)


def sent(plan: argparse.Namespace, so_far: dict[str, Any], owner: str, program: Any) -> None:  # noqa: ANN401 - the running receiver
    """As much as there is time for; the rates are of all runs so far."""
    from dauchan.exchange.national.agreement import agreement_of
    from dauchan.exchange.national.turns import turn

    parts = {"sender": os.getpid(), "receiver": program.process.pid, "PostgreSQL": postmaster(owner)}
    memory = Memory({name: parts[name] for name in ("sender", "receiver")})
    before = processor(parts)
    began = time.perf_counter()
    done = turn(agreement_of("national"), plan.seconds)
    took = time.perf_counter() - began
    spent = {name: seconds - before[name] for name, seconds in processor(parts).items()}
    if done is None or done.failure:
        raise SystemExit(f"not sent: {done and done.failure}")
    so_far["rows"] += done.records
    so_far["seconds"] += took
    rate = so_far["rows"] / so_far["seconds"]
    print(
        f"sent, received, verified, committed at both ends     {rate:>12,.0f} visits/s, {so_far['rows']:,} in {so_far['seconds']:.0f} s;"
        f" in this run {done.records / took:,.0f} visits/s in {done.batches} batches, {took:.0f} s"
    )
    if so_far["reference"]:
        print(f"of COPY                                              {rate / so_far['reference']:>12.2f} x")
    print(f"a day of 6.5 million at this rate                    {6.5e6 / rate / 60:>12.1f} minutes")
    print("; ".join(f"{1e6 * used / done.records:.1f} µs of CPU a visit in the {name}" for name, used in spent.items()))
    print(memory.told())


def processor(parts: dict[str, int]) -> dict[str, float]:
    """Seconds that each has used; the receiver is a child of ours, and not counted twice."""
    found = {name: cpu_seconds(pid) for name, pid in parts.items()}
    return found | {"sender": found["sender"] - found["receiver"]}


class Memory:
    """Resident memory of processes, looked at twice a second."""

    def __init__(self, pids: dict[str, int]) -> None:
        self._seen: dict[str, list[float]] = {name: [] for name in pids}
        self._pids, self._over = pids, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(0.5):
            for name, pid in self._pids.items():
                try:
                    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
                except (OSError, IndexError):
                    continue
                self._seen[name].append(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)

    def told(self) -> str:
        self._over.set()
        self._thread.join()
        said = []
        for name, seen in self._seen.items():
            third = max(1, len(seen) // 3)
            said.append(
                f"{name} {np.mean(seen[:third]):.0f} MB in the first third, {np.mean(seen[-third:]):.0f} in the last, {max(seen):.0f} at most"
            )
        return "memory: " + "; ".join(said)


def killed(kills: int, program: Any, centre: psycopg.Connection) -> None:  # noqa: ANN401 - the running receiver
    """Both ends, at random, by their own numbers."""
    from dauchan.exchange.national.models import Standing

    chance = random.Random(7)  # noqa: S311 - no secret
    for number in range(kills):
        sender = subprocess.Popen([sys.executable, "-c", SENDER], env=dict(os.environ))  # noqa: S603 - our own words
        time.sleep(chance.uniform(2, 5))
        if chance.randrange(2):
            program.kill()
            time.sleep(chance.uniform(0, 1))
        sender.kill()
        sender.wait()
        if program.process.poll() is not None:
            program.start()
        Standing.objects.update(retry_at=None)
        (there,) = centre.execute("SELECT count(*) FROM national.visits").fetchone() or (0,)
        print(f"kill {number + 1}: {there:,} visits are there", flush=True)
    subprocess.run([sys.executable, "-c", SENDER], env=dict(os.environ), check=True)  # noqa: S603 - our own words


def taken_in(centre: psycopg.Connection) -> int:
    (taken,) = centre.execute("SELECT sum(taken) FROM national.batch WHERE kind = 'visits'").fetchone() or (0,)
    return int(taken or 0)


def assert_equal(centre: psycopg.Connection, rows: int) -> None:
    (count, taken) = centre.execute(
        "SELECT (SELECT count(*) FROM national.visits), (SELECT sum(taken) FROM national.batch WHERE kind = 'visits')"
    ).fetchone() or (0, 0)
    verdict = "nothing lost, nothing twice" if (count, taken) == (rows, rows) else "NOT EQUAL"
    print(f"{count:,} visits there, {taken:,} taken in: {verdict}")


def mended(day: Any, centre: psycopg.Connection, rows: int) -> None:  # noqa: ANN401 - a date
    from dauchan.exchange.national.agreement import agreement_of
    from dauchan.exchange.national.reconciling import Wish, reconcile

    agreement = agreement_of("national")
    centre.execute("VACUUM ANALYZE national.visits")
    for name, wish in (
        ("all digests computed anew and compared", Wish((day,), afresh=True)),
        ("compared once more", Wish((day,))),
    ):
        began = time.perf_counter()
        done = reconcile(agreement, wish)
        print(
            f"{name:<52} {time.perf_counter() - began:>12.1f} s, {done and done.outcome}, {done and done.bytes:,} bytes"
        )
    print(f"load {os.getloadavg()[0]:.1f}")
    centre.execute(
        "UPDATE national.visits SET left_at = left_at + interval '1 minute' WHERE ctid = (SELECT ctid FROM national.visits OFFSET %s LIMIT 1)",
        [rows // 2],
    )
    began = time.perf_counter()
    done = reconcile(agreement, Wish((day,)))
    if done is None:
        raise SystemExit("not compared")
    print(
        f"one differing record among {rows:,}: found and mended in {time.perf_counter() - began:.1f} s, "
        f"{done.bytes:,} bytes exchanged, {done.outcome}, {done.differing} apart, {done.mended} mended"
    )


if __name__ == "__main__":
    main()
