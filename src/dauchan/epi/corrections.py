"""Ends that are another than a pack has: copies of packs with other words, the rest shared."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dauchan.epi.arrays import MISSING
from dauchan.epi.kernel import kernel
from dauchan.epi.packing import Int32s, Pack, Words, check_stays, first_from, longest_stays, with_ends
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
    if known.all():
        times = changed.entered - pack.layout.start, changed.left - changed.entered
        starts, copies = (pack.person_start, pack.venue_start), (pack.by_person, pack.by_venue)
        shift = pack.layout.entry_shift, pack.layout.who_bits
        known = _rewrite((person, venue), times, changed.is_imputed, starts, copies, pack.imputed, shift)
    if not known.all():
        raise rows_refused(~known, "are in no segment", "không có trong phân đoạn nào")
    return with_bounds(pack)


def with_bounds(pack: Pack) -> Pack:
    """The pack with what is derived from its words made anew."""
    entered, stay, _ = pack.layout.fields(pack.by_person)
    return replace(
        pack,
        longest_stay=longest_stays(pack.venue_start, pack.by_venue, pack.layout),
        reach=int((entered + stay).max(initial=pack.layout.start)),
        imputed_visits=int(np.count_nonzero(pack.imputed)),
    )


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
    layout: tuple[int, int],
) -> Bools:
    """Put the new stays into both copies; which visits were found."""
    (person, venue), (entered, stay), (by_person, by_venue), (shift, who_bits) = who, times, copies, layout
    found, own_number = np.zeros(len(person), np.bool_), (1 << who_bits) - 1
    for at in range(len(person)):
        fixed, p, v = (entered[at] << shift) | (stay[at] << who_bits), person[at], venue[at]
        for row in range(starts[0][p], starts[0][p + 1]):
            if by_person[row] >> shift == entered[at] and by_person[row] & own_number == v:
                by_person[row], imputed[row], found[at] = fixed | v, is_imputed[at], True
        row = first_from(by_venue, starts[1][v], starts[1][v + 1], entered[at], shift)
        while row < starts[1][v + 1] and by_venue[row] >> shift == entered[at]:
            if by_venue[row] & own_number == p:
                by_venue[row] = fixed | p
            row += 1
    return found


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
