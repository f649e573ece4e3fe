"""The contacts of one generation, by whichever way costs less, on as many threads as there are."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dauchan.epi.everyone import exposed_people
from dauchan.epi.exposures import contacts_of, keep
from dauchan.epi.intervals import DAY
from dauchan.epi.kernel import kernel
from dauchan.epi.records import EXPOSURE, KNOWN, NOWHERE, Places, Rows, Rule
from dauchan.epi.sources import Sources, mark
from dauchan.epi.sources_by_place import Present, present
from dauchan.epi.spans import Spans
from dauchan.epi.sums import room_for
from dauchan.epi.visit_index import VisitIndex

FEW, PARTS = 256, 16
"""Sources that are not worth sharing out, and into how many parts more are split."""
PEOPLE = 1 << 13
"""People that one thread takes at a time."""
VISIT, PAIR = 20, 3
"""What looking up one visit among the sources' stays costs, and what a pair of visits costs more if it is added up per source:
nanoseconds, as measured."""


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """The search for the contacts of one generation.

    Attributes:
        index: the visits.
        known: the case and the contacts of earlier generations.
        rule: what makes a contact.
        threads: for large work; None for none.
    """

    index: VisitIndex
    known: Sequence[Rows]
    rule: Rule
    threads: ThreadPoolExecutor | None

    def contacts(self, sources: Sources) -> Rows:
        """The contacts that are not known yet, each once with the best of its sources."""
        if len(sources.person) < FEW:
            return self._of_sources(sources)
        if PAIR * pairs_at_most(self.index.spans, sources.stays["venue"]) > VISIT * len(self.index):
            return self.by_person(sources)
        return self.by_source(sources)

    def by_source(self, sources: Sources) -> Rows:
        """Go from source to source, the sources shared out."""
        cuts = np.linspace(0, len(sources.person), PARTS + 1).astype(np.int64)
        parts = (slice_of(sources, *cut) for cut in pairwise(cuts))
        return self._best(self._mapped(self._of_sources, parts))

    def _of_sources(self, sources: Sources) -> Rows:
        with self._places() as places:
            return contacts_of(self.index.spans, sources, self.rule, places)

    def by_person(self, sources: Sources) -> Rows:
        """Go from person to person, the people shared out."""
        order = np.argsort(sources.person)  # the first of equal sums is then the smallest
        sources = in_order(sources, order)
        here = present(sources, self.rule.tails, len(self.index.venue_ids))
        begins = range(0, len(self.index.person_ids), PEOPLE)
        parts = self._mapped(lambda begin: self._of_people(begin, sources, here), begins)
        return np.concatenate(list(parts))

    def _of_people(self, begin: int, sources: Sources, here: Present) -> Rows:
        people = begin, min(begin + PEOPLE, len(self.index.person_ids))
        for kind in (np.int32, np.int64):
            with self._places() as places:
                room = room_for(places.pair, sources, len(self.index.venue_ids), kind)
                try:
                    return exposed_people(self.index.spans, people, sources, here, self.rule, room)
                except OverflowError:
                    if kind is np.int64:
                        raise
        raise AssertionError

    def _best(self, parts: Iterable[Rows]) -> Rows:
        """Each person once, with the best of the sources of all parts."""
        parts = list(parts)
        found, count = np.empty(sum(len(rows) for rows in parts), EXPOSURE), 0
        with self.index.borrowed_places() as places:
            for rows in parts:
                count = keep(found, count, rows, places.found)
            mark(found[:count], places.found, NOWHERE)
        return found[:count]

    def _mapped(self, work: Callable[..., Rows], parts: Iterable[object]) -> Iterator[Rows]:
        return map(work, parts) if self.threads is None else self.threads.map(work, parts)

    @contextmanager
    def _places(self) -> Iterator[Places]:
        """Places in which the known are marked."""
        with self.index.borrowed_places() as places:
            for rows in self.known:
                mark(rows, places.pair, KNOWN)
            try:
                yield places
            finally:
                for rows in self.known:
                    mark(rows, places.pair, NOWHERE)


def slice_of(sources: Sources, begin: int, after: int) -> Sources:
    """Some of the sources."""
    first = sources.start[begin]
    stays = sources.stays[first : sources.start[after]]
    return Sources(sources.person[begin:after], sources.start[begin : after + 1] - first, stays)


def in_order(sources: Sources, order: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Sources:
    """The same sources in another order."""
    counts = np.diff(sources.start)[order]
    start = np.concatenate([[0], np.cumsum(counts)])
    rows = np.arange(start[-1]) + np.repeat(sources.start[:-1][order] - start[:-1], counts)
    return Sources(sources.person[order], start, sources.stays[rows])


@kernel
def pairs_at_most(spans: Spans, venues: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> int:
    """How many visits an ordinary day of each venue has, added up over stays: a measure of the pairs to be looked at."""
    pairs: int = 0
    first, last = spans.first[0], spans.last[0]
    for span in range(len(spans.start)):
        first, last = min(first, spans.first[span]), max(last, spans.last[span])
    for venue in venues:
        for span in range(len(spans.start)):
            pairs += spans.venue_start[venue + 1, span] - spans.venue_start[venue, span]
    return int(pairs // ((last - first) // DAY + 1))
