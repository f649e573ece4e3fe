"""The contacts of one generation, by whichever way costs less, on as many threads as there are."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np

from dauchan.epi.crowds import NOT_ASKED
from dauchan.epi.everyone import exposed_people
from dauchan.epi.exposures import contacts_of, keep, take_back
from dauchan.epi.intervals import DAY
from dauchan.epi.meetings import most_visits
from dauchan.epi.records import EXPOSURE, OVERLAP, Crowds, Known, Overlaps, Rows, Rule, Windows
from dauchan.epi.sources import Sources, each_once, joined, sources_of
from dauchan.epi.sources_by_place import Present, present
from dauchan.epi.spans import Spans
from dauchan.epi.sums import room_for
from dauchan.epi.sweep import Swept, Wanted, places_of, sweep, visits_wanted, want
from dauchan.epi.swept_contacts import contacts_swept
from dauchan.epi.visit_columns import Int64s
from dauchan.epi.visit_index import VisitIndex

Part = TypeVar("Part")
FEW, PARTS = 256, 16
"""Sources that are not worth sharing out, and into how many parts more are split at least."""
TOGETHER = 1024
"""Sources whose overlaps are sorted together after a sweep: these should stay in the nearest caches."""
PEOPLE = 1 << 13
"""People that one thread takes at a time."""
VISIT, PAIR, UNPACK = 20, 3, 6
"""What looking up one visit among the sources' stays costs, what a pair of visits costs more if it is added up per source, and
what a visit costs that is unpacked for all stays of its place: nanoseconds, as measured."""
AT_ONCE = 1 << 27
"""Pairs of visits that are swept at a time; more would want too much memory. A tenth of them are overlaps, as it happens."""


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """The search for the contacts of one generation.

    Attributes:
        index: the visits.
        known: the case and the contacts of earlier generations.
        rule: what makes a contact.
        crowd_limit: visits a venue-day above which nobody is looked for; 0 for none.
        threads: for large work; None for none.
    """

    index: VisitIndex
    known: Known
    rule: Rule
    crowd_limit: int
    threads: ThreadPoolExecutor | None

    def contacts(self, windows: Windows) -> tuple[Rows, Crowds]:
        """The contacts that are not known yet, each once with the best of its sources, and the crowded venue-days, maybe repeated."""
        sources, crowds = self._sources_in_parts(windows)
        if sum(len(part.person) for part in sources) < FEW:
            return self._of_sources(joined(sources)), crowds
        pairs = PAIR * pairs_at_most(self.index.spans, [part.stays["venue"] for part in sources])
        if pairs > VISIT * len(self.index):
            return self.by_person(joined(sources)), crowds
        return self.by_source(sources, pairs), crowds

    def _sources_in_parts(self, windows: Windows) -> tuple[list[Sources], Crowds]:
        """Only an index case has several windows, and they stay together."""
        if len(windows) < FEW or self.rule.generation == 1:
            sources, crowds = self._sources(windows)
            return [sources], crowds
        parts = max(PARTS, len(windows) // TOGETHER)
        cuts = pairwise(np.linspace(0, len(windows), parts + 1).astype(np.int64))
        found = list(self._mapped(self._sources, (windows[begin:after] for begin, after in cuts)))
        crowds = np.concatenate([crowds for _, crowds in found])
        return [part for part, _ in found], each_once(crowds, len(self.index.venue_ids), days_of(self.index.spans))

    def _sources(self, windows: Windows) -> tuple[Sources, Crowds]:
        days = self.index.day_visits() if self.crowd_limit else NOT_ASKED
        return sources_of(self.index.spans, windows, self.crowd_limit, days)

    def by_source(self, sources: Sequence[Sources], pairs: int) -> Rows:
        """Go from source to source, in the parts that they come in; `pairs` is what looking at all pairs of visits costs."""
        wanted = np.zeros((len(self.index.venue_ids), days_of(self.index.spans)), np.bool_)
        for part in sources:
            want(wanted, part.stays, self.rule.tails)
        if pairs < UNPACK * self._visits(wanted):
            return self._best(self._mapped(self._of_sources, sources))
        rounds = min(pairs // (PAIR * AT_ONCE) + 1, len(sources))
        return self._best(rows for n in range(rounds) for rows in self._swept(sources[n::rounds], wanted))

    def _of_sources(self, sources: Sources) -> Rows:
        """The contacts of sources whose places are looked up stay by stay."""
        with self.index.borrowed_place() as place:
            return contacts_of(self.index.spans, sources, self.rule, self.known, place)

    def _visits(self, wanted: Wanted) -> int:
        """How many visits a sweep looks at."""
        spans = self.index.spans
        return sum(self._mapped(lambda span: visits_wanted(spans, wanted, span), range(len(spans.start))))

    def _swept(self, sources: Sequence[Sources], wanted: Wanted) -> list[Rows]:
        """The contacts of each part, by a sweep over all places where they were."""
        places = places_of(joined(sources).stays, wanted, self.rule.tails)
        found = begins, counts = Swept(np.empty(len(places.stays), np.int64), np.empty(len(places.stays), np.int32))

        def swept(venues: tuple[int, int]) -> Overlaps:
            overlaps = sweep(self.index.spans, places, venues, self.known, found)
            own = places.order[places.at[venues[0]] : places.at[venues[1]]]
            begins[own] = begins[own] * OVERLAP.itemsize + overlaps.ctypes.data
            return overlaps

        cuts = np.searchsorted(places.at, np.linspace(0, len(places.stays), PARTS + 1)[:-1]).tolist()
        held = list(self._mapped(swept, pairwise([*cuts, len(wanted)])))
        ends = np.cumsum([0, *(len(part.stays) for part in sources)]).tolist()
        of_parts = [Swept(begins[first:after], counts[first:after]) for first, after in pairwise(ends)]
        rows = list(
            self._mapped(
                lambda pair: contacts_swept(self.index.spans, pair[0], pair[1], self.rule),
                zip(sources, of_parts, strict=True),
            )
        )
        del held  # what the begins point to
        return rows

    def by_person(self, sources: Sources) -> Rows:
        """Go from person to person, the people shared out."""
        order = np.argsort(self.rule.ids[sources.person])  # the first of equal sums is then the smallest
        sources = in_order(sources, order)
        here = present(sources, self.rule.tails, len(self.index.venue_ids))
        begins = range(0, len(self.index.person_ids), PEOPLE)
        parts = self._mapped(lambda begin: self._of_people(begin, sources, here), begins)
        return np.concatenate(list(parts))

    def _of_people(self, begin: int, sources: Sources, here: Present) -> Rows:
        people = begin, min(begin + PEOPLE, len(self.index.person_ids))
        for kind in (np.int32, np.int64):
            room = room_for(sources, len(self.index.venue_ids), most_visits(self.index.spans, people), kind)
            try:
                return exposed_people(self.index.spans, people, sources, here, self.rule, self.known, room)
            except OverflowError:
                if kind is np.int64:
                    raise
        raise AssertionError

    def _best(self, parts: Iterable[Rows]) -> Rows:
        """Each person once, with the best of the sources of all parts."""
        parts = list(parts)
        found, count = np.empty(sum(len(rows) for rows in parts), EXPOSURE), 0
        with self.index.borrowed_place() as place:
            for rows in parts:
                count = keep(found, count, rows, place, self.rule.ids)
            take_back(found[:count], place)
        return found[:count]

    def _mapped(self, work: Callable[..., Part], parts: Iterable[object]) -> Iterator[Part]:
        return map(work, parts) if self.threads is None else self.threads.map(work, parts)


def in_order(sources: Sources, order: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Sources:
    """The same sources in another order."""
    counts = np.diff(sources.start)[order]
    start = np.concatenate([[0], np.cumsum(counts)])
    rows = np.arange(start[-1]) + np.repeat(sources.start[:-1][order] - start[:-1], counts)
    return Sources(sources.person[order], start, sources.stays[rows])


def days_of(spans: Spans) -> int:
    """Over how many local days the entries are spread."""
    return int(spans.last.max(initial=0)) // DAY + 1


def pairs_at_most(spans: Spans, venues: Sequence[Int64s]) -> int:
    """How many visits an ordinary day of each venue has, added up over stays: a measure of the pairs to be looked at."""
    visits = (spans.venue_start[1:] - spans.venue_start[:-1]).sum(axis=1)
    days = (spans.last.max() - spans.first.min()) // DAY + 1
    return int(sum(visits[part].sum() for part in venues) // days)
