"""One peer of bench/trace.py, in its own process and environment: `trace_peers.py PEER FOLDER [DATABASE_URL]`.

Prints one JSON object: seconds to build, milliseconds of each case with count and checksum, memory.
"""
# ruff: noqa: S608 - the statements are made of numbers of our own; a benchmark stops where something is wrong

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import trace_sql as sql
from pyarrow import parquet

Sums = list[int]
Columns = Sequence[Any]
"""A list as columns, in the order of `sql.COLUMNS`."""


Check = Callable[[Columns], Sums]


def counted(columns: Columns) -> Sums:
    """The count alone: what is measured is the lists, not their proof."""
    return [len(columns[0]), 0, 0]


def sums(columns: Columns) -> Sums:
    """Count and checksum of contacts: `sql.SUMS`."""
    if not len(columns):
        return [0, 0, 0]
    person, o, tail, encounters, first, last, longest = (np.asarray(column, np.int64) for column in columns)
    venue = -longest % sql.PLACES
    mixed = o + 3 * tail + 5 * encounters + 7 * first + 11 * last + 13 * venue
    return [len(person), int(o.sum()), int(((person % 1000003) * (mixed % 10007)).sum())]


def added(parts: Iterable[Sums]) -> Sums:
    """The sums of all parts."""
    return [sum(column) for column in zip(*parts, strict=True)]


class DuckDB:
    """Two copies in sorted order; a branch with literals per stay, so that row groups are skipped by their minima and maxima."""

    def __init__(self, folder: Path, _url: str) -> None:
        import duckdb

        self.db = duckdb.connect(str(folder / "peer.duckdb"))
        self.folder = folder

    def build(self) -> None:
        source = f"'{self.folder / 'prepared.parquet'}'"
        self.db.execute("SET preserve_insertion_order = true; SET memory_limit = '8GB'")
        self.db.execute(f"CREATE OR REPLACE TABLE by_person AS SELECT * FROM {source} ORDER BY person, entered")
        self.db.execute(f"CREATE OR REPLACE TABLE by_venue AS SELECT * FROM {source} ORDER BY venue, entered")

    def prepare(self) -> None:
        self.db.execute(f"CREATE OR REPLACE TABLE bounds AS {sql.BOUNDS}")
        self.db.execute(f"CREATE OR REPLACE TABLE crowds AS {sql.CROWDS}")

    def one(self, person: int, begin: int, end: int) -> Columns:
        stays = self.db.execute(sql.stays_of(person, begin, end)).fetchall()
        return self.listed(sql.present_with(person, stays)) if stays else []

    def many(self, people: list[int], begin: int, end: int, check: Check) -> Sums:
        self.db.execute("CREATE OR REPLACE TEMP TABLE wanted AS SELECT unnest(?::BIGINT[]) AS person", [people])
        batches = self.db.sql(sql.many(begin, end)).to_arrow_reader(1 << 20)
        return added(check(batch.select(sql.COLUMNS).columns) for batch in batches)

    def execute(self, statement: str) -> None:
        self.db.execute(statement)

    def listed(self, statement: str) -> Columns:
        found = self.db.execute(statement).fetchnumpy()
        return [found[name] for name in sql.COLUMNS]


