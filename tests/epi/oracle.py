"""Contact tracing written a second time, slowly: plain loops over every pair of visits, as the contract reads.

Nothing here is shared with the package, so that the two can only agree by both being right.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple


class Visit(NamedTuple):
    person: int
    venue: int
    entered: int
    left: int | None


class Stay(NamedTuple):
    person: int
    venue: int
    entered: int
    left: int


class Shared(NamedTuple):
    start: int
    end: int
    after: int
    venue: int


class Case(NamedTuple):
    person: int
    start: int
    end: int


@dataclass(frozen=True)
class Policy:
    min_overlap: int = 900
    tail: int = 1800
    latent: int = 86400
    generations: int = 2
    stay: int = 3600
    horizon: int | None = None
    crowd_limit: int = 0
    by_generation: list[int] = field(default_factory=list)
    per_24_hours: bool = False
    tail_at: dict[int, int] = field(default_factory=dict)

    def enough(self, generation: int) -> int:
        if not self.by_generation:
            return self.min_overlap
        return self.by_generation[generation - 1] if generation <= len(self.by_generation) else self.by_generation[-1]


def close_stays(visits: list[Visit], stay: int) -> list[Stay]:
    closed = []
    for visit in visits:
        left = visit.left
        if left is None:
            later = [
                other.entered for other in visits if other.person == visit.person and other.entered > visit.entered
            ]
            left = min([visit.entered + stay, *later])
        closed.append(Stay(visit.person, visit.venue, visit.entered, left))
    return closed


def local_date(instant: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=instant, hours=7)).date()


def visits_that_day(visits: list[Stay], visit: Stay) -> int:
    day = local_date(visit.entered)
    return sum(1 for other in visits if other.venue == visit.venue and local_date(other.entered) == day)


class Row(NamedTuple):
    case: int
    person: int
    generation: int
    source: int
    overlap: int
    tail: int
    encounters: int
    first: int
    last: int
    venue: int


def overlaps(
    source: int, windows: list[tuple[int, int]], visits: list[Stay], policy: Policy, crowded: set[Stay]
) -> dict[int, list[Shared]]:
    """What each other person shared with a source."""
    met: dict[int, list[Shared]] = {}
    ours = [visit for visit in visits if visit.person == source and visit not in crowded]
    for start, end in windows:
        for mine in ours:
            a, b = max(mine.entered, start), min(mine.left, end)
            tail = policy.tail_at.get(mine.venue, policy.tail)
            for theirs in visits if a < b else []:
                begins, ends = max(a, theirs.entered), min(b + tail, theirs.left)
                if theirs.venue == mine.venue and theirs.person != source and ends - begins > 0:
                    shared = Shared(begins, ends, max(0, ends - max(begins, b)), mine.venue)
                    met.setdefault(theirs.person, []).append(shared)
    return met


def seconds_that_count(met: list[Shared], policy: Policy) -> int:
    """All of them, or those of the 24 hours that have most: one of the hours begins or ends where an overlap does."""
    if not policy.per_24_hours:
        return sum(shared.end - shared.start for shared in met)
    day = 24 * 3600
    edges = [edge for shared in met for edge in (shared.start, shared.end)]
    return max(
        sum(max(0, min(shared.end, begin + day) - max(shared.start, begin)) for shared in met)
        for edge in edges
        for begin in (edge, edge - day)
    )


def row_of(case: int, person: int, generation: int, source: int, met: list[Shared]) -> Row:
    longest = max(shared.end - shared.start for shared in met)
    return Row(
        case,
        person,
        generation,
        source,
        sum(shared.end - shared.start for shared in met),
        sum(shared.after for shared in met),
        len(met),
        min(shared.start for shared in met),
        max(shared.end for shared in met),
        min(shared.venue for shared in met if shared.end - shared.start == longest),
    )


def union(periods: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Disjoint periods, found by asking every gap between two written instants whether some period covers it."""
    edges = sorted({edge for period in periods for edge in period})
    covered: list[tuple[int, int]] = []
    for low, high in pairwise(edges):
        middle = Fraction(low + high, 2)
        if any(start <= middle < end for start, end in periods):
            if covered and covered[-1][1] == low:
                covered[-1] = (covered[-1][0], high)
            else:
                covered.append((low, high))
    return covered


Notice = tuple[int, int, date, int]


def crowded_stays(source: int, windows: list[tuple[int, int]], visits: list[Stay], limit: int) -> dict[Stay, int]:
    """The source's stays in its windows at venues with more visits than the limit on that local day, and how many."""
    counts = {}
    for visit in visits:
        inside = any(max(visit.entered, start) < min(visit.left, end) for start, end in windows)
        if limit and visit.person == source and inside and visits_that_day(visits, visit) > limit:
            counts[visit] = visits_that_day(visits, visit)
    return counts


def trace_case(
    case: int, periods: list[tuple[int, int]], visits: list[Stay], horizon: int, policy: Policy
) -> tuple[list[Row], set[Notice]]:
    found: list[Row] = []
    notices: set[Notice] = set()
    seen = {case}
    sources = [(case, union(periods))]
    for generation in range(1, policy.generations + 1):
        candidates: dict[int, list[Row]] = {}
        for source, windows in sources:
            limit = policy.crowd_limit if generation > 1 else 0
            crowded = crowded_stays(source, windows, visits, limit)
            notices |= {(case, stay.venue, local_date(stay.entered), count) for stay, count in crowded.items()}
            for person, met in overlaps(source, windows, visits, policy, set(crowded)).items():
                row = row_of(case, person, generation, source, met)
                if person not in seen and seconds_that_count(met, policy) >= policy.enough(generation):
                    candidates.setdefault(person, []).append(row)
        rows = [min(rivals, key=lambda row: (-row.overlap, row.source)) for rivals in candidates.values()]
        found += rows
        seen |= {row.person for row in rows}
        sources = [(row.person, [(row.first + policy.latent, horizon)]) for row in rows]
    return found, notices


def trace(visits: list[Visit], cases: list[Case], policy: Policy) -> tuple[list[Row], set[Notice]]:
    closed = close_stays(visits, policy.stay)
    horizon = policy.horizon if policy.horizon is not None else max((stay.left for stay in closed), default=0)
    found: list[Row] = []
    notices: set[Notice] = set()
    for person in {case.person for case in cases}:
        periods = [(case.start, case.end) for case in cases if case.person == person]
        rows, met = trace_case(person, periods, closed, horizon, policy)
        found += rows
        notices |= met
    return sorted(found, key=lambda row: (row.case, row.generation, -row.overlap, row.person)), notices
