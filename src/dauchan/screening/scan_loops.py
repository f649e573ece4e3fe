"""The loops over single scans: each looks at a scan once, and sorts nothing where counting will do."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dauchan.screening.compiled import kernel

Int64s = NDArray[np.int64]
Int32s = NDArray[np.int32]
Bools = NDArray[np.bool_]
LOCAL_OFFSET = 7 * 3600
DAY = 86_400


@kernel
def placed(
    venue: Int64s, entered: Int64s, places: Int64s, begin: tuple[int, int, int], counts: Int32s, cell: Int32s
) -> int:
    """Count scans by day and venue, and number the cells of the close look; how many scans are at venues not in the register.

    Args:
        venue: identifiers, of n scans.
        entered: of them, in seconds since the epoch.
        places: place in the register by identifier; the last one is −1.
        begin: the identifier of the first of them, the first day that counts and the first of the close look, in days since the epoch.
        counts: added to, shape (days, v).
        cell: filled in, shape (n,): venue × days of the close look + day of it; −1 for scans that are not looked at.
    """
    elsewhere, last, days = 0, len(places) - 1, len(counts)
    first_venue, first_day, close_day = begin
    close_days = days - (close_day - first_day)
    for scan in range(len(venue)):
        cell[scan] = -1
        day = (entered[scan] + LOCAL_OFFSET) // DAY - first_day
        if day < 0 or day >= days:
            continue
        at = venue[scan] - first_venue
        place = places[at] if 0 <= at < last else -1
        if place < 0:
            elsewhere += 1
            continue
        counts[day, place] += 1
        if day >= days - close_days:
            cell[scan] = place * close_days + day - (days - close_days)
    return elsewhere


@kernel
def begins_of(cell: Int32s, by_gate: Bools, cells: int) -> Int64s:
    """Where each cell begins among the scans that no gate made, shape (cells + 1,); `by_gate` is empty where nobody tells."""
    begins = np.zeros(cells + 1, np.int64)
    for scan in range(len(cell)):
        if cell[scan] >= 0 and not (len(by_gate) and by_gate[scan]):
            begins[cell[scan] + 1] += 1
    for at in range(cells):
        begins[at + 1] += begins[at]
    return begins


@kernel
def by_cell(cell: Int32s, by_gate: Bools, begins: Int64s, column: NDArray[Any]) -> NDArray[Any]:
    """A column of the scans that no gate made, cell by cell, within a cell as they came."""
    ordered, filled = np.empty(begins[-1], column.dtype), begins.copy()
    for scan in range(len(cell)):
        if cell[scan] >= 0 and not (len(by_gate) and by_gate[scan]):
            ordered[filled[cell[scan]]] = column[scan]
            filled[cell[scan]] += 1
    return ordered


@kernel
def in_even_runs(entered: Int64s, begins: Int64s, longest_gap: int, shortest_run: int, even: float) -> Int64s:
    """Scans of each cell in a long run whose gaps are short and even; the instants are put in order within each cell."""
    found = np.zeros(len(begins) - 1, np.int64)
    for cell in range(len(found)):
        own = entered[begins[cell] : begins[cell + 1]]
        if len(own) < shortest_run:
            continue
        for at in range(1, len(own)):
            if own[at] < own[at - 1]:
                own.sort()
                break
        gaps, total, squares = 0, 0.0, 0.0
        for at in range(1, len(own) + 1):
            gap = own[at] - own[at - 1] if at < len(own) else longest_gap + 1
            if gap <= longest_gap:
                gaps, total, squares = gaps + 1, total + gap, squares + gap * gap
                continue
            if gaps >= shortest_run - 1:
                mean = total / gaps
                found[cell] += gaps + 1 if np.sqrt(max(squares / gaps - mean * mean, 0.0)) < even * mean else 0
            gaps, total, squares = 0, 0.0, 0.0
    return found


@kernel
def many_alike(what: Int64s, begins: Int64s, many: int) -> Int64s:
    """Scans of each cell that share something with `many` or more of the same cell: every cell has a small table of its own things."""
    found, room = np.zeros(len(begins) - 1, np.int64), 16
    while len(begins) > 1 and room < 2 * np.max(begins[1:] - begins[:-1]):
        room *= 2
    things, scans = np.empty(room, np.int64), np.zeros(room, np.int64)
    for cell in range(len(found)):
        size = begins[cell + 1] - begins[cell]
        if size < many:
            continue
        slots, bits = 16, 4
        while slots < 2 * size:
            slots, bits = slots * 2, bits + 1
        scans[:slots] = 0
        for each in what[begins[cell] : begins[cell + 1]]:
            mixed = each * np.int64(0x1E3779B97F4A7C15)
            at = (mixed >> np.int64(64 - bits)) & np.int64(slots - 1)
            while scans[at] and things[at] != each:
                at = (at + 1) & (slots - 1)
            things[at] = each
            scans[at] += 1
        for at in range(slots):
            found[cell] += scans[at] if scans[at] >= many else 0
    return found
