"""Ends that are another than a pack has: copies of packs with other words, the rest shared."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dauchan.epi.arrays import MISSING
from dauchan.epi.kernel import kernel
from dauchan.epi.packing import (
    WORD_BITS,
    Int32s,
    Layout,
    Pack,
    Words,
    check_stays,
    first_from,
    longest_stays,
    with_ends,
)
from dauchan.epi.records import NOWHERE
from dauchan.epi.visit_columns import Bools, Int64s, VisitColumns, rows_refused


def corrected(pack: Pack, changed: VisitColumns) -> Pack:
    """A pack with the ends of `changed` written into its words, which must be its own and not be read-only.

    Raises:
        VisitsRefused: the pack lacks one of the visits, the end of one is missing or does not fit.
    """
    if (changed.left == MISSING).any():
        raise rows_refused(changed.left == MISSING, "have no end to change to", "không có giờ ra để thay")
    check_stays(changed.left - changed.entered, pack.layout)
    person, venue = _numbers(pack.person_ids, changed.person), _numbers(pack.venue_ids, changed.venue)
    known = (person != NOWHERE) & (venue != NOWHERE)
    last, imputed = pack.reach, 0
    if known.all():
        times = changed.entered - pack.layout.start, changed.left - changed.entered
        starts, copies = (pack.person_start, pack.venue_start), (pack.by_person, pack.by_venue)
        known, last, imputed = _rewrite(
            (person, venue), times, changed.is_imputed, starts, copies, pack.imputed, pack.layout
        )
    if not known.all():
        raise rows_refused(~known, "are in no segment", "không có trong phân đoạn nào")
    return replace(
        pack,
        longest_stay=_longest_stays(pack, np.unique(venue)),
        reach=_reach(pack, changed, last),
        imputed_visits=pack.imputed_visits + imputed,
    )


def _longest_stays(pack: Pack, venues: Int64s) -> Int32s:
    """Those of the pack, with the ones of some venues read from the words anew: a day has many more visits than changed ones."""
    longest = np.array(pack.longest_stay)
    for venue in venues.tolist():
        longest[venue] = longest_stays(pack.venue_start[venue : venue + 2], pack.by_venue, pack.layout)[0]
    return longest


def _reach(pack: Pack, changed: VisitColumns, last: int) -> int:
    """The last end; `last` is the latest of those that were rewritten. Only where that was the last of all are all looked at."""
    if last < pack.reach:
        return max(pack.reach, int(changed.left.max(initial=pack.layout.start)))
    entered, stay, _ = pack.layout.fields(pack.by_person)
    return int((entered + stay).max(initial=pack.layout.start))


def _numbers(ids: Int64s, wanted: Int64s) -> Int64s:
    if not len(ids):
        return np.full(len(wanted), NOWHERE, np.int64)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[at] == wanted, at, NOWHERE)


@kernel
def _rewrite(
    who: tuple[Int64s, Int64s],
    times: tuple[Int64s, Int64s],
    is_imputed: Bools,
    starts: tuple[Int32s, Int32s],
    copies: tuple[Words, Words],
    imputed: Bools,
    layout: Layout,
) -> tuple[Bools, int, int]:
    """Put the new stays into both copies; which visits were found, their last end until now, and how many more ends are imputed."""
    (person, venue), (entered, stay), (by_person, by_venue), who_bits = who, times, copies, layout.who_bits
    shift = WORD_BITS - layout.entry_bits
    found, own_number = np.zeros(len(person), np.bool_), (1 << who_bits) - 1
    stay_bits, last, more = (1 << (shift - who_bits)) - 1, layout.start, 0
    for at in range(len(person)):
        fixed, p, v = (entered[at] << shift) | (stay[at] << who_bits), person[at], venue[at]
        for row in range(starts[0][p], starts[0][p + 1]):
            if by_person[row] >> shift == entered[at] and by_person[row] & own_number == v:
                last = max(last, layout.start + entered[at] + ((by_person[row] >> who_bits) & stay_bits))
                more += int(is_imputed[at]) - int(imputed[row])
                by_person[row], imputed[row], found[at] = fixed | v, is_imputed[at], True
        row = first_from(by_venue, starts[1][v], starts[1][v + 1], entered[at], shift)
        while row < starts[1][v + 1] and by_venue[row] >> shift == entered[at]:
            if by_venue[row] & own_number == p:
                by_venue[row] = fixed | p
            row += 1
    return found, last, more


def ended(visits: VisitColumns, packs: Sequence[Pack]) -> VisitColumns:
    """The visits with missing ends imputed from the entries among them and from those of packs beside them."""
    closed = with_ends(visits)
    last = max((each.last for each in packs), default=0)
    late = np.flatnonzero((visits.left == MISSING) & (visits.entered < last))
    for each in packs if len(late) else ():
        person = _numbers(each.person_ids, visits.person[late])
        entered = visits.entered[late] - each.layout.start
        later = next_entries(each.by_person, each.person_start, person, entered, each.layout.entry_shift)
        closed.left[late] = np.minimum(closed.left[late], later + each.layout.start)
    return closed


@kernel
def next_entries(words: Words, starts: Int32s, person: Int64s, entered: Int64s, shift: int) -> Int64s:
    """When each person is next seen to enter after a visit, in the words of a pack; far away where never."""
    later = np.full(len(person), np.int64(1) << 60)
    for at in range(len(person)):
        if person[at] != NOWHERE:
            end = starts[person[at] + 1]
            row = first_from(words, starts[person[at]], end, entered[at] + 1, shift)
            if row < end:
                later[at] = words[row] >> shift
    return later
