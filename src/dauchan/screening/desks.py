"""The sign `desk_scanned`: scans that no crowd of visitors makes.

Three things give a desk away:

- *one phone, many scans*: a visitor's phone scans a place once or a few times a day, a desk's phone all names of a list;
- *one spot*: phones of visitors never tell exactly the same coordinates twice, a phone that lies on a desk always does;
- *a metronome*: visitors come at random, and gaps between random arrivals scatter as much as their mean (exponential
  distribution); somebody who works through a list keeps an even pace.

Gates are meant to scan many people with one device at an even pace, so what came by a gate is left out. Where the source of scans is not known, gates are told by
their peers: at a school or a clinic most doors are like that. Of a kind of which many look like a desk none is named, of the others those most of whose scans do.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dauchan.screening.compiled import fixed
from dauchan.screening.places_seen import beyond
from dauchan.screening.scan_loops import begins_of, by_cell, in_even_runs, many_alike
from dauchan.screening.scans import Scans
from dauchan.screening.usual_use import Bools, Counts, Floats, Places

MANY = 6
"""Scans of one phone, or from one spot, at one venue on one day that no visitor makes."""
LONGEST_GAP = 15
"""Seconds between two scans of one run."""
SHORTEST_RUN = 8
EVEN = 0.5
"""Standard deviation of gaps beside their mean: 1 for random arrivals."""
LEAST_SHARE, LEAST_SHARE_WITHOUT_SOURCE = 0.3, 0.5
GATES = 0.1
"""Share of other venues of a kind that look like a desk, above which that is how the kind scans."""
FEWEST = 20
"""Desk scans without which nothing is said."""


def desk_counts(scans: Scans, cell: NDArray[np.int32] | Places, cells: int) -> Counts:
    """How many scans of each cell look as if made at a desk, shape (cells,); the telltale that finds most counts.

    Args:
        scans: n scans.
        cell: number of the venue and day of each, shape (n,); −1 for scans that do not count.
        cells: how many there are.
    """
    by_gate = np.empty(0, np.bool_) if scans.by_gate is None else fixed(scans.by_gate)
    own = fixed(cell, np.int32)
    begins = begins_of(own, by_gate, cells)
    entered = by_cell(own, by_gate, begins, fixed(scans.entered))
    found = in_even_runs(entered, begins, LONGEST_GAP, SHORTEST_RUN, EVEN)
    if scans.device is not None:
        devices = by_cell(own, by_gate, begins, fixed(scans.device))
        found = np.maximum(found, many_alike(devices, begins, MANY))
    if scans.lat is not None and scans.lon is not None:
        found = np.maximum(found, _at_one_spot(own, by_gate, np.diff(begins), scans.lat, scans.lon))
    return found


def _at_one_spot(
    cell: NDArray[np.int32],
    by_gate: Bools,
    whole: Counts,
    lat: NDArray[np.floating[Any]],
    lon: NDArray[np.floating[Any]],
) -> Counts:
    """Scans of each cell from a spot that many tell; phones that hide their place are no others."""
    cell = fixed(np.where(np.isnan(lat) | np.isnan(lon), np.int32(-1), cell))
    begins = begins_of(cell, by_gate, len(whole))
    spot = fixed(_bits(lat) * np.int64(0x9E3779B1) + _bits(lon))
    alike = many_alike(by_cell(cell, by_gate, begins, spot), begins, MANY)
    share = alike / np.maximum(np.diff(begins), 1)
    return np.asarray(np.round(share * whole).astype(np.int64))


def _bits(degrees: NDArray[np.floating[Any]]) -> NDArray[np.int64]:
    return np.asarray(np.ascontiguousarray(degrees, np.float32).view(np.int32).astype(np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Desks:
    """Of v venues: how sure a desk is, the column of its first day, and scans since then, all and from the desk."""

    confidence: Floats
    begin: Places
    scans: Counts
    from_desk: Counts


def desks(counts: Counts, from_desk: Counts, category: Places, *, is_gate_known: bool) -> Desks:
    """Judge venues by their scans and desk scans, both of shape (v, d); the days are those that were looked at."""
    share = LEAST_SHARE if is_gate_known else LEAST_SHARE_WITHOUT_SOURCE
    suspect = from_desk >= np.maximum(1, share * counts)
    begin = np.where(suspect.any(axis=1), suspect.argmax(axis=1), 0)
    since = np.arange(counts.shape[1])[None] >= begin[:, None]
    scans, desk = (counts * since).sum(axis=1), (from_desk * since).sum(axis=1)
    confidence = np.zeros(len(counts))
    looks_so = (desk >= FEWEST) & (desk >= share * scans)
    if not is_gate_known:
        looks_so &= ~_scans_at_gates(looks_so, scans > 0, category)
    for venue in np.flatnonzero(looks_so):
        most = max(1.0, scans[venue] / 400)  # a beta distribution of 400 scans is narrow enough
        confidence[venue] = beyond(share, int(desk[venue] / most), int(scans[venue] / most))
    return Desks(confidence, begin, scans, desk)


def _scans_at_gates(looks_so: Bools, is_scanned: Bools, category: Places) -> Bools:
    """Venues of a kind of which many others look like a desk."""
    alike, all_of_kind = (np.bincount(category, weights=each, minlength=1)[category] for each in (looks_so, is_scanned))
    return np.asarray((alike - looks_so) > GATES * np.maximum(all_of_kind - looks_so, 1))
