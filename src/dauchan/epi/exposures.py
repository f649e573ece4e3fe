"""The loops of a trace that go from source to source: who was where the source was.

For a source present in [a, b) and another person's visit [c, d) at the same venue the overlap is
`min(b + tail, d) − max(a, c)` where positive. All instants are seconds since the index's origin.
"""

from typing import Any

import numpy as np

from dauchan.epi.co_presence import Met, hits_of, people_met, places_of, ranges_of
from dauchan.epi.figures import is_contact
from dauchan.epi.kernel import kernel
from dauchan.epi.others import NOT_MARKED, Others
from dauchan.epi.packing import Int32s
from dauchan.epi.pairs import add_rows
from dauchan.epi.records import EXPOSURE, NOWHERE, Known, Rows, Rule
from dauchan.epi.sources import Sources, stays_of, with_room
from dauchan.epi.spans import Spans
from dauchan.epi.visit_columns import Int64s


@kernel
def contacts_of(spans: Spans, sources: Sources, rule: Rule, known: Known, others: Others, place: Int32s) -> Rows:
    """The contacts of sources, each once with the best of them: the longest overlap wins, then the smallest id.

    `others` may be marked where many are known. `place` has `NOWHERE` for everybody, and is left like that.
    """
    found, count, pairs, first = np.empty(64, EXPOSURE), 0, np.empty(64, EXPOSURE), 0
    edges = np.zeros(len(sources.person) + 1, np.int64)
    while first < len(sources.person):
        edges[first] = 0
        pairs, first = add_contacts(spans, sources, first, rule, (known, others), (pairs, edges))
        found = with_room(found, count, edges[first])
        count = keep(found, count, pairs[: edges[first]], place, rule.ids)
    take_back(found[:count], place)
    return found[:count]


@kernel
def contacts_of_each(spans: Spans, sources: Sources, rule: Rule) -> tuple[Rows, Int64s]:
    """The contacts of each source by itself: those of the n-th are the rows `edges[n] : edges[n + 1]`."""
    rows, first, nobody = np.empty(64, EXPOSURE), 0, (np.empty(0, np.int64), NOT_MARKED)
    edges = np.zeros(len(sources.person) + 1, np.int64)
    while first < len(sources.person):
        rows, first = add_contacts(spans, sources, first, rule, nobody, (rows, edges))
    return rows[: edges[first]], edges


@kernel
def add_contacts(
    spans: Spans, sources: Sources, first: int, rule: Rule, whom: tuple[Known, Others], found: tuple[Rows, Int64s]
) -> tuple[Rows, int]:
    """Write the contacts of some sources from `first` on, source after source, those of the n-th from place `edges[n]` to `edges[n + 1]`
    of `found`. Returns an array that has room for them, and the first source that was not looked at.
    """
    (rows, edges), (known, others), stays = found, whom, sources.stays
    ranges, after = places_of(spans, sources, first, rule.tails)
    ranges = ranges_of(spans, ranges, stays, rule.tails)
    hits, ends = hits_of(spans, ranges, stays, rule.tails)
    who = people_met(spans, ranges, hits, ends, others)
    rows = with_room(rows, edges[first], len(who))
    add_rows(spans, Met(ranges, hits, ends, who), sources, (first, after), (rule, known), (rows, edges))
    if rule.per_24_hours:
        within_24_hours(spans, sources, (first, after), rule, rows, edges)
    return rows, after


@kernel
def within_24_hours(
    spans: Spans, sources: Sources, block: tuple[int, int], rule: Rule, rows: Rows, edges: Int64s
) -> None:
    """Of rows that are enough in total, keep those that are enough within some 24 hours."""
    (first, after), count = block, edges[block[0]]
    begin = count
    for at in range(first, after):
        stays = stays_of(sources, at)
        for row in rows[begin : edges[at + 1]]:
            if is_contact(spans, stays, rule, row):
                rows[count] = row
                count += 1
        begin, edges[at + 1] = edges[at + 1], count


@kernel
def keep(found: Rows, count: int, pairs: Rows, place: Int32s, ids: Int64s) -> int:
    """Take over the contacts of one source, or of a part of the sources; `found` has room for all of them."""
    for shared in pairs:
        row = place[shared.person]
        if row == NOWHERE:
            place[shared.person] = count
            found[count] = shared
            count += 1
            continue
        kept = found[row]
        if is_better(shared, kept, ids):
            found[row] = shared
    return count


@kernel
def take_back(found: Rows, place: Int32s) -> None:
    """Leave `place` as it was before `keep`."""
    for row in found:
        place[row.person] = NOWHERE


@kernel
def is_better(shared: Any, kept: Any, ids: Int64s) -> bool:  # noqa: ANN401 — records of `EXPOSURE`
    """Whether a row's source was longer with the person than another's."""
    if shared.overlap != kept.overlap:
        return bool(shared.overlap > kept.overlap)
    return bool(ids[shared.source] < ids[kept.source])
