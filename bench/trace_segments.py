"""The visits of bench/trace.py as segments on disk, made from Parquet day by day as a ledger would seal them."""

import shutil
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from pyarrow import parquet

from dauchan.epi import Segment, VisitColumns, open_segment, segment_folders, write_segment
from dauchan.epi.intervals import local_days

if TYPE_CHECKING:
    from numpy.typing import NDArray

EPOCH = date(1970, 1, 1)


def days_of(path: Path) -> Iterator[tuple[date, VisitColumns]]:
    """The visits of each local day of a file in time order; a few row groups are in memory at a time."""
    kept: list[NDArray[np.int64]] = []
    with parquet.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            read = [column.to_numpy().astype(np.int64) for column in file.read_row_group(group).columns]
            kept = [np.concatenate(pair) for pair in zip(kept, read, strict=True)] if kept else read
            days = local_days(kept[2])
            for day in np.unique(days[days < days[-1]]):
                yield EPOCH + timedelta(days=int(day)), VisitColumns(*(column[days == day] for column in kept))
            kept = [column[days == days[-1]] for column in kept]
    if kept:
        yield EPOCH + timedelta(days=int(local_days(kept[2][:1])[0])), VisitColumns(*kept)


def seal(parquet_file: Path, root: Path) -> dict[str, Any]:
    """Write all days; seconds for all of it, and for each day from its columns to the disk."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    began, each = time.perf_counter(), []
    for day, visits in days_of(parquet_file):
        day_began = time.perf_counter()
        write_segment(root / day.isoformat(), day, visits, {})
        each.append(time.perf_counter() - day_began)
    return {"build_ms": (time.perf_counter() - began) * 1000, "day_ms": [1000 * seconds for seconds in each]}


def segments(root: Path) -> list[Segment]:
    """All days below a folder."""
    return [open_segment(folder) for folder in segment_folders(root)]