class PostgreSQL:
    """Covering B-trees and the bound by the longest stay; data and indexes in memory, planner told so."""

    def __init__(self, folder: Path, url: str) -> None:
        import psycopg

        self.db = psycopg.connect(url, autocommit=True)
        self.folder = folder
        for setting in ("work_mem = '512MB'", "maintenance_work_mem = '1GB'", "random_page_cost = 1.1"):
            self.db.execute(f"SET {setting}")

    def build(self) -> None:
        self.db.execute("DROP TABLE IF EXISTS by_venue CASCADE; DROP VIEW IF EXISTS by_person")
        self.db.execute("CREATE UNLOGGED TABLE by_venue (person bigint, venue int, entered int, left_at int)")
        with self.db.cursor().copy("COPY by_venue FROM STDIN (FORMAT binary)") as copy:
            copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
            for batch in parquet.ParquetFile(self.folder / "prepared.parquet").iter_batches(1_000_000):
                copy.write(binary_rows(batch))
            copy.write(b"\xff\xff")
        self.db.execute("CREATE INDEX ON by_venue (venue, entered) INCLUDE (left_at, person)")
        self.db.execute("CREATE INDEX ON by_venue (person, entered) INCLUDE (left_at, venue)")
        self.db.execute("CREATE VIEW by_person AS SELECT * FROM by_venue")
        self.db.execute("VACUUM ANALYZE by_venue")

    def prepare(self) -> None:
        self.db.execute(f"CREATE UNLOGGED TABLE bounds AS {sql.BOUNDS}; ALTER TABLE bounds ADD PRIMARY KEY (venue)")
        crowds = sql.CROWDS.replace("//", "/")
        self.db.execute(f"CREATE UNLOGGED TABLE crowds AS {crowds}; CREATE INDEX ON crowds (venue, day); ANALYZE")

    def one(self, person: int, begin: int, end: int) -> Columns:
        return self.listed(sql.joined(person, begin, end))

    def many(self, people: list[int], begin: int, end: int, _check: Check) -> Sums:
        """Added up by the server: to read ten million rows into Python would be most of the time."""
        self.db.execute("DROP TABLE IF EXISTS wanted; CREATE TEMP TABLE wanted (person bigint)")
        self.db.execute("INSERT INTO wanted SELECT unnest(%s::bigint[])", [people])
        self.db.execute("ANALYZE wanted")
        found = self.db.execute(f"SELECT {sql.SUMS} FROM ({sql.many(begin, end)}) x").fetchone()
        return [int(value) for value in found]

    def execute(self, statement: str) -> None:
        self.db.execute(statement.replace("//", "/").replace("OR REPLACE ", ""))

    def listed(self, statement: str) -> Columns:
        return list(zip(*self.db.execute(statement, binary=True).fetchall(), strict=True))


class GiST(PostgreSQL):
    """The same table with a GiST index over venue and interval: overlap is one operator."""

    def build(self) -> None:
        super().build()
        self.db.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        self.db.execute("DROP INDEX by_venue_venue_entered_left_at_person_idx")
        self.db.execute("CREATE INDEX ON by_venue USING gist (venue, int4range(entered, left_at)) INCLUDE (person)")
        self.db.execute("VACUUM ANALYZE by_venue")

    def one(self, person: int, begin: int, end: int) -> Columns:
        asked = sql.joined(person, begin, end).replace(
            f"v.entered < s.b + {sql.TAIL} AND v.entered > s.a - s.longest AND v.left_at > s.a",
            f"int4range(v.entered, v.left_at) && int4range(s.a, s.b + {sql.TAIL})",
        )
        return self.listed(asked)


def binary_rows(batch: pa.RecordBatch) -> bytes:
    """Rows in PostgreSQL's binary form."""
    layout = [("fields", ">i2")]
    for name, width in zip(batch.schema.names, (8, 4, 4, 4), strict=True):
        layout += [(f"{name}_length", ">i4"), (name, f">i{width}")]
    rows = np.empty(batch.num_rows, np.dtype(layout))
    rows["fields"] = 4
    for name, width in zip(batch.schema.names, (8, 4, 4, 4), strict=True):
        rows[f"{name}_length"], rows[name] = width, batch.column(name).to_numpy()
    return rows.tobytes()


class SQLite:
    """Two tables without row numbers: each is its own covering index."""

    def __init__(self, folder: Path, _url: str) -> None:
        self.folder = folder
        (folder / "peer.sqlite").unlink(missing_ok=True)
        self.db = sqlite3.connect(folder / "peer.sqlite")
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -2000000", "mmap_size = 8000000000"):
            self.db.execute(f"PRAGMA {pragma}")

    def build(self) -> None:
        table = parquet.read_table(self.folder / "prepared.parquet")
        for name, key in (("by_person", "person"), ("by_venue", "venue")):
            self.db.execute(
                f"CREATE TABLE {name} (person INT, venue INT, entered INT, left_at INT, n INT,"
                f" PRIMARY KEY ({key}, entered, n)) WITHOUT ROWID"
            )
            ordered = table.sort_by([(key, "ascending"), ("entered", "ascending")])
            at = 0
            for batch in ordered.to_batches(500_000):
                numbers = range(at, at + batch.num_rows)
                at += batch.num_rows
                rows = zip(*(column.to_pylist() for column in batch.columns), numbers, strict=True)
                self.db.executemany(f"INSERT INTO {name} VALUES (?, ?, ?, ?, ?)", rows)
        self.db.commit()

    def prepare(self) -> None:
        self.db.execute("CREATE TABLE bounds (venue INTEGER PRIMARY KEY, longest INT)")
        self.db.execute(f"INSERT INTO bounds {sql.BOUNDS}")

    def one(self, person: int, begin: int, end: int) -> Columns:
        stays = self.rows(sql.stays_of(person, begin, end))
        return list(zip(*self.rows(sql.present_with(person, stays)), strict=True)) if stays else []

    def rows(self, statement: str) -> list[tuple[int, ...]]:
        return self.db.execute(statement.replace("greatest(", "max(").replace("least(", "min(")).fetchall()


