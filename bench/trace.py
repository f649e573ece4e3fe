"""How long a trace takes, beside what NumPy does with the same visits.

Example: .venv/bin/python bench/trace.py --visits 13600000

The visits are invented: venues of heavy-tailed size, 21 days, infectious periods of 7 days, 1 person per 113 visits as in a province of 1.2 million
people and 136 million visits. Every peer must find the same contacts, or the run fails.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi import Cases, TracePolicy, VisitIndex, trace

DAY = 86_400
START = 1_627_750_800  # 2021-08-01 00:00 in Vietnam
PERIOD = (START + 7 * DAY, START + 14 * DAY)  # of every case
TAIL, MIN_OVERLAP = 1800, 900


class Columns(NamedTuple):
    """Visits as plain arrays, in the order in which they happened."""

    person: NDArray[np.int64]
    venue: NDArray[np.int64]
    entered: NDArray[np.int64]
    left: NDArray[np.int64]


def province(count: int, seed: int = 7) -> Columns:
    """`count` visits of 21 days."""
    chance = np.random.default_rng(seed)
    people, venues = max(10, count // 113), max(10, count // 6800)
    weights = np.cumsum(1 / np.arange(1, venues + 1) ** 0.5)
    entered = np.sort(START + chance.integers(0, 21, count) * DAY + 6 * 3600 + chance.integers(0, 16 * 3600, count))
    return Columns(
        person=chance.integers(0, people, count),
        venue=np.searchsorted(weights, chance.random(count) * weights[-1]).astype(np.int64),
        entered=entered,
        left=entered + np.minimum(chance.gamma(1.5, 1500, count), 8 * 3600).astype(np.int64),
    )


def scanned(visits: Columns, person: int) -> dict[int, int]:
    """Contacts of generation 1 by NumPy masks over all visits: person → overlap in seconds."""
    rows = [
        np.flatnonzero((visits.venue == venue) & (visits.entered < left + TAIL) & (visits.left > entered))
        for venue, entered, left in stays_of(visits, person)
    ]
    return summed(visits, rows, person)


def bisected(by_venue: Columns, starts: NDArray[np.int64], longest: int, person: int, stays: Any) -> dict[int, int]:  # noqa: ANN401 tuples
    """The same by NumPy over visits sorted by venue and time, bounded by the longest stay."""
    rows = []
    for venue, entered, left in stays:
        entries = by_venue.entered[starts[venue] : starts[venue + 1]]
        low, high = np.searchsorted(entries, (entered - longest, left + TAIL)) + starts[venue]
        rows.append(low + np.flatnonzero(by_venue.left[low:high] > entered))
    return summed(by_venue, rows, person)


def stays_of(visits: Columns, person: int) -> list[tuple[int, int, int]]:
    """(venue, entered, left) of one person in the infectious period."""
    own = np.flatnonzero((visits.person == person) & (visits.left > PERIOD[0]) & (visits.entered < PERIOD[1]))
    entered, left = np.maximum(visits.entered[own], PERIOD[0]), np.minimum(visits.left[own], PERIOD[1])
    return list(zip(visits.venue[own].tolist(), entered.tolist(), left.tolist(), strict=True))


def summed(visits: Columns, rows: list[NDArray[Any]], person: int) -> dict[int, int]:
    """Overlaps by person; `rows` are the hits of each of the person's stays, in the order of `stays_of`."""
    people, overlaps = [], []
    for (_, entered, left), hits in zip(STAYS[person], rows, strict=True):
        people.append(visits.person[hits])
        overlaps.append(np.minimum(left + TAIL, visits.left[hits]) - np.maximum(entered, visits.entered[hits]))
    met, place = np.unique(np.concatenate(people), return_inverse=True)
    sums = np.bincount(place, np.concatenate(overlaps)).astype(np.int64)
    return {
        int(who): int(total) for who, total in zip(met, sums, strict=True) if total >= MIN_OVERLAP and who != person
    }


STAYS: dict[int, list[tuple[int, int, int]]] = {}


