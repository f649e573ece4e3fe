"""A day of a province for the bench: 1.2 million people, 20,000 venues with a heavy tail, and their scans as rows for COPY.

Both sides of the comparison draw from here: the load generator its requests, the reference its rows.
"""

import time

import numpy as np
import psycopg
from numpy.typing import NDArray

from dauchan.visits.copying import HEADER, TRAILER, timestamps_of

PEOPLE, VENUES = 1_200_000, 20_000
FIRST_PERSON = 2**41
RUNS = 1_000
COLUMNS = {
    "check_in_id": "V16",
    "person_id": ">i8",
    "venue_id": ">i8",
    "entered_at": ">i8",
    "device_at": ">i8",
    "received_at": ">i8",
    "labels": ">i4",
    "poster_version": ">i2",
    "source": ">i2",
    "assurance": ">i2",
    "party": ">i2",
}
COPY = f"COPY check_in ({', '.join(COLUMNS)}) FROM STDIN (FORMAT binary)"
_ROW = np.dtype(
    [("columns", ">i2")]
    + [field for name, kind in COLUMNS.items() for field in ((f"{name}_width", ">i4"), (name, kind))]
)

SIZES = """
SELECT coalesce(nullif(regexp_replace(i.relname, '^check_in_[0-9]{8}_', ''), ''), 'table'), sum(pg_relation_size(i.oid))::bigint
FROM pg_inherits AS tree
JOIN pg_index AS x ON x.indrelid = tree.inhrelid
JOIN pg_class AS i ON i.oid = x.indexrelid
WHERE tree.inhparent = 'check_in'::regclass AND pg_relation_size(x.indrelid) > 0
GROUP BY 1
UNION ALL
SELECT 'table', sum(pg_table_size(inhrelid))::bigint FROM pg_inherits WHERE inhparent = 'check_in'::regclass AND pg_relation_size(inhrelid) > 0
ORDER BY 1
"""

_random = np.random.default_rng()


def person_of(run: int, n: int) -> int:
    """The n-th person of a run; those of one run are not those of the next."""
    return FIRST_PERSON + (run + RUNS * n) % PEOPLE


def chosen_venues(scans: int) -> NDArray[np.int64]:
    """A venue for each scan, popular as in `dauchan.simulation`: Pareto with 1.2, at most 300 times the least."""
    popularity = np.minimum(np.random.default_rng(2).pareto(1.2, VENUES) + 1, 300)
    return np.searchsorted(np.cumsum(popularity / popularity.sum())[:-1], _random.random(scans), side="right") + 1


def copy_rows(people: NDArray[np.int64], hours: float = 0) -> NDArray[np.void]:
    """A scan of each of these people, now or in order over the last hours, with all columns that the door writes."""
    count, now = len(people), round(time.time() * 1000)
    at = now - np.sort(_random.integers(0, round(hours * 3_600_000) + 1, count))[::-1]
    rows = np.zeros(count, _ROW)
    rows["columns"] = len(COLUMNS)
    for name, kind in COLUMNS.items():
        rows[f"{name}_width"] = np.dtype(kind).itemsize
    upper = (
        (at.astype(np.uint64) << np.uint64(16)) | np.uint64(0x7000) | _random.integers(0, 4096, count, dtype=np.uint64)
    )
    lower = np.uint64(1 << 63) | _random.integers(0, 1 << 62, count, dtype=np.uint64)
    rows["check_in_id"] = np.stack((upper, lower), axis=1).astype(">u8").view("V16")[:, 0]
    rows["person_id"], rows["venue_id"] = people, chosen_venues(count)
    instants = timestamps_of(at // 1000) + at % 1000 * 1000
    rows["entered_at"] = rows["device_at"] = rows["received_at"] = instants
    rows["poster_version"], rows["source"], rows["assurance"], rows["party"] = 1, 1, 2, 1
    return rows


def anybody(scans: int) -> NDArray[np.int64]:
    """A person for each scan."""
    return FIRST_PERSON + _random.integers(0, PEOPLE, scans)


def fill(owner: str, scans: int) -> None:
    """As many scans of the last hours, in the order in which they come in, as a day at noon has them."""
    with psycopg.connect(owner) as connection, connection.cursor().copy(COPY) as copy:
        copy.write(HEADER)
        rows = copy_rows(anybody(scans), hours=6)
        for at in range(0, scans, 50_000):
            copy.write(rows[at : at + 50_000].tobytes())
        copy.write(TRAILER)
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE check_in")


def bytes_a_scan(owner: str) -> dict[str, float]:
    """What a scan costs on disk, in the table and in each index, over all days that hold any."""
    with psycopg.connect(owner) as connection:
        found = connection.execute(SIZES).fetchall()
        (scans,) = connection.execute("SELECT count(*) FROM check_in").fetchone() or (0,)
    return {name: size / scans for name, size in found}
