"""The files of a province: their columns, and how they are written."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv
from pyarrow import parquet

from dauchan.simulation.kinds import KINDS
from dauchan.simulation.province import Order, Province
from dauchan.simulation.scanning import NOT_SEEN, REASONS, SOURCES, Attempts, Scans
from dauchan.simulation.transmission import Infection
from dauchan.simulation.violators import Conduct

TOLD_FOOTFALL = 0.8
"""Share of venues that stated their visitors a day."""
INSTANT = pa.timestamp("ms", tz="UTC")
LOCAL_OFFSET = timedelta(hours=7)
TRACED: list[tuple[str, Any]] = [
    ("person_id", pa.int64()),
    ("venue_id", pa.int64()),
    ("entered_at", INSTANT),
    ("left_at", INSTANT),
]
FACTS: list[tuple[str, Any]] = [
    ("received_at", INSTANT),
    ("lat", pa.float32()),
    ("lon", pa.float32()),
    ("accuracy_m", pa.float32()),
    ("device_id", pa.int64()),
    ("source", pa.dictionary(pa.int8(), pa.string())),
]
VENUE_COLUMNS = (
    "venue_id", "name", "category", "unit_code", "lat", "lon", "opened_on", "status", "daily_footfall", "staff",
    "opening_hours", "closed_on",
)  # fmt: skip
VIOLATOR_COLUMNS = ("venue_id", "sign", "since_on", "size", "usual_visits")
CASE_COLUMNS = ("person_id", "infectious_from", "infectious_to", "onset_at", "confirmed_at")
TRUTH_COLUMNS = (
    "person_id", "infector_id", "generation", "setting", "venue_id", "infected_at", "onset_at", "infectious_from",
    "infectious_to", "detected", "shared_seconds", "scanned",
)  # fmt: skip
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def midnight_of(day: date) -> int:
    """The local midnight, in seconds since the epoch."""
    return int((datetime(day.year, day.month, day.day, tzinfo=UTC) - LOCAL_OFFSET).timestamp())


Write = Callable[[pa.Table], None]


@contextmanager
def visits_file(folder: Path, *, facts: bool) -> Iterator[Write]:
    schema = pa.schema(TRACED + (FACTS if facts else []))
    few: Any = ["venue_id", "source"]
    with parquet.ParquetWriter(folder / "visits.parquet", schema, compression="zstd", use_dictionary=few) as file:
        yield lambda table: file.write_table(table, row_group_size=max(1, len(table)))


@contextmanager
def attempts_file(folder: Path) -> Iterator[Write]:
    with (folder / "attempts.csv").open("wb") as file:
        file.write(b"venue_id,at,reason\n")
        options = arrow_csv.WriteOptions(include_header=False, quoting_style="none")
        yield lambda table: arrow_csv.write_csv(table, file, options)


def _instants(seconds: NDArray[Any], midnight: int, missing: NDArray[np.bool_] | None = None) -> "pa.Array[Any]":
    return pa.array((seconds.astype(np.int64) + midnight) * 1000, mask=missing).cast(INSTANT)


def visit_table(province: Province, scans: Scans, midnight: int, *, facts: bool) -> pa.Table:
    columns: dict[str, Any] = {
        "person_id": province.person_id[scans.person],
        "venue_id": province.venue_id[scans.venue],
        "entered_at": _instants(scans.entered, midnight),
        "left_at": _instants(scans.left, midnight, scans.left == NOT_SEEN),
    }
    if facts:
        unknown = np.isnan(scans.lat)
        columns |= {
            "received_at": _instants(scans.received, midnight),
            **{name: pa.array(getattr(scans, name), mask=unknown) for name in ("lat", "lon", "accuracy_m")},
            "device_id": scans.device,
            "source": pa.DictionaryArray.from_arrays(scans.source, pa.array(SOURCES)),
        }
    return pa.table(columns)


def attempt_table(province: Province, attempts: Attempts, midnight: int) -> pa.Table:
    return pa.table(
        {
            "venue_id": province.venue_id[attempts.venue],
            "at": pa.array(
                np.datetime_as_string((attempts.at + np.int64(midnight)).astype("datetime64[s]"), timezone="UTC")
            ),
            "reason": pa.array(np.array(REASONS)[attempts.reason]),
        }
    )


def _write_rows(path: Path, header: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def write_province(
    order: Order, province: Province, conduct: Conduct, usual: NDArray[np.float64], folder: Path
) -> None:  # fmt: skip
    work = np.where(province.work >= 0, province.venue_id[province.work], 0)
    people = {
        "person_id": province.person_id,
        "household": province.household,
        "area": province.area,
        "works_at": pa.array(work, mask=province.work < 0),
    }
    parquet.write_table(pa.table(people), folder / "people.parquet", compression="zstd")
    _write_rows(folder / "venues.csv", VENUE_COLUMNS, _venue_rows(order, province, usual))
    _write_rows(
        folder / "violators.csv",
        VIOLATOR_COLUMNS,
        (
            (
                province.venue_id[each.venue],
                each.sign,
                order.start_on + timedelta(days=each.since),
                round(each.size, 3),
                round(usual[each.venue]),
            )
            for each in conduct.violators
        ),
    )


def _venue_rows(order: Order, province: Province, usual: NDArray[np.float64]) -> Iterator[tuple[Any, ...]]:
    random = np.random.default_rng([order.seed, 7])
    staff = np.bincount(province.work[province.work >= 0], minlength=order.venues)
    opened = random.integers(30, 900, order.venues)
    guess = np.maximum(1, usual * random.lognormal(0, 0.3, order.venues)).astype(int)
    told = random.random(order.venues) < TOLD_FOOTFALL
    for at in range(order.venues):
        kind, closed = KINDS[province.kind[at]], int(province.closed_on[at])
        yield (
            int(province.venue_id[at]), f"{kind.code} {province.venue_id[at]}", kind.code, f"{province.venue_area[at] + 1:05d}",
            f"{province.lat[at]:.6f}", f"{province.lon[at]:.6f}", order.start_on - timedelta(days=int(opened[at])), "active",
            int(guess[at]) if told[at] else "", int(staff[at]),
            f"{_clock(kind.opens)}-{_clock(kind.closes)}", WEEKDAYS[closed] if closed >= 0 else "",
        )  # fmt: skip


def _clock(hour: float) -> str:
    return f"{int(hour):02d}:{round(hour % 1 * 60):02d}"


def _iso(instant: int) -> str:
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_outbreak(order: Order, province: Province, infections: list[Infection], folder: Path) -> int:
    """The cases that are confirmed within the days, and the whole truth. How many cases there are."""
    end = midnight_of(order.start_on) + order.days * 86_400
    confirmed = [
        each for each in infections if each.detected and each.infectious_from < each.infectious_to and each.infectious_to <= end
    ]  # fmt: skip
    _write_rows(folder / "truth.csv", TRUTH_COLUMNS, (_truth_row(province, each) for each in infections))
    return _write_rows(
        folder / "cases.csv",
        CASE_COLUMNS,
        (
            (
                province.person_id[each.person],
                *(_iso(at) for at in (each.onset_at - 172_800, each.infectious_to, each.onset_at, each.infectious_to)),
            )
            for each in sorted(confirmed, key=lambda each: each.infectious_to)
        ),
    )


def _truth_row(province: Province, each: Infection) -> tuple[Any, ...]:
    setting = "seed" if each.infector < 0 else "home" if each.venue < 0 else KINDS[province.kind[each.venue]].code
    instants = (each.infected_at, each.onset_at, each.infectious_from, each.infectious_to)
    return (
        province.person_id[each.person],
        "" if each.infector < 0 else province.person_id[each.infector],
        each.generation,
        setting,
        "" if each.venue < 0 else province.venue_id[each.venue],
        *map(_iso, instants),
        int(each.detected),
        each.shared_seconds,
        int(each.scanned),
    )