class Polars:
    """Sorted frames and the first row of every venue and person: slices, then expressions."""

    def __init__(self, folder: Path, _url: str) -> None:
        import polars as pl

        self.pl, self.folder = pl, folder

    def build(self) -> None:
        frame = self.pl.read_parquet(self.folder / "prepared.parquet")
        self.by_person = frame.sort("person", "entered")
        self.by_venue = frame.sort("venue", "entered")

    def prepare(self) -> None:
        grouped = self.by_venue.group_by("venue", maintain_order=True)
        bounds = grouped.agg(self.pl.len(), (self.pl.col("left_at") - self.pl.col("entered")).max().alias("longest"))
        starts = np.cumsum(np.append(0, bounds["len"].to_numpy()))
        self.places = dict(
            zip(bounds["venue"].to_list(), zip(starts, starts[1:], bounds["longest"], strict=False), strict=True)
        )

    def one(self, person: int, begin: int, end: int) -> Columns:
        pl = self.pl
        low, high = self.by_person["person"].search_sorted(pl.Series([person, person + 1])).to_list()
        own = self.by_person.slice(low, high - low).filter((pl.col("entered") < end) & (pl.col("left_at") > begin))
        parts = []
        for venue, entered, left in own.select("venue", "entered", "left_at").iter_rows():
            a, b = max(entered, begin), min(left, end)
            first, last, longest = self.places[venue]
            rows = self.by_venue.slice(first, last - first)
            low, high = rows["entered"].search_sorted(pl.Series([a - longest + 1, b + sql.TAIL])).to_list()
            rows = rows.slice(low, high - low).filter(pl.col("left_at") > a)
            edges = pl.max_horizontal(pl.lit(a), "entered"), pl.min_horizontal(pl.lit(b + sql.TAIL), "left_at")
            begins, ends = (edge.cast(pl.Int64) for edge in edges)
            parts.append(
                rows.select(
                    "person",
                    (ends - begins).alias("o"),
                    pl.max_horizontal(0, ends - pl.max_horizontal(begins, b)).alias("tail"),
                    begins.alias("first_at"),
                    ends.alias("last_at"),
                    ((ends - begins) * sql.PLACES - venue).alias("longest"),
                )
            )
        if not parts:
            return []
        figures = pl.col("o", "tail").sum(), pl.col("first_at").min(), pl.col("last_at", "longest").max()
        met = pl.concat(parts).group_by("person").agg(*figures, pl.len().alias("encounters"))
        met = met.filter((pl.col("o") >= sql.LEAST) & (pl.col("person") != person))
        return [met.sort("o", "person", descending=[True, False])[name].to_numpy() for name in sql.COLUMNS]


