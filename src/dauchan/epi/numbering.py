"""One number for each person over all days of an index.

A day calls its people by dense numbers of its own. What translates between these and the numbers of the index is made once and is taken over
by the next index: whoever is met for the first time beside days that are numbered already, as in the unsealed tail, gets a number
after all others. So numbers ascend with the identifiers but for those who came later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.packing import Int32s, Pack
from dauchan.epi.records import NOWHERE
from dauchan.epi.visit_columns import Int64s


class Members(NamedTuple):
    """The people of one pack, and where the rows of each are.

    `people[n]` is the index's number of whom the pack calls n. Bit `p & 63` of `bits[p >> 6]` says whether person p is one of them, and
    `before[p >> 6]` how many are in the words before; of those that stand at place r by number the rows are `begins[r] : ends[r]`.
    """

    people: Int32s
    bits: Int64s
    before: Int32s
    begins: Int32s
    ends: Int32s


@dataclass(frozen=True, slots=True, eq=False)
class Numbering:
    """The people of some packs.

    Attributes:
        ids: their identifiers by number.
        ascending: so many of the first ones ascend.
        later: the other numbers, by identifier.
        days: when the packs begin.
        members: of each pack with its members, by the address of its identifiers: corrected days have other words, but the same people.
    """

    ids: Int64s
    ascending: int
    later: Int64s
    days: frozenset[int]
    members: Mapping[int, tuple[Pack, Members]]

    @classmethod
    def of(cls, packs: Sequence[Pack]) -> Self:
        """Number the people of packs."""
        numbers = merged([pack.person_ids for pack in packs])
        members = {
            id(pack.person_ids): (pack, members_of(pack, numbers.of(place), len(numbers.ids)))
            for place, pack in enumerate(packs)
        }
        return cls(numbers.ids, len(numbers.ids), np.empty(0, np.int64), _days(packs), members)

    def covers(self, packs: Sequence[Pack]) -> bool:
        """Whether nobody is numbered of a day that is not among the packs: then identifiers would outlive their days."""
        return self.days <= _days(packs)

    def with_packs(self, packs: Sequence[Pack]) -> Self:
        """The same numbers for the people of the packs, and later ones for those who have none yet."""
        new = [pack for pack in packs if id(pack.person_ids) not in self.members]
        if not new:
            return self
        numbers = [self.numbers_of(pack.person_ids) for pack in new]
        unknown = [pack.person_ids[own == NOWHERE] for pack, own in zip(new, numbers, strict=True)]
        ids = np.concatenate([self.ids, np.unique(np.concatenate(unknown))]) if any(map(len, unknown)) else self.ids
        later = np.argsort(ids[self.ascending :]) + self.ascending
        members = {key: self.members[key] for key in (id(pack.person_ids) for pack in packs) if key in self.members}
        found = type(self)(ids, self.ascending, later, self.days | _days(packs), members)
        for pack, own in zip(new, numbers, strict=True):
            own[own == NOWHERE] = found.numbers_of(pack.person_ids[own == NOWHERE])
            members[id(pack.person_ids)] = pack, members_of(pack, own.astype(np.int32), len(ids))
        return found

    def members_of(self, pack: Pack) -> Members:
        """The people of one of the packs."""
        return self.members[id(pack.person_ids)][1]

    def numbers_of(self, ids: Int64s) -> Int64s:
        """The number of each identifier; `NOWHERE` for one without visits."""
        numbers = _places(self.ids[: self.ascending], ids)
        missing = np.flatnonzero(numbers == NOWHERE)
        if len(missing) and len(self.later):
            at = _places(self.ids[self.later], ids[missing])
            numbers[missing] = np.where(at == NOWHERE, NOWHERE, self.later[at])
        return numbers


def _days(packs: Sequence[Pack]) -> frozenset[int]:
    return frozenset(pack.layout.start for pack in packs)


def _places(ids: Int64s, wanted: Int64s) -> Int64s:
    if not len(ids):
        return np.full(len(wanted), NOWHERE, np.int64)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[at] == wanted, at, NOWHERE)


def members_of(pack: Pack, numbers: Int32s, people: int) -> Members:
    """The people of a pack, by the numbers of the index, which has so many people."""
    bits, before = marked(numbers, people)
    begins, ends = pack.person_start[:-1], pack.person_start[1:]
    if (numbers[1:] < numbers[:-1]).any():  # not as the pack has them: some came later
        order = np.argsort(numbers)
        begins, ends = begins[order], ends[order]
    return Members(numbers, bits, before, begins, ends)


@kernel
def marked(numbers: Int32s, people: int) -> tuple[Int64s, Int32s]:
    """A bit for each of the numbers, and how many stand before each word of bits."""
    bits, before = np.zeros(people // 64 + 1, np.int64), np.zeros(people // 64 + 1, np.int32)
    for number in numbers:
        bits[number >> 6] |= 1 << (number & 63)
        before[number >> 6] += 1
    count = 0
    for word in range(len(before)):
        count, before[word] = count + before[word], count
    return bits, before


class Merged(NamedTuple):
    """The distinct identifiers of lists, ascending, and the places among them of those of each list, one list after another."""

    ids: Int64s
    numbers: Int32s
    at: Int64s

    def of(self, place: int) -> Int32s:
        """The places of one list."""
        return self.numbers[self.at[place] : self.at[place + 1]]


def merged(lists: Sequence[Int64s]) -> Merged:
    """Merge lists, each of them ascending."""
    at = np.cumsum([0, *(len(own) for own in lists)])
    flat = np.concatenate([*lists, np.empty(0, np.int64)])
    # NumPy asks for huge pages, Numba does not: a trace jumps to and fro in these, and would miss the page each time.
    distinct, numbers = np.empty(_distinct(flat, at), np.int64), np.empty(len(flat), np.int32)
    _merge(flat, at, distinct, numbers)
    return Merged(distinct, numbers, at)


@kernel
def _merge(ids: Int64s, at: Int64s, distinct: Int64s, numbers: Int32s) -> None:
    """Merge ascending lists that stand one after another."""
    lists, upcoming = len(at) - 1, at[:-1].copy()
    for number in range(len(distinct)):
        least = _least(ids, upcoming, at)
        distinct[number] = least
        for place in range(lists):
            here = upcoming[place]
            if here < at[place + 1] and ids[here] == least:
                numbers[here] = number
                upcoming[place] += 1


@kernel
def _distinct(ids: Int64s, at: Int64s) -> int:
    upcoming, count = at[:-1].copy(), 0
    while True:
        least = _least(ids, upcoming, at)
        found = False
        for place in range(len(upcoming)):
            if upcoming[place] < at[place + 1] and ids[upcoming[place]] == least:
                upcoming[place] += 1
                found = True
        if not found:
            return count
        count += 1


@inlined
def _least(ids: Int64s, upcoming: Int64s, at: Int64s) -> int:
    least = np.iinfo(np.int64).max
    for place in range(len(upcoming)):
        if upcoming[place] < at[place + 1]:
            least = min(least, ids[upcoming[place]])
    return least
