"""The loops of a trace that go from person to person: who of the sources was longest where this person was.

Where sources are many nearly everybody meets nearly all of them, and the pairs of visits go into the billions. Most of them cannot
matter: only the source with the longest overlap is asked for. So the overlaps are added up per source, at once where few sources were; the other
visits are taken one after another, those first where few sources were for long. What is left of them bounds what any source can still gain:
as soon as it is less than the longest sum so far, a source that was not met yet is out; of the others those that
might still win are added up to the end, once they are few beside what there is to be looked at. Every sum that decides is exact, so the best source is the same as in `exposures`.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.figures import add_overlap, begin_row, is_contact
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.meetings import FEW, large_ones, meetings_of
from dauchan.epi.records import EXPOSURE, Known, Rows, Rule
from dauchan.epi.sources import Sources, is_known, stays_of
from dauchan.epi.sources_by_place import FAR, Present
from dauchan.epi.spans import Spans
from dauchan.epi.sums import MANY, NEAR_COST, SHARE, Nears, Room, add_large, add_small, how_many, taken_out


@kernel
def exposed_people(
    spans: Spans, people: tuple[int, int], sources: Sources, here: Present, rule: Rule, known: Known, room: Room
) -> Rows:
    """The contacts among the people first:after who are not known, each with the best source.

    Raises:
        OverflowError: a sum is too large for the room that was given.
    """
    rows, count = np.empty(people[1] - people[0], EXPOSURE), 0
    for person in range(people[0], people[1]):
        if is_known(known, person):
            continue
        meetings = meetings_of(spans, person, here, room.meetings)
        best = best_source(meetings, here, sources, rule, room)
        if best >= 0:
            row = rows[count]
            row.person = person
            fill_row(row, best, meetings, sources, here, rule, room)
            if row.overlap < max(rule.min_overlap, 1):
                continue
            if is_contact(spans, stays_of(sources, best), rule, row) or has_other(
                spans, row, meetings, sources, here, rule, room
            ):
                count += 1
    return rows[:count]


@kernel
def best_source(meetings: NDArray[Any], here: Present, sources: Sources, rule: Rule, room: Room) -> int:
    """The source with the longest sum of overlaps, of equal ones the first; −1 where it is too little."""
    bar = add_small(meetings, here, room, FEW, max(rule.min_overlap, 1))
    large, rest, after = large_ones(meetings, here, room.large, room.ordered, room.upcoming), 0, 0
    for each in large:
        rest += each.most
    while after < len(large) and (rest >= bar or not is_narrowed(large[after].pieces, rest, bar, room)):
        bar = add_large(meetings[large[after].meeting], here, room, bar)
        rest -= large[after].most
        after += 1
    nears = taken_out(room, bar - rest)
    if bar > room.largest_sum:
        raise OverflowError
    return winner(nears, rest, meetings, large[after:], here, sources, room)


@inlined
def is_narrowed(pieces: int, rest: int, bar: int, room: Room) -> bool:
    """Whether it costs less to add up to the end those who can still win than to look at so many pieces first."""
    return SHARE * rest <= bar or (pieces > MANY and NEAR_COST * how_many(room.sums, bar - rest) < pieces)


@kernel
def winner(
    nears: Nears, rest: int, meetings: NDArray[Any], large: NDArray[Any], here: Present, sources: Sources, room: Room
) -> int:
    """Of sources whose sums may grow by `rest` yet, at the `large` ones of the meetings, the one with the longest, of equal ones the first; −1
    where there is none.
    """
    best: int = -1
    longest, likely, start, stays, first_at = 0, likeliest(nears), sources.start, here.stays, room.first_at
    for place in range(len(large)):
        venue = meetings[large[place].meeting].venue
        room.next_at[place], first_at[venue] = first_at[venue], place + 1
    for n in range(len(nears)):
        near = nears[likely if n == 0 else 0 if n == likely else n]
        if near.sum + rest < longest:
            continue
        together = near.sum
        if len(large) and len(nears) > 1:
            together += still_to_come(stays[start[near.source] : start[near.source + 1]], meetings, large, room)
        if together > longest or (together == longest and near.source < best):
            best, longest = near.source, together
    for each in large:
        first_at[meetings[each.meeting].venue] = 0
    return best


@inlined
def likeliest(nears: Nears) -> int:
    """The one with the longest sum so far: once it is added up to the end, most of the others need not be."""
    likely = 0
    for n in range(len(nears)):
        if nears[n].sum > nears[likely].sum:
            likely = n
    return likely


@inlined
def still_to_come(stays: NDArray[Any], meetings: NDArray[Any], large: NDArray[Any], room: Room) -> int:
    """What a source with these stays gains at the meetings that are linked by their venue."""
    together: int = 0
    next_at, first_at = room.next_at, room.first_at
    for stay in stays:
        place = first_at[np.uint64(stay.venue)]
        while place > 0:
            meeting = meetings[large[place - 1].meeting]
            together += max(min(stay.clean, meeting.left) - max(stay.came, meeting.entered), 0)
            place = next_at[place - 1]
    return together


@kernel
def fill_row(
    row: Any,  # noqa: ANN401 — a record of `EXPOSURE`
    source: int,
    meetings: NDArray[Any],
    sources: Sources,
    here: Present,
    rule: Rule,
    room: Room,
) -> None:
    """The figures of a source and the person that `row` names."""
    stays, tails, next_at, first_at = here.stays, rule.tails, room.next_at, room.first_at
    begin_row(row, row.person, FAR)
    row.source, row.generation = sources.person[source], rule.generation
    first, after = sources.start[source], sources.start[source + 1]
    for place in range(after - first):
        venue = np.uint64(stays[first + place].venue)
        next_at[place], first_at[venue] = first_at[venue], place + 1
    for meeting in meetings:
        place = first_at[np.uint64(meeting.venue)]
        while place > 0:
            stay = stays[first + place - 1]
            begins, ends = max(stay.came, meeting.entered), min(stay.clean, meeting.left)
            if begins < ends:
                add_overlap(row, begins, ends, stay.clean - tails[stay.venue], stay.venue)
            place = next_at[place - 1]
    for at in range(first, after):
        first_at[np.uint64(stays[at].venue)] = 0


@kernel
def has_other(
    spans: Spans,
    row: Any,  # noqa: ANN401 — as above
    meetings: NDArray[Any],
    sources: Sources,
    here: Present,
    rule: Rule,
    room: Room,
) -> bool:
    """Fill the row with the longest source that is enough within 24 hours; whether there is one. All sources are added up for it."""
    if add_small(meetings, here, room, FAR, 0) > room.largest_sum:
        raise OverflowError
    nears = taken_out(room, max(rule.min_overlap, 1))
    for _ in range(len(nears)):
        most = 0
        for n in range(len(nears)):
            longer = nears[n].sum - nears[most].sum
            if longer > 0 or (longer == 0 and nears[n].source < nears[most].source):
                most = n
        fill_row(row, nears[most].source, meetings, sources, here, rule, room)
        if is_contact(spans, stays_of(sources, nears[most].source), rule, row):
            return True
        nears[most].sum = -1
    return False
