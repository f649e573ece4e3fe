"""The sign `desk_scanned`: scans that no crowd of visitors makes.

Three things give a desk away:

- *one phone, many scans*: a visitor's phone scans a place once or a few times a day, a desk's phone all names of a list;
- *one spot*: phones of visitors never tell exactly the same coordinates twice, a phone that lies on a desk always does;
- *a metronome*: visitors come at random, and gaps between random arrivals scatter as much as their mean (exponential
  distribution); somebody who works through a list keeps an even pace.

Gates are meant to scan many people with one device at an even pace, so what came by a gate is left out. Where the source of scans is not known only an
even pace can count, and only where nearly all scans of a venue have it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dauchan.screening.places_seen import beyond
from dauchan.screening.scans import Scans
from dauchan.screening.usual_use import Counts, Floats, Places

MANY = 6
"""Scans of one phone, or from one spot, at one venue on one day that no visitor makes."""
LONGEST_GAP = 15
"""Seconds between two scans of one run."""
SHORTEST_RUN = 8
EVEN = 0.5
"""Standard deviation of gaps beside their mean: 1 for random arrivals."""
LEAST_SHARE, LEAST_SHARE_BY_PACE = 0.3, 0.7
FEWEST = 20
"""Desk scans without which nothing is said."""


def desk_counts(scans: Scans, cell: Places, cells: int) -> Counts:
    """How many scans of each cell look as if made at a desk, shape (cells,); the telltale that finds most counts.

    Args:
        scans: n scans.
        cell: number of the venue and day of each, shape (n,); −1 for scans that do not count.
        cells: how many there are.
    """
    counts = cell >= 0
    if scans.by_gate is not None:
        counts &= ~scans.by_gate
    found = _in_even_runs(cell[counts], scans.entered[counts], cells)
    if scans.by_gate is not None and scans.device is not None:
        found = np.maximum(found, _many_alike(cell[counts], scans.device[counts], cells))
    if scans.by_gate is not None and scans.lat is not None and scans.lon is not None:
        told = counts & ~np.isnan(scans.lat) & ~np.isnan(scans.lon)
        spot = _bits(scans.lat[told]) * np.int64(0x9E3779B1) + _bits(scans.lon[told])
        share = _many_alike(cell[told], spot, cells) / np.maximum(np.bincount(cell[told], minlength=cells), 1)
        whole = np.bincount(cell[counts], minlength=cells)
        found = np.maximum(
            found, np.round(share * whole).astype(np.int64)
        )  # phones that hide their place are no others
    return found


def _bits(degrees: NDArray[np.floating[Any]]) -> NDArray[np.int64]:
    return np.asarray(np.ascontiguousarray(degrees, np.float32).view(np.int32).astype(np.int64))


def _many_alike(cell: Places, what: NDArray[np.int64], cells: int) -> Counts:
    """Scans of each cell that share something with `MANY` or more of the same cell.

    Cell and thing are mixed into one number of 64 bits, so that one sort will do; two things meet by chance once in billions.
    """
    key = np.sort(
        (what * np.int64(0x9E3779B97F4A7C1)) & np.int64((1 << 38) - 1) | (cell.astype(np.int64) << np.int64(38))
    )
    starts = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else np.empty(0, np.int64)
    sizes = np.diff(np.append(starts, len(key)))
    many = sizes >= MANY
    return np.bincount(key[starts[many]] >> 38, weights=sizes[many], minlength=cells).astype(np.int64)


def _in_even_runs(cell: Places, entered: NDArray[np.int64], cells: int) -> Counts:
    """Scans of each cell in a long run whose gaps are short and even."""
    if not len(cell):
        return np.zeros(cells, np.int64)
    span = int(entered.max()) - int(entered.min()) + 1
    key = np.sort(cell.astype(np.int64) * span + (entered - entered.min()))
    gap = np.diff(key)
    # Another cell is far away unless both lie at an edge of the time; then the run is one scan too long.
    is_short = np.concatenate([[False], gap <= LONGEST_GAP, [False]])
    edges = np.flatnonzero(is_short[1:] != is_short[:-1])
    first, gaps = edges[::2], edges[1::2] - edges[::2]
    is_long = gaps >= SHORTEST_RUN - 1
    first, gaps = first[is_long], gaps[is_long]
    if not len(first):
        return np.zeros(cells, np.int64)
    begins = np.cumsum(gaps) - gaps
    within = gap[np.arange(gaps.sum()) + np.repeat(first - begins, gaps)].astype(np.float64)
    mean = np.add.reduceat(within, begins) / gaps
    spread = np.sqrt(np.maximum(np.add.reduceat(within**2, begins) / gaps - mean**2, 0))
    even = spread < EVEN * mean
    return np.bincount(key[first[even]] // span, weights=gaps[even] + 1, minlength=cells).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Desks:
    """Of v venues: how sure a desk is, the column of its first day, and scans since then, all and from the desk."""

    confidence: Floats
    begin: Places
    scans: Counts
    from_desk: Counts


def desks(counts: Counts, from_desk: Counts, *, is_gate_known: bool) -> Desks:
    """Judge venues by their scans and desk scans, both of shape (v, d); the days are those that were looked at."""
    share = LEAST_SHARE if is_gate_known else LEAST_SHARE_BY_PACE
    suspect = from_desk >= np.maximum(1, share * counts)
    begin = np.where(suspect.any(axis=1), suspect.argmax(axis=1), 0)
    since = np.arange(counts.shape[1])[None] >= begin[:, None]
    scans, desk = (counts * since).sum(axis=1), (from_desk * since).sum(axis=1)
    confidence = np.zeros(len(counts))
    for venue in np.flatnonzero((desk >= FEWEST) & (desk >= share * scans)):
        most = max(1.0, scans[venue] / 400)  # a beta distribution of 400 scans is narrow enough
        confidence[venue] = beyond(share, int(desk[venue] / most), int(scans[venue] / most))
    return Desks(confidence, begin, scans, desk)