class ChDB:
    """Two MergeTree tables in sorted order, small granules; a branch with literals per stay."""

    def __init__(self, folder: Path, _url: str) -> None:
        from chdb.session import Session

        self.db, self.folder = Session(str(folder / "peer.chdb")), folder

    def build(self) -> None:
        columns = "(person Int64, venue Int32, entered Int32, left_at Int32)"
        self.db.query("CREATE DATABASE IF NOT EXISTS b ENGINE = Atomic")
        for name, key in (("by_person", "person"), ("by_venue", "venue")):
            self.db.query(f"DROP TABLE IF EXISTS b.{name}")
            settings = "SETTINGS index_granularity = 1024"
            self.db.query(f"CREATE TABLE b.{name} {columns} ENGINE = MergeTree ORDER BY ({key}, entered) {settings}")
            self.db.query(f"INSERT INTO b.{name} SELECT * FROM file('{self.folder / 'prepared.parquet'}')")
            self.db.query(f"OPTIMIZE TABLE b.{name} FINAL")

    def prepare(self) -> None:
        found = json.loads(str(self.db.query(sql.BOUNDS.replace("by_venue", "b.by_venue"), "JSONCompact")))
        self.longest = {int(venue): int(longest) for venue, longest in found["data"]}

    def one(self, person: int, begin: int, end: int) -> Columns:
        asked = (
            f"SELECT venue, greatest(entered, {begin}), least(left_at, {end}) FROM b.by_person"
            f" WHERE person = {person} AND entered < {end} AND left_at > {begin}"
        )
        rows = json.loads(str(self.db.query(asked, "JSONCompact")))["data"]
        if not rows:
            return []
        stays = [(int(venue), int(a), int(b), self.longest[int(venue)]) for venue, a, b in rows]
        table = self.db.query(sql.present_with(person, stays).replace("FROM by_venue", "FROM b.by_venue"), "ArrowTable")
        return table.select(sql.COLUMNS).columns


PEERS = {"duckdb": DuckDB, "postgresql": PostgreSQL, "gist": GiST, "sqlite": SQLite, "polars": Polars, "chdb": ChDB}


def to_generation_3(peer: Any, person: int, begin: int, end: int, horizon: int) -> Sums:  # noqa: ANN401 - a peer that speaks SQL
    """All contacts of one case under the crowd limit, generation by generation in temporary tables."""
    for name in ("known", "sources"):
        peer.execute(f"DROP TABLE IF EXISTS {name}")
    nothing = ", ".join(f"0::BIGINT AS {name}" for name in sql.COLUMNS[1:])
    peer.execute(
        f"CREATE TEMP TABLE known AS SELECT 0 AS generation, 0::BIGINT AS source, {person}::BIGINT AS person, {nothing}"
    )
    peer.execute(f"CREATE TEMP TABLE sources AS SELECT {person}::BIGINT AS person, {begin} AS f, {end} AS t")
    for number in (1, 2, 3):
        peer.execute("DROP TABLE IF EXISTS found")
        peer.execute(f"CREATE TEMP TABLE found AS {sql.generation(number)}")
        peer.execute("INSERT INTO known SELECT * FROM found")
        peer.execute("DROP TABLE sources")
        peer.execute(
            f"CREATE TEMP TABLE sources AS SELECT person, first_at + {sql.LATENT} AS f, {horizon} AS t FROM found"
        )
    return sums(peer.listed(sql.LISTED))


def peak_memory() -> int:
    """MiB of this process at most; `getrusage` would count what its parent had before it started this one."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) // 1024
    return 0


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds, and what came of it."""
    began = time.perf_counter()
    result = work()
    return (time.perf_counter() - began) * 1000, result


def measure(name: str, folder: Path, url: str) -> dict[str, Any]:
    """All figures of one peer."""
    wanted = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
    begin, end = wanted["from"], wanted["to"]
    peer = PEERS[name](folder, url)
    found: dict[str, Any] = {"build_ms": timed(peer.build)[0]}
    peer.prepare()
    peer.one(wanted["one"][0], begin, end)
    one = [timed(lambda at=person: peer.one(at, begin, end)) for person in wanted["one"]]
    found |= {"one_ms": [spent for spent, _ in one], "one": [sums(result) for _, result in one]}
    if hasattr(peer, "many") and name != "gist":
        for kind, window in (("three", wanted), ("recent", wanted["recent"])):
            times = window["from"], window["to"], window["horizon"]
            runs = [timed(lambda at=person, by=times: to_generation_3(peer, at, *by)) for person in wanted["three"]]
            found |= {f"{kind}_ms": [spent for spent, _ in runs], kind: [result for _, result in runs]}
        spent, _ = timed(lambda: peer.many(wanted["many"], begin, end, counted))
        found |= {"many_ms": [spent], "many": peer.many(wanted["many"], begin, end, sums)}
    return found | {"memory_mb": peak_memory()}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]), (sys.argv[3:] or [""])[0])))
