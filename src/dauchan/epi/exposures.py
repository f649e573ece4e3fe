"""The loops of a trace that go from source to source: who was where the source was.

For a source present in [a, b) and another person's visit [c, d) at the same venue the overlap is
`min(b + tail, d) − max(a, c)` where positive. All instants are seconds since the index's origin.
"""

from typing import Any

import numpy as np

from dauchan.epi.co_presence import hits_of, people_met, ranges_of, rows_of
from dauchan.epi.figures import is_contact
from dauchan.epi.kernel import kernel
from dauchan.epi.packing import Int32s
from dauchan.epi.records import EXPOSURE, NOWHERE, Known, Rows, Rule, Stays
from dauchan.epi.sources import Sources, stays_of, with_room
from dauchan.epi.spans import Spans
from dauchan.epi.visit_columns import Int64s


@kernel
def contacts_of(spans: Spans, sources: Sources, rule: Rule, known: Known, place: Int32s) -> Rows:
    """The contacts of sources, each once with the best of them: the longest overlap wins, then the smallest id.

    `place` has `NOWHERE` for everybody, and is left like that.
    """
    found, count, pairs = np.empty(64, EXPOSURE), 0, np.empty(64, EXPOSURE)
    known = known[: len(known) if rule.generation > 1 else 0]
    for at in range(len(sources.person)):
        pairs, met = add_contacts(spans, sources, at, rule, known, (pairs, 0))
        found = with_room(found, count, met)
        count = keep(found, count, pairs[:met], place, rule.ids)
    take_back(found[:count], place)
    return found[:count]


@kernel
def contacts_of_each(spans: Spans, sources: Sources, rule: Rule) -> tuple[Rows, Int64s]:
    """The contacts of each source by itself: those of the n-th are the rows `edges[n] : edges[n + 1]`."""
    rows, edges, nobody = np.empty(64, EXPOSURE), np.zeros(len(sources.person) + 1, np.int64), np.empty(0, np.int64)
    for at in range(len(sources.person)):
        rows, edges[at + 1] = add_contacts(spans, sources, at, rule, nobody, (rows, edges[at]))
    return rows[: edges[-1]], edges


@kernel
def add_contacts(
    spans: Spans, sources: Sources, at: int, rule: Rule, known: Known, found: tuple[Rows, int]
) -> tuple[Rows, int]:
    """Write the contacts of one source after those that were found before; how many there are then, in an array that has room for them."""
    (rows, count), stays, whose = found, stays_of(sources, at), (sources.person[at], rule.generation)
    ranges = ranges_of(spans, stays, rule.tails)
    hits, ends = hits_of(spans, ranges, stays, rule.tails)
    who = people_met(spans, ranges, hits, ends, known)
    rows = with_room(rows, count, len(who) + 1)  # one more is written to than is kept
    pairs = rows_of(spans, ranges, (hits, ends, who), stays, rule.tails, whose, rows[count:])
    return rows, count + len(long_enough(spans, stays, rule, pairs))


@kernel
def long_enough(spans: Spans, stays: Stays, rule: Rule, pairs: Rows) -> Rows:
    """Of the pairs of one source those that make a contact, moved to the front."""
    count = np.uint64(0)
    for at in range(len(pairs)):  # without a branch to mispredict
        pairs[count] = pairs[at]
        count += np.uint64((pairs[at].overlap >= rule.min_overlap) & (pairs[at].person != pairs[at].source))
    pairs = pairs[:count]
    if not rule.per_24_hours:
        return pairs
    count = np.uint64(0)
    for shared in pairs:
        if is_contact(spans, stays, rule, shared):
            pairs[count] = shared
            count += np.uint64(1)
    return pairs[:count]


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
