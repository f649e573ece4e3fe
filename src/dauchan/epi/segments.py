"""A local day's visits on disk: immutable, memory-mapped, gone when its folder is gone.

A segment knows no identifier that its own day does not hold: dense numbers are those of the day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from dauchan.epi.corrections import corrected
from dauchan.epi.errors import Damage, SegmentDamaged, VisitsRefused
from dauchan.epi.intervals import DAY, LOCAL_OFFSET, local_days
from dauchan.epi.packing import Layout, Pack, pack, with_ends
from dauchan.epi.segment_files import MANIFEST, drop_arrays, map_arrays, read_manifest, write_arrays
from dauchan.epi.visit_columns import VisitColumns, rows_refused

ARRAYS = (
    "person_ids",
    "venue_ids",
    "person_start",
    "venue_start",
    "by_person",
    "by_venue",
    "longest_stay",
    "imputed",
)
REWRITTEN = ("by_person", "by_venue", "imputed")
NUMBERS = ("first", "last", "reach", "imputed_visits")
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """One day's visits; `about` is what the writer wanted to remember of them."""

    folder: Path
    day: date
    about: Mapping[str, Any]
    pack: Pack
    manifest: Mapping[str, Any]

    def __len__(self) -> int:
        return len(self.pack)


def write_segment(folder: Path, day: date, visits: VisitColumns, about: Mapping[str, object]) -> None:
    """Write the visits that began on a local day (UTC+7); whoever interrupts it leaves the folder as it was.

    Args:
        folder: the day's own; a segment that it holds is replaced. A file system that keeps its promises after `fsync`.
        day: the day.
        visits: with their ends. Where an end is missing it is imputed from the entries of this day alone.
        about: whatever JSON can hold, for `Segment.about`.

    Raises:
        VisitsRefused: a visit began on another day, or a stay is too long.
    """
    if len(visits) and (local_days(visits.entered) != (day - EPOCH).days).any():
        raise VisitsRefused(f"not all visits began on {day}", f"không phải mọi lượt ghé đều bắt đầu trong ngày {day}")
    packed = pack(with_ends(visits), midnight(day))
    arrays = {name: getattr(packed, name) for name in ARRAYS}
    numbers = {name: getattr(packed, name) for name in NUMBERS}
    facts = {"day": day.isoformat(), "visits": len(packed), "about": dict(about), "layout": packed.layout, **numbers}
    write_arrays(folder, arrays, facts)


def open_segment(folder: Path, *, verify: bool = False) -> Segment:
    """Map a segment into memory; with `verify` all of it is read and compared with its checksums.

    Raises:
        SegmentDamaged: the folder holds no segment, or not what was written.
    """
    manifest = read_manifest(folder)
    try:
        arrays: dict[str, Any] = map_arrays(folder, manifest, ARRAYS, verify=verify)
    except SegmentDamaged:
        again = read_manifest(folder)  # rewritten between the two looks?
        if again["stamp"] == manifest["stamp"]:
            raise
        manifest, arrays = again, map_arrays(folder, again, ARRAYS, verify=verify)
    try:
        day = date.fromisoformat(manifest["day"])
        about, layout = manifest["about"], Layout(*manifest["layout"])
        numbers: dict[str, Any] = {name: manifest[name] for name in NUMBERS}
        packed = Pack(layout, **arrays, **numbers)
    except (KeyError, TypeError, ValueError) as error:
        raise SegmentDamaged(Damage.MANIFEST, folder) from error
    return Segment(folder, day, about, packed, manifest)


def packs_with(segments: Sequence[Segment], changed: VisitColumns | None) -> list[Pack]:
    """The packs of segments, with the ends of the visits that have been changed since.

    Raises:
        VisitsRefused: a changed visit is in none of the segments, its end is missing or does not fit.
        SegmentDamaged: a changed segment has been written anew since it was opened.
    """
    if changed is None or not len(changed):
        return [segment.pack for segment in segments]
    day, packs, known = local_days(changed.entered), [], np.zeros(len(changed), np.bool_)
    for segment in segments:
        chosen = day == (segment.day - EPOCH).days
        packs.append(_changed(segment, changed.where(chosen)) if chosen.any() else segment.pack)
        known |= chosen
    if not known.all():
        raise rows_refused(~known, "are in no segment", "không có trong phân đoạn nào")
    return packs


def _changed(segment: Segment, changed: VisitColumns) -> Pack:
    """The words are mapped once more: only the pages that are written to take memory, and no file changes."""
    own: dict[str, Any] = map_arrays(segment.folder, segment.manifest, REWRITTEN, private=True)
    return corrected(replace(segment.pack, **own), changed)


def drop_segment(folder: Path) -> None:
    """Remove a day with all that is known of it; harmless where there is none."""
    drop_arrays(folder)


def segment_folders(root: Path) -> list[Path]:
    """The folders below `root` that hold a segment, by name; a day half written or half dropped is none."""
    return sorted(path.parent for path in root.glob(f"*/{MANIFEST}"))


def midnight(day: date) -> int:
    """The beginning of a local day in seconds since the epoch."""
    return (day - EPOCH).days * DAY - LOCAL_OFFSET
