"""A row for each source and each person it met: their overlaps added up."""

import numpy as np

from dauchan.epi.co_presence import Met
from dauchan.epi.figures import add_overlap, first_overlap
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.packing import Int32s
from dauchan.epi.records import NOWHERE, Known, Rows, Rule, Stays
from dauchan.epi.sources import Sources, is_known
from dauchan.epi.spans import Spans, stay_mask
from dauchan.epi.visit_columns import Int64s


@kernel
def add_rows(
    spans: Spans,
    met: Met,
    sources: Sources,
    block: tuple[int, int],
    sought: tuple[Rule, Known],
    found: tuple[Rows, Int64s],
) -> None:
    """A row for each source of a block and each person not known that it met for long enough, all their overlaps added up; those of the n-th
    source from place `edges[n]` to `edges[n + 1]`.
    """
    (rule, known), (rows, edges), ranges, first = sought, found, met.ranges, 0
    taken, owner = np.empty(slots_for(len(met.who)), np.int32), np.empty(len(met.who), np.int32)
    for at in range(block[0], block[1]):
        after, source, pairs = first, sources.person[at], rows[edges[at] :]
        while after < len(ranges) and ranges[after].stay < sources.start[at + 1]:
            after += 1
        whose = source, rule.generation
        count = rows_of(spans, met, (first, after), (sources.stays, rule.tails), whose, (taken, owner), pairs)
        edges[at + 1] = edges[at] + long_enough(pairs[:count], source, rule, known)
        first = after


@inlined
def rows_of(
    spans: Spans,
    met: Met,
    own: tuple[int, int],
    where: tuple[Stays, Int32s],
    whose: tuple[int, int],
    table: tuple[Int32s, Int32s],
    pairs: Rows,
) -> int:
    """A row for each person that one source met, in the first of `pairs`; how many. `own` are the source's ranges, `where` all stays and the tails.

    Most people are met once, so a row is written as it is found, and seldom found again: by the last bits of the person's number, in a
    table that is small enough for the nearest caches. Most of it stays empty, and whoever finds another's place takes the next one.
    """
    (ranges, hits, ends, who), (stays, tails), (taken, owner) = met, where, table
    begin, count = (ends[own[0] - 1] if own[0] else 0), 0
    slots = slots_for((ends[own[1] - 1] if own[1] else 0) - begin)
    taken[:slots] = NOWHERE
    for n in range(own[0], own[1]):
        stay, span, end = stays[ranges[n].stay], ranges[n].span, ends[n]
        start, shift, who_bits = spans.start[span], spans.entry_shift[span], spans.who_bits[span]
        longest, a, left, venue = stay_mask(shift, who_bits), stay.a, stay.b, stay.venue
        until = left + tails[venue]
        for at in range(begin, end):
            word, person = hits[at], who[at]
            entered = (word >> shift) + start
            begins, ends_at = max(a, entered), min(until, entered + ((word >> who_bits) & longest))
            slot = np.uint64(person & (slots - 1))
            row = taken[slot]
            while row >= 0 and owner[np.uint64(row)] != person:
                slot = np.uint64((slot + 1) & (slots - 1))
                row = taken[slot]
            if row >= 0:
                add_overlap(pairs[np.uint64(row)], begins, ends_at, left, venue)
            else:
                owner[np.uint64(count)], taken[slot] = person, count
                pair = pairs[np.uint64(count)]
                pair.person, (pair.source, pair.generation) = person, whose
                first_overlap(pair, begins, ends_at, left, venue)
                count += 1
        begin = end
    return count


@inlined
def long_enough(pairs: Rows, source: int, rule: Rule, known: Known) -> int:
    """Of the pairs of one source those that make a contact who is not known, moved to the front; how many."""
    kept, is_first, least = np.uint64(0), rule.generation == 1, rule.min_overlap
    for at in range(len(pairs)):  # without a branch to mispredict
        pairs[kept] = pairs[at]
        person = pairs[at].person
        is_new = person != source if is_first else not is_known(known, person)
        kept += np.uint64(is_new & (pairs[at].overlap >= least))
    return np.int64(kept)  # type: ignore[return-value]  # what Numba takes for a plain number


@inlined
def slots_for(people: int) -> int:
    """Places of a table for so many people: a power of two, at least half of them empty."""
    slots = 4
    while slots < 2 * people:
        slots *= 2
    return slots
