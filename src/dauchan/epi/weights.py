"""What the rows of a contact list rest on: how sure the ledger is of the visits behind them, and what is remarkable."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dauchan.epi.kernel import kernel
from dauchan.epi.packing import Int32s
from dauchan.epi.policy import TracePolicy
from dauchan.epi.spans import Spans, rows_of_person, stay_mask, visits_of, who_mask, words_of
from dauchan.epi.visit_index import VisitIndex

Int64s = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class VisitFacts:
    """What is known of visits beside who, where and when; n of them in any order.

    Attributes:
        person: int64, person ids.
        entered: int64, seconds since the epoch; person and entry together tell which visit it is.
        labels: int64, bits.
        assurance: int64, a larger number is surer.
        source: int64, 1 to 62.
    """

    person: Int64s
    entered: Int64s
    labels: Int64s
    assurance: Int64s
    source: Int64s


class Weights(NamedTuple):
    """A row per contact, shape (k,): of all own visits behind it the labels together and the sources as bits, the surest
    assurance (0: nothing known), and whether no exposure is free of doubt at both ends.
    """

    labels: Int64s
    sources: Int64s
    assurance: Int64s
    is_doubtful: NDArray[np.bool_]


class _Stays(NamedTuple):
    """The visits of the people concerned: rows `start[p] : start[p + 1]` are those of the p-th."""

    start: Int64s
    venue: Int64s
    entered: Int64s
    left: Int64s
    labels: Int64s
    assurance: Int64s
    source: Int64s


def weigh_contacts(
    index: VisitIndex,
    contacts: pa.Table,
    period: tuple[int, int],
    facts: VisitFacts,
    doubtful: int,
    policy: TracePolicy,
) -> Weights:
    """Weigh the k contacts of one index case, as `trace` listed them.

    Args:
        index: the visits that were traced.
        contacts: at least `person_id, generation, source_id, first_at`.
        period: the case's infectious period [from, to) in seconds since the epoch.
        facts: of the contacts and their sources; a visit that is missing counts as one without labels.
        doubtful: the labels that leave it open whether somebody was there.
        policy: the one of the trace.
    """
    person, source = contacts.column("person_id").to_numpy(), contacts.column("source_id").to_numpy()
    people = np.unique(np.concatenate([person, source]))
    windows = _windows(index, contacts, period, policy)
    pairs = np.searchsorted(people, person), np.searchsorted(people, source)
    return Weights(*_weighed(_stays_of(index, people, facts), pairs, windows, index.tails(policy), doubtful))


def _windows(
    index: VisitIndex, contacts: pa.Table, period: tuple[int, int], policy: TracePolicy
) -> tuple[Int64s, Int64s]:
    """When each contact's source was one: the case in its period, a contact from the latent period on."""
    person, source = contacts.column("person_id").to_numpy(), contacts.column("source_id").to_numpy()
    first = contacts.column("first_at").cast(pa.int64()).to_numpy() // 1_000_000
    is_first = contacts.column("generation").to_numpy() == 1
    order = np.argsort(person)
    of_source = order[np.minimum(np.searchsorted(person[order], source), len(order) - 1)] if len(order) else order
    horizon = index.horizon if policy.horizon is None else policy.horizon
    begins = np.where(is_first, period[0], first[of_source] + policy.latent_period) - index.origin
    return begins, np.where(is_first, period[1], horizon) - index.origin


def _stays_of(index: VisitIndex, people: Int64s, facts: VisitFacts) -> _Stays:
    start, venue, entered, left = stays_of_people(index.spans, index.people.numbers_of(people))
    known = _facts_of(np.repeat(people, np.diff(start)), entered + index.origin, facts)
    return _Stays(start, venue, entered, left, *known)


@kernel
def stays_of_people(spans: Spans, people: Int64s) -> tuple[Int64s, Int64s, Int64s, Int64s]:
    """Where the visits of each person begin, venues, entries and ends, in dense numbers and seconds since the origin."""
    start, count = np.zeros(len(people) + 1, np.int64), 0
    for at in range(len(people)):
        count += visits_of(spans, people[at])
        start[at + 1] = count
    venue, entered, left = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    row = 0
    for person in people:
        for span in range(len(spans.start)):
            words, venues = words_of(spans.by_person[span], spans.length[span]), spans.venues_at[span]
            shift, who_bits = spans.entry_shift[span], spans.who_bits[span]
            low, high = rows_of_person(spans, person, span)
            for place in range(low, high):
                venue[row] = spans.venues[venues + (words[place] & who_mask(who_bits))]
                entered[row] = (words[place] >> shift) + spans.start[span]
                left[row] = entered[row] + ((words[place] >> who_bits) & stay_mask(shift, who_bits))
                row += 1
    return start, venue, entered, left


def _facts_of(person: Int64s, entered: Int64s, facts: VisitFacts) -> tuple[Int64s, Int64s, Int64s]:
    """Labels, assurance and source of the visits with these people and entries; zeros where nothing is known."""
    key = np.dtype([("person", np.int64), ("entered", np.int64)])
    known, asked = np.empty(len(facts.person), key), np.empty(len(person), key)
    known["person"], known["entered"] = facts.person, facts.entered
    asked["person"], asked["entered"] = person, entered
    keys, place = np.unique(known, return_index=True)
    if not len(keys):
        return tuple(np.zeros(len(person), np.int64) for _ in range(3))  # type: ignore[return-value]  # three of them
    at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    is_known = keys[at] == asked
    columns = (facts.labels, facts.assurance, facts.source)
    return tuple(np.where(is_known, column[place[at]], 0) for column in columns)  # type: ignore[return-value]


@kernel
def _weighed(
    stays: _Stays, pairs: tuple[Int64s, Int64s], windows: tuple[Int64s, Int64s], tails: Int32s, doubtful: int
) -> tuple[Int64s, Int64s, Int64s, NDArray[np.bool_]]:
    count = len(pairs[0])
    labels, sources, assurance = np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count, np.int64)
    is_doubtful = np.ones(count, np.bool_)
    for at in range(count):
        person, source = pairs[0][at], pairs[1][at]
        for own in range(stays.start[person], stays.start[person + 1]):
            for other in range(stays.start[source], stays.start[source + 1]):
                begins = max(stays.entered[other], windows[0][at])
                ends = min(stays.left[other], windows[1][at])
                if stays.venue[own] != stays.venue[other] or begins >= ends:
                    continue
                if max(begins, stays.entered[own]) >= min(ends + tails[stays.venue[own]], stays.left[own]):
                    continue
                labels[at] |= stays.labels[own]
                if stays.source[own]:
                    sources[at] |= 1 << stays.source[own]
                assurance[at] = max(assurance[at], stays.assurance[own])
                if (stays.labels[own] | stays.labels[other]) & doubtful == 0:
                    is_doubtful[at] = False
    return labels, sources, assurance, is_doubtful
