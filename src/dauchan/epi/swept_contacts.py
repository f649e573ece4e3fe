"""The contacts of sources whose places were swept: overlaps sorted by person, and what belongs together added up."""

from typing import Any, NamedTuple

import numpy as np

from dauchan.epi.figures import FAR_FUTURE, add_overlap, begin_row, is_enough, may_be_too_little
from dauchan.epi.kernel import kernel
from dauchan.epi.packing import Int32s
from dauchan.epi.records import EXPOSURE, NOWHERE, OVERLAP, Overlaps, Rows, Rule, Stays
from dauchan.epi.sources import Sources
from dauchan.epi.spans import Spans
from dauchan.epi.sweep import Swept, swept_overlaps
from dauchan.epi.visit_columns import Int64s


@kernel
def contacts_swept(spans: Spans, sources: Sources, swept: Swept, rule: Rule) -> Rows:
    """The contacts of sources whose places were swept, each once with the best of them: the longest overlap wins, then the smallest id."""
    overlaps = by_person(swept_overlaps(swept), spans.all_people)
    rows = rows_of_pairs(overlaps, pairs_in_order(overlaps, source_of_stays(sources)), sources.stays, rule)
    return best_of(enough_in_a_day(spans, sources, rule, rows) if rule.per_24_hours else rows, rule.ids)


class Pairs(NamedTuple):
    """Which pair of person and source each overlap belongs to, by number, and who they are."""

    pair_of: Int32s
    person: Int32s
    source: Int32s


@kernel
def pairs_in_order(overlaps: Overlaps, source_of: Int32s) -> Pairs:
    """The pairs of overlaps that stand by person, then source."""
    people, sources = np.empty(len(overlaps), np.int32), np.empty(len(overlaps), np.int32)
    pair_of, count = np.empty(len(overlaps), np.int32), -1
    person, source = np.int32(NOWHERE), np.int32(NOWHERE)
    for at in range(len(overlaps)):  # without a branch to mispredict
        person_before, source_before = person, source
        person, source = overlaps[at].person, source_of[np.uint64(overlaps[at].stay)]
        count += int((person != person_before) | (source != source_before))
        pair_of[at], people[np.uint64(count)], sources[np.uint64(count)] = count, person, source
    return Pairs(pair_of, people[: count + 1], sources[: count + 1])


@kernel
def by_person(overlaps: Overlaps, people: int) -> Overlaps:
    """The overlaps by the number of the person, those of one person as they were: two counting sorts, by the lower and by the upper bits."""
    bits = 1
    while 1 << (2 * bits) < people:
        bits += 1
    for shift in (0, bits):
        upcoming, moved = np.zeros(1 << bits, np.int32), np.empty(len(overlaps), OVERLAP)
        mask, count = (1 << bits) - 1, 0
        for overlap in overlaps:
            upcoming[np.uint64((overlap.person >> shift) & mask)] += 1
        for bucket in range(len(upcoming)):
            count, upcoming[bucket] = count + upcoming[bucket], count
        for overlap in overlaps:
            key = np.uint64((overlap.person >> shift) & mask)
            moved[np.uint64(upcoming[key])] = overlap
            upcoming[key] += 1
        overlaps = moved
    return overlaps


@kernel
def rows_of_pairs(overlaps: Overlaps, pairs: Pairs, stays: Stays, rule: Rule) -> Rows:
    """A row for each pair whose overlaps add up to what makes a contact.

    Most pairs are too short: so the seconds are added up first, and only the others get a row.
    """
    pair_of, seconds = pairs.pair_of, np.zeros(len(pairs.person), np.int64)
    for at in range(len(overlaps)):
        seconds[np.uint64(pair_of[at])] += overlaps[at].ends - overlaps[at].begins
    rows, row_of = rows_begun(pairs, seconds, rule)
    for at in range(len(overlaps)):
        overlap, row = overlaps[at], row_of[np.uint64(pair_of[at])]
        if row >= 0:
            stay = stays[np.uint64(overlap.stay)]
            add_overlap(rows[np.uint64(row)], overlap.begins, overlap.ends, stay.b, stay.venue)
    return rows


@kernel
def rows_begun(pairs: Pairs, seconds: Int64s, rule: Rule) -> tuple[Rows, Int32s]:
    """Rows for the pairs with enough seconds, nothing added yet, and the row of each pair; `NOWHERE` for the others, and for a person alone."""
    people, sources, least, enough = pairs.person, pairs.source, rule.min_overlap, 0
    row_of = np.empty(len(people), np.int32)
    for at in range(len(people)):
        is_enough = (seconds[at] >= least) & (people[at] != sources[at])
        row_of[at] = enough if is_enough else NOWHERE
        enough += int(is_enough)
    rows = np.empty(enough, EXPOSURE)
    for at in range(len(people)):
        if row_of[at] >= 0:
            row = rows[np.uint64(row_of[at])]
            begin_row(row, people[at], FAR_FUTURE)
            row.source, row.generation = sources[at], rule.generation
    return rows, row_of


@kernel
def source_of_stays(sources: Sources) -> Int32s:
    """Whose each stay is."""
    source = np.empty(len(sources.stays), np.int32)
    for at in range(len(sources.person)):
        source[sources.start[at] : sources.start[at + 1]] = sources.person[at]
    return source


@kernel
def enough_in_a_day(spans: Spans, sources: Sources, rule: Rule, pairs: Rows) -> Rows:
    """Of the pairs those whose overlaps within some 24 hours are enough, moved to the front."""
    count = 0
    for shared in pairs:
        at = np.searchsorted(sources.person, shared.source)
        stays = sources.stays[sources.start[at] : sources.start[at + 1]]
        if not may_be_too_little(rule, shared) or is_enough(spans, stays, rule, shared):
            pairs[count] = shared
            count += 1
    return pairs[:count]


@kernel
def best_of(pairs: Rows, ids: Int64s) -> Rows:
    """Of the pairs of each person, which stand together, the one with the best source, moved to the front."""
    count = 0
    for at in range(len(pairs)):
        shared = pairs[at]
        if count and pairs[count - 1].person == shared.person:
            if is_better(shared, pairs[count - 1], ids):
                pairs[count - 1] = shared
        else:
            pairs[count] = shared
            count += 1
    return pairs[:count]


@kernel
def is_better(shared: Any, kept: Any, ids: Int64s) -> bool:  # noqa: ANN401 — records of `EXPOSURE`
    """Whether a row's source was longer with the person than another's."""
    if shared.overlap != kept.overlap:
        return bool(shared.overlap > kept.overlap)
    return bool(ids[shared.source] < ids[kept.source])
