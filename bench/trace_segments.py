"""The visits of bench/trace.py as segments on disk, made from Parquet day by day as a ledger would seal them.

`trace_segments.py FOLDER` measures single cases with nothing of the words in memory: an index that is open, on a disk that is cold.
"""

import json
import mmap
import os
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from pyarrow import parquet

from dauchan.epi import (
    Cases,
    Segment,
    TracePolicy,
    VisitColumns,
    VisitIndex,
    drop_segment,
    open_segment,
    segment_folders,
    trace,
    write_segment,
)
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
    write_segment(
        root / "1970-01-01", EPOCH, VisitColumns(*np.array([[1], [1], [0], [1]])), {}
    )  # compiles, or loads the compiled code
    drop_segment(root / "1970-01-01")
    began, each = time.perf_counter(), []
    for day, visits in days_of(parquet_file):
        day_began = time.perf_counter()
        write_segment(root / day.isoformat(), day, visits, {})
        each.append(time.perf_counter() - day_began)
    return {"build_ms": (time.perf_counter() - began) * 1000, "day_ms": [1000 * seconds for seconds in each]}


def segments(root: Path) -> list[Segment]:
    """All days below a folder."""
    return [open_segment(folder) for folder in segment_folders(root)]


def cool(opened: list[Segment]) -> None:
    """Let the system forget the words of all days."""
    for segment in opened:
        for name in ("by_person", "by_venue"):
            content: Any = getattr(segment.pack, name).base.obj
            content.madvise(mmap.MADV_DONTNEED)
            with (segment.folder / segment.manifest["stamp"] / name).open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def cold(folder: Path, cases: int) -> list[float]:
    """Milliseconds of single cases, each from a cold disk."""
    wanted = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
    opened, spent = segments(folder / "segments"), []
    index, first = VisitIndex.from_segments(opened), TracePolicy(generations=1)
    for person in wanted["one"][: cases + 1]:
        cool(opened)
        began = time.perf_counter()
        trace(index, Cases.from_arrays([person], [wanted["from"]], [wanted["to"]]), first)
        spent.append((time.perf_counter() - began) * 1000)
    return spent[1:]  # the first one loads the compiled code


if __name__ == "__main__":
    print(json.dumps(cold(Path(sys.argv[1]), 40)))