def traced(index: VisitIndex, person: int) -> dict[int, int]:
    """The same by this project."""
    found = trace(index, Cases.from_arrays([person], *([instant] for instant in PERIOD)), TracePolicy(generations=1))
    columns = found.contacts.select(["person_id", "overlap_seconds"])
    return dict(zip(columns.column(0).to_pylist(), columns.column(1).to_pylist(), strict=True))


def median_ms(work: Callable[[int], object], people: list[int]) -> float:
    """The median over people of one call, in milliseconds."""
    seconds = []
    for person in people:
        began = time.perf_counter()
        work(person)
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds) * 1000


def memory_bandwidth() -> float:
    """Bytes per second of a plain copy: the machine's own reference."""
    source = np.ones(2**25)
    target = np.empty_like(source)
    np.copyto(target, source)
    began = time.perf_counter()
    np.copyto(target, source)
    return 2 * source.nbytes / (time.perf_counter() - began)


def one_case(visits: Columns, index: VisitIndex, people: list[int]) -> None:
    """The table of one case, generation 1."""
    order = np.lexsort((visits.entered, visits.venue))
    by_venue = Columns(*(column[order] for column in visits))
    starts = np.searchsorted(by_venue.venue, np.arange(int(visits.venue.max()) + 2))
    longest = int((visits.left - visits.entered).max())
    STAYS.update({person: stays_of(visits, person) for person in people})
    cases = {person: Cases.from_arrays([person], *([instant] for instant in PERIOD)) for person in people}
    for person in people[:3]:
        found = traced(index, person)
        if found != scanned(visits, person) or found != bisected(by_venue, starts, longest, person, STAYS[person]):
            raise SystemExit(f"the peers disagree about person {person}")
    policy = TracePolicy(generations=1)
    ours = median_ms(lambda person: trace(index, cases[person], policy), people)
    sorted_copy = median_ms(lambda person: bisected(by_venue, starts, longest, person, STAYS[person]), people)
    scan = median_ms(lambda person: scanned(visits, person), people[:3])
    print(f"{'one case, generation 1':44}{'median ms':>12}{'× ours':>10}")
    for name, figure in (("dauchan.epi", ours), ("NumPy, sorted copy", sorted_copy), ("NumPy, scan", scan)):
        print(f"  {name:42}{figure:12.3f}{figure / ours:10.1f}")


def wider(index: VisitIndex, people: list[int]) -> None:
    """More generations, more cases: our own figures."""
    policy = TracePolicy(generations=3, crowd_limit=150, generation_min_overlap_minutes=(15, 60))
    cases = [Cases.from_arrays([person], *([instant] for instant in PERIOD)) for person in people]
    print(
        f"  {'to generation 3, crowd limit 150, one case':42}{median_ms(lambda at: trace(index, cases[at], policy), [*range(9)]):12.3f}"
    )
    many = Cases.from_arrays(people, *([instant] * len(people) for instant in PERIOD))
    began = time.perf_counter()
    rows = trace(index, many, TracePolicy(generations=1)).contacts.num_rows
    print(f"  {f'{len(people)} cases at once, {rows:,} rows':42}{(time.perf_counter() - began) * 1000:12.1f}")


def main() -> None:
    """Make the visits, sort them, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, default=1_360_000, help="how many visits (default: %(default)s)")
    count = parser.parse_args().visits
    visits = province(count)
    VisitIndex.from_arrays([1], [1], [0], [1])  # compiles, or loads the compiled code
    began = time.perf_counter()
    index = VisitIndex.from_arrays(*visits)
    print(f"{count:,} visits, {len(index.person_ids):,} people, {len(index.venue_ids):,} venues")
    print(f"sorted in {time.perf_counter() - began:.2f} s; memory copies at {memory_bandwidth() / 1e9:.1f} GB/s")
    people = np.random.default_rng(3).choice(index.person_ids, min(200, len(index.person_ids)), replace=False).tolist()
    one_case(visits, index, people)
    wider(index, people)


if __name__ == "__main__":
    main()
