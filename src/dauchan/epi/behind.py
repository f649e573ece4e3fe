"""The single exposures behind a contact list: which visit of a contact with which visit of its source."""

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dauchan.epi.kernel import kernel
from dauchan.epi.packing import Int32s
from dauchan.epi.policy import TracePolicy
from dauchan.epi.sources import with_room
from dauchan.epi.spans import Spans, rows_of_person, stay_mask, visits_of, who_mask, words_of
from dauchan.epi.visit_columns import Int64s
from dauchan.epi.visit_index import VisitIndex

MET = np.dtype([(name, np.int64) for name in ("contact", "own", "other", "begins", "ends")])
"""An exposure: the contact's row, both visits by their rows among those of the people, when the source was there from and to."""


class Visits(NamedTuple):
    """m visits: dense numbers of people and venues, seconds since the index's origin."""

    person: Int64s
    venue: Int64s
    entered: Int64s
    left: Int64s


class Behind(NamedTuple):
    """n exposures behind the k contacts of a list.

    Attributes:
        contacts: k.
        contact: the row of each exposure's contact in the list, ascending.
        own, other: the places of the contact's and of the source's visit among `visits`.
        begins, ends: when the source was there, clipped to its window; seconds since the index's origin.
        visits: each visit that is behind some exposure, once.
    """

    contacts: int
    contact: Int64s
    own: Int64s
    other: Int64s
    begins: Int64s
    ends: Int64s
    visits: Visits


def exposures_behind(index: VisitIndex, contacts: pa.Table, period: tuple[int, int], policy: TracePolicy) -> Behind:
    """Look the exposures of the contacts of one index case up, as `trace` listed them.

    Args:
        index: the visits that were traced.
        contacts: at least `person_id, generation, source_id, first_at`.
        period: the case's infectious period [from, to) in seconds since the epoch.
        policy: the one of the trace.
    """
    person, source = contacts.column("person_id").to_numpy(), contacts.column("source_id").to_numpy()
    people = np.unique(np.concatenate([person, source]))
    windows, tails = _windows(index, contacts, period, policy), index.tails(policy)
    edges = (int(windows[0].min()), int(windows[1].max() + tails.max())) if len(person) else (0, 0)
    start, visits = visits_of_people(index.spans, index.people.numbers_of(people), edges)
    pairs = np.searchsorted(people, person), np.searchsorted(people, source)
    met = _met((start, *visits), pairs, windows, tails)
    used, places = np.unique(np.concatenate([met["own"], met["other"]]), return_inverse=True)
    kept, own, other = Visits(*(column[used] for column in visits)), places[: len(met)], places[len(met) :]
    return Behind(len(person), met["contact"], own, other, met["begins"], met["ends"], kept)


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


@kernel
def visits_of_people(spans: Spans, people: Int64s, edges: tuple[int, int]) -> tuple[Int64s, Visits]:
    """The visits of each person that touch a stretch of time: those of the p-th are the rows `start[p] : start[p + 1]`."""
    since, until = edges
    most: int = 0
    for number in people:
        most += visits_of(spans, number)
    start, row = np.zeros(len(people) + 1, np.int64), 0
    person, venue, entered, left = np.empty((4, most), np.int64)
    for at in range(len(people)):
        for span in range(len(spans.start)):
            if spans.reach[span] <= since or spans.first[span] >= until:
                continue
            words, venues = words_of(spans.by_person[span], spans.length[span]), spans.venues_at[span]
            shift, who_bits = spans.entry_shift[span], spans.who_bits[span]
            low, high = rows_of_person(spans, people[at], span)
            for place in range(low, high):
                person[row], venue[row] = people[at], spans.venues[venues + (words[place] & who_mask(who_bits))]
                entered[row] = (words[place] >> shift) + spans.start[span]
                left[row] = entered[row] + ((words[place] >> who_bits) & stay_mask(shift, who_bits))
                row += int(left[row] > since) & int(entered[row] < until)
        start[at + 1] = row
    return start, Visits(person[:row], venue[:row], entered[:row], left[:row])


@kernel
def _met(
    visits: tuple[Int64s, Int64s, Int64s, Int64s, Int64s],
    pairs: tuple[Int64s, Int64s],
    windows: tuple[Int64s, Int64s],
    tails: Int32s,
) -> NDArray[Any]:
    """The exposures of all contacts, as records of `MET`."""
    # Arrays are taken out of their tuples once: in a loop every look would count their references.
    (start, _, venues, entries, ends), (people, sources), (froms, tos) = visits, pairs, windows
    rows, count = np.empty(max(2 * len(people), 64), MET), 0
    for at in range(len(people)):
        source, since, until = sources[at], froms[at], tos[at]
        for own in range(start[people[at]], start[people[at] + 1]):
            venue, entered, left = venues[own], entries[own], ends[own]
            for other in range(start[source], start[source + 1]):
                if venues[other] != venue:
                    continue
                begins, over = max(entries[other], since), min(ends[other], until)
                if begins >= over or max(begins, entered) >= min(over + tails[venue], left):
                    continue
                rows = with_room(rows, count, 1)
                row = rows[count]
                row.contact, row.own, row.other, row.begins, row.ends = at, own, other, begins, over
                count += 1
    return rows[:count]
