"""The loops of a trace that go from person to person: who of the sources was longest where this person was.

Where sources are many nearly everybody meets nearly all of them, and the pairs of visits go into the billions. Most of them cannot
matter: only the source with the longest overlap is asked for. So a person's visits are taken one after another, those first where
few sources were for long, and the overlaps are added up per source. What is left of the visits bounds what any source can still gain:
as soon as it is less than the longest sum so far, a source that was not met yet is out; of the others those few that
might still win are added up to the end. Every sum that decides is exact, so the best source is the same as in `exposures`.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.figures import add_overlap, begin_row, is_enough, may_be_too_little
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.meetings import meetings_of
from dauchan.epi.packing import Int32s
from dauchan.epi.records import EXPOSURE, Known, Rows, Rule
from dauchan.epi.sources import Sources, is_known
from dauchan.epi.sources_by_place import FAR, Present
from dauchan.epi.spans import Spans
from dauchan.epi.sums import Nears, Room, add_meetings, taken_out


class Met(NamedTuple):
    """The visits of one person as records of `MEETING`, in the order in which they are looked at. Those at one venue are linked: `Room.first_at`
    has the first, `next_at` the next one, counted from 1; 0 for none.
    """

    meetings: NDArray[Any]
    next_at: Int32s


@kernel
def exposed_people(
    spans: Spans, people: tuple[int, int], sources: Sources, here: Present, rule: Rule, known: Known, room: Room
) -> Rows:
    """The contacts among the people first:after who are not known, each with the best source.

    Raises:
        OverflowError: the sums may become too large for the room that was given.
    """
    rows, count = np.empty(people[1] - people[0], EXPOSURE), 0
    for person in range(people[0], people[1]):
        if is_known(known, person):
            continue
        meetings = meetings_of(spans, person, here)
        met = Met(meetings, linked(meetings, room))
        best = best_source(met, sources, here, rule, room)
        if best >= 0:
            row = rows[count]
            row.person = person
            fill_row(row, best, met, sources, rule, room)
            if is_contact(spans, row, best, sources, rule) or has_other(spans, row, met, sources, here, rule, room):
                count += 1
        for meeting in meetings:
            if meeting.floor < len(room.first_at):
                room.first_at[meeting.floor] = 0
    return rows[:count]


@inlined
def linked(meetings: NDArray[Any], room: Room) -> Int32s:
    next_at = np.empty(len(meetings), np.int32)
    for place in range(len(meetings)):
        floor = meetings[place].floor
        if floor < len(room.first_at):  # what is counted again was there before
            next_at[place], room.first_at[floor] = room.first_at[floor], place + 1
    return next_at


@kernel
def best_source(met: Met, sources: Sources, here: Present, rule: Rule, room: Room) -> int:
    """The source with the longest sum of overlaps, of equal ones the first; −1 where it is too little."""
    rest: int = 0
    bar: int = max(rule.min_overlap, 1)
    for meeting in met.meetings:
        rest += meeting.most
    if rest > room.largest_sum:
        raise OverflowError
    bar, rest = add_meetings(met.meetings, here, room.sums, bar, rest)
    nears = taken_out(room, bar - rest)
    return winner(nears, rest, met, sources, here, max(rule.min_overlap, 1), room)


@kernel
def winner(nears: Nears, rest: int, met: Met, sources: Sources, here: Present, least: int, room: Room) -> int:
    """Of sources whose sums may grow by `rest` yet the one with the longest, of equal ones the first; −1 where it is too little."""
    stays, start, meetings, next_at = here.stays, sources.start, met.meetings, met.next_at
    best, longest, likely, first_at = -1, least, 0, room.first_at
    for n in range(len(nears)):  # the likeliest is added up first: then most of the others need not be
        if nears[n].sum > nears[likely].sum:
            likely = n
    for n in range(len(nears)):
        near = nears[likely if n == 0 else 0 if n == likely else n]
        if near.sum + rest < longest:
            continue
        together: int = 0
        for at in range(start[near.source], start[near.source + 1]):
            stay = stays[at]
            place = first_at[stay.venue]
            while place > 0:
                meeting = meetings[place - 1]
                together += max(min(stay.clean, meeting.left) - max(stay.came, meeting.entered), 0)
                place = next_at[place - 1]
        if together > longest or (together == longest and (best < 0 or near.source < best)):
            best, longest = near.source, together
    return best


@kernel
def fill_row(row: Any, source: int, met: Met, sources: Sources, rule: Rule, room: Room) -> None:  # noqa: ANN401 — a record of `EXPOSURE`
    """The figures of a source and the person that `row` names."""
    stays, tails, meetings, next_at, first_at = sources.stays, rule.tails, met.meetings, met.next_at, room.first_at
    begin_row(row, row.person, FAR)
    row.source, row.generation = sources.person[source], rule.generation
    for at in range(sources.start[source], sources.start[source + 1]):
        stay = stays[at]
        place = first_at[stay.venue]
        while place > 0:
            meeting = meetings[place - 1]
            begins, ends = max(stay.a, meeting.entered), min(stay.b + tails[stay.venue], meeting.left)
            if begins < ends:
                add_overlap(row, begins, ends, stay.b, stay.venue)
            place = next_at[place - 1]


@inlined
def is_contact(spans: Spans, row: Any, source: int, sources: Sources, rule: Rule) -> bool:  # noqa: ANN401 — as above
    """Whether overlaps that are enough in total are enough within 24 hours, where that is asked."""
    if not may_be_too_little(rule, row):
        return True
    return is_enough(spans, sources.stays[sources.start[source] : sources.start[source + 1]], rule, row)


@kernel
def has_other(
    spans: Spans,
    row: Any,  # noqa: ANN401 — as above
    met: Met,
    sources: Sources,
    here: Present,
    rule: Rule,
    room: Room,
) -> bool:
    """Fill the row with the longest source that is enough within 24 hours; whether there is one. All sources are added up for it."""
    add_meetings(met.meetings, here, room.sums, 0, 0)
    nears = taken_out(room, max(rule.min_overlap, 1))
    for _ in range(len(nears)):
        most = 0
        for n in range(len(nears)):
            longer = nears[n].sum - nears[most].sum
            if longer > 0 or (longer == 0 and nears[n].source < nears[most].source):
                most = n
        fill_row(row, nears[most].source, met, sources, rule, room)
        if is_contact(spans, row, nears[most].source, sources, rule):
            return True
        nears[most].sum = -1
    return False
