"""The visits of bench/trace.py as segments on disk, made from Parquet day by day as a ledger would seal them.

`trace_segments.py FOLDER` measures single cases with nothing of the words in memory: an index that is open, on a disk that is cold.
"""

import json
import mmap
import os
import shutil
import sys
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

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
from dauchan.epi.intervals import DAY, local_day, local_midnight

EPOCH = date(1970, 1, 1)


def days_of(path: Path) -> Iterator[tuple[date, VisitColumns]]:
    """The visits of each local day of a file in time order; a few row groups are in memory at a time."""
    kept = np.empty((4, 0), np.int64)
    with parquet.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            read = file.read_row_group(group).columns
            kept = np.concatenate([kept, np.array([column.to_numpy() for column in read], np.int64)], axis=1)
            while (after := int(np.searchsorted(kept[2], next_midnight(int(kept[2, 0]))))) < kept.shape[1]:
                yield day_of(int(kept[2, 0])), VisitColumns(*kept[:, :after])
                kept = kept[:, after:]
    if kept.size:
        yield day_of(int(kept[2, 0])), VisitColumns(*kept)


def day_of(instant: int) -> date:
    """The local day of an instant in seconds since the epoch."""
    return EPOCH + timedelta(days=local_day(instant))


def next_midnight(instant: int) -> int:
    """When the local day of an instant ends."""
    return local_midnight(instant) + DAY


def seal(parquet_file: Path, root: Path) -> dict[str, Any]:
    """Write all days, as many at a time as there are processors: milliseconds for all of it, and for the last day once more by itself, from its
    columns to the disk.
    """
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    write_segment(
        root / "1970-01-01", EPOCH, VisitColumns(*np.array([[1], [1], [0], [1]])), {}
    )  # compiles, or loads the compiled code
    drop_segment(root / "1970-01-01")
    began, cores, waiting = time.perf_counter(), os.cpu_count() or 1, deque[Future[None]]()
    with ThreadPoolExecutor(cores) as threads:
        for day, visits in days_of(parquet_file):
            waiting.append(threads.submit(write_segment, root / day.isoformat(), day, visits, {}))
            if len(waiting) > cores:
                waiting.popleft().result()
        for each in waiting:
            each.result()
    spent = time.perf_counter() - began
    began = time.perf_counter()
    write_segment(root / day.isoformat(), day, visits, {})
    return {"build_ms": spent * 1000, "day_ms": (time.perf_counter() - began) * 1000}


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
