"""The contacts of one generation, by whichever way costs less, on as many threads as there are."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.bins import CHUNK, SOURCE_BITS, Bins, bins_for, empty_bins
from dauchan.epi.crowds import NOT_ASKED, crowded_days, crowds_seen
from dauchan.epi.everyone import exposed_people
from dauchan.epi.exposures import contacts_of, keep, take_back
from dauchan.epi.intervals import DAY
from dauchan.epi.meetings import most_visits
from dauchan.epi.others import NOT_MARKED, Others, mark_others, nobody_else
from dauchan.epi.pieces import PIECE, Places, place_pieces, stays_at
from dauchan.epi.records import EXPOSURE, Crowds, Known, Rows, Rule, Windows
from dauchan.epi.sources import Sources, joined, sources_of, span_of
from dauchan.epi.sources_by_place import Present, present
from dauchan.epi.spans import Spans
from dauchan.epi.sums import room_for
from dauchan.epi.sweep import sweep
from dauchan.epi.swept_contacts import Held, Sums, contacts_swept, no_sums
from dauchan.epi.visit_columns import Int64s
from dauchan.epi.visit_index import VisitIndex

Part = TypeVar("Part")
FEW, PARTS = 256, 16
"""Sources that are not worth sharing out, and into how many parts more are split at least."""
TOGETHER = 4096
"""Sources whose stays are looked up together: their rows of a day should stay in the nearest caches."""
BINS = 8
"""Bins that a thread takes at a time."""
PEOPLE = 1 << 13
"""People that one thread takes at a time."""
VISIT, PAIR, UNPACK = 20, 3, 12
"""What looking up one visit among the sources' stays costs, what a pair of visits costs more if it is added up per source, and
what a visit costs that is unpacked for all stays of its place: nanoseconds, as measured."""
MANY_KNOWN = 3
"""The generation from which on most of whom it meets are known."""
KEPT_BYTES = 1 << 26
"""Room of a sweep that is kept for the next one at most: in a province of a million people it would be most of the memory of an index."""
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
        """The contacts that are not known yet, each once with the best of its sources, and the crowded venue-days, each once."""
        parts, crowds = self._sources_in_parts(windows)
        if sum(len(part.person) for part in parts) < FEW:
            return self._of_sources(joined(parts)), crowds
        counts = self._stays_at(parts)
        pairs, visits = costs(self.index.spans, counts.sum(axis=0))
        if PAIR * pairs > VISIT * len(self.index):
            return self.by_person(joined(parts)), crowds
        if PAIR * pairs < UNPACK * visits:
            others = self.others(windows) if self.rule.generation >= MANY_KNOWN else NOT_MARKED
            return self._best(self._mapped(lambda part: self._of_sources(part, others), parts)), crowds
        return self.by_place(parts, counts, pairs, visits, self.others(windows)), crowds

    def _sources_in_parts(self, windows: Windows) -> tuple[list[Sources], Crowds]:
        """Only an index case has several windows, and they stay together."""
        crowded = crowded_days(self.index.day_visits(), self.crowd_limit) if self.crowd_limit else NOT_ASKED
        parts = max(PARTS, len(windows) // TOGETHER) if len(windows) >= FEW and self.rule.generation > 1 else 1
        cuts = np.linspace(0, len(windows), parts + 1).astype(np.int64)
        pieces = (windows[begin:after] for begin, after in pairwise(cuts))
        found = list(self._mapped(lambda piece: sources_of(self.index.spans, piece, crowded), pieces))
        seen = np.logical_or.reduce([seen for _, seen in found])
        return [part for part, _ in found], crowds_seen(crowded, seen)

    def _of_sources(self, sources: Sources, others: Others = NOT_MARKED) -> Rows:
        """The contacts of sources whose places are looked up stay by stay."""
        with self.index.borrowed_place() as place:
            return contacts_of(self.index.spans, sources, self.rule, self.known, others, place)

    def others(self, windows: Windows) -> Others:
        """Who is not known, on the days on which somebody can be met."""
        spans, others = self.index.spans, nobody_else(self.index.spans)
        begin, end = span_of(windows)
        until = end + self.rule.tails.max(initial=0)
        days = np.flatnonzero((spans.reach > begin) & (spans.first < until)).tolist()
        list(self._mapped(lambda day: mark_others(spans, self.known, day, others), days))
        return others

    def _stays_at(self, parts: Sequence[Sources]) -> NDArray[np.int32]:
        """How many stays of each part are at each venue."""
        venues = len(self.index.venue_ids)
        return np.stack(list(self._mapped(lambda part: stays_at(part.stays, venues), parts)))

    def by_place(
        self, parts: Sequence[Sources], counts: NDArray[np.int32], pairs: int, visits: int, others: Others
    ) -> Rows:
        """Go from place to place, in rounds of parts where pairs of visits are too many."""
        count = sum(len(part.person) for part in parts)
        rounds = min(max(pairs // AT_ONCE, count >> SOURCE_BITS) + 1, len(parts))
        words = pairs // rounds // 4 + 2 * visits + 2 * CHUNK * bins_for(self.index.spans.all_people)
        found = [self._swept(parts[n::rounds], counts[n::rounds], words, others) for n in range(rounds)]
        return found[0] if rounds == 1 else self._best(found)

    def _swept(self, parts: Sequence[Sources], counts: NDArray[np.int32], words: int, others: Others) -> Rows:
        """The contacts of some parts of the sources, by a sweep over all places where they were; what they share takes about so many words at most."""
        places, spans = self._places(parts, counts), self.index.spans
        begun: list[Bins] = []

        def swept(venues: tuple[int, int]) -> None:
            bins = begun.pop() if begun else empty_bins(bins_for(spans.all_people), words, self.index.spare_bins)
            begun.append(sweep(spans, places, venues, others, bins))

        cuts = np.searchsorted(places.at, np.linspace(0, places.at[-1], 2 * PARTS + 1)[:-1]).tolist()
        list(self._mapped(swept, pairwise([*cuts, counts.shape[1]])))
        rows = np.concatenate(list(self._of_bins(joined(parts), begun)))
        self.index.spare_bins.extend(bins for bins in begun if bins.room.nbytes <= KEPT_BYTES)
        return rows

    def _places(self, parts: Sequence[Sources], counts: NDArray[np.int32]) -> Places:
        """Sort the stays of all parts by venue; those of one venue in the order of the sources."""
        at = np.concatenate([[0], np.cumsum(counts.sum(axis=0), dtype=np.int64)])
        upcoming = at[:-1] + np.cumsum(counts, axis=0) - counts
        sizes = [(len(part.person), len(part.stays)) for part in parts]
        first = [tuple(numbers) for numbers in np.cumsum([(0, 0), *sizes[:-1]], axis=0).tolist()]
        pieces = np.empty(at[-1], PIECE)
        work = zip(parts, first, upcoming, strict=True)
        list(self._mapped(lambda part: place_pieces(part[0], part[1], part[2], self.rule.tails, pieces), work))
        return Places(at, pieces)

    def _of_bins(self, sources: Sources, bins: list[Bins]) -> Iterator[Rows]:
        """The contacts of some bins at a time; the sums are of 64 bits where 32 are too few."""
        held = Held(
            np.array([each.room.ctypes.data for each in bins]),
            np.array([len(each.room) for each in bins]),
            np.stack([each.chunk for each in bins]),
            np.stack([each.filled for each in bins]),
        )
        count, spare = len(bins[0].chunk), list[Sums]()

        def contacts(first: int) -> Rows:
            chosen = first, min(first + BINS, count)
            room = spare.pop() if spare else no_sums(len(sources.person), 32)
            try:
                rows = contacts_swept(self.index.spans, held, chosen, sources, self.rule, room)
            except OverflowError:
                return contacts_swept(
                    self.index.spans, held, chosen, sources, self.rule, no_sums(len(sources.person), 64)
                )
            spare.append(room)
            return rows

        return self._mapped(contacts, range(0, count, BINS))

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


def costs(spans: Spans, stays: Int64s) -> tuple[int, int]:
    """How many pairs of visits stays at the venues make, and how many visits there are on about as many days, by what an ordinary day of each venue has."""
    visits = np.diff(spans.venue_start.sum(axis=1, dtype=np.int64))
    days = int((spans.last.max() - spans.first.min()) // DAY + 1)
    return int((visits * stays).sum() // days), int((visits * np.minimum(stays, days)).sum() // days)
