"""The visits of those who are not known yet, at the places and about the days of many sources, copied together, day by day.

A later generation goes to the same places again and again, and most of whom it meets there are known already. The copy has the
same spans with fewer visits, and the index's own numbers of people, so the loops that look for contacts read it as they read the days on disk.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.intervals import DAY
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.packing import Int32s, Words
from dauchan.epi.records import Known, Stays
from dauchan.epi.sources import is_known
from dauchan.epi.spans import Spans, people_of, stay_mask, who_mask, words_of

Wanted = NDArray[np.bool_]
"""For each venue and day whether a source was there, or the air of one."""


class Part(NamedTuple):
    """The copied words of a span, where those of each venue begin, the longest stay at each and the last end."""

    words: Words
    venue_start: Int32s
    longest: Int32s
    reach: int


class Others(NamedTuple):
    """The copy as spans, and their words, which must live as long."""

    spans: Spans
    words: list[Words]


def people_bits(spans: Spans) -> int | None:
    """The bits that the index's numbers of people take; None where a stay does not fit into the words then."""
    bits = max(spans.all_people - 1, 1).bit_length()
    room = int(spans.entry_shift.min()) - bits
    return bits if int(spans.longest_stay.max(initial=0)).bit_length() <= room else None


def others_of(spans: Spans, parts: list[Part], bits: int) -> Others:
    """The copies of all spans."""
    words = [part.words for part in parts]
    own = spans._replace(
        reach=np.array([part.reach for part in parts], np.int64),
        who_bits=np.full(len(parts), bits, np.int64),
        by_venue=np.array([each.ctypes.data for each in words], np.int64),
        length=np.array([len(each) for each in words], np.int64),
        venue_start=np.array([part.venue_start for part in parts]).T.copy(),
        longest_stay=np.array([part.longest for part in parts]).T.copy(),
        people_count=np.zeros(len(parts), np.int64),
    )
    return Others(own, words)


@kernel
def want(wanted: Wanted, stays: Stays, tails: Int32s) -> None:
    """Mark where and when the stays are."""
    last = wanted.shape[1] - 1
    for stay in stays:
        for day in range(stay.a // DAY, min((stay.b + tails[stay.venue] - 1) // DAY, last) + 1):
            wanted[stay.venue, day] = True


@kernel
def visits_wanted(spans: Spans, wanted: Wanted, span: int) -> int:
    """How many visits of a span are to be looked at for a copy."""
    visits, starts, longest = 0, spans.venue_start, spans.longest_stay
    for venue in range(len(wanted)):
        since, until = wanted_part(wanted, venue, spans.first[span], spans.last[span] + longest[venue, span])
        if since < until:
            visits += starts[venue + 1, span] - starts[venue, span]
    return visits


@inlined
def wanted_part(wanted: Wanted, venue: int, first: int, last: int) -> tuple[int, int]:
    """From the beginning of the first to the end of the last wanted day of a venue between two instants; nothing where there is none."""
    begin, end = first // DAY, min(last // DAY, wanted.shape[1] - 1)
    while begin <= end and not wanted[venue, begin]:
        begin += 1
    while end > begin and not wanted[venue, end]:
        end -= 1
    return begin * DAY, (end + 1) * DAY


@kernel
def copied(spans: Spans, span: int, wanted: Wanted, known: Known, bits: int, room: int) -> Part:
    """Copy the visits in a span of people who are not known, with `bits` for the person; there are not more than `room` of them."""
    copy, filled, reach = np.empty(room + 1, np.int64), 0, 0
    begins, longest = np.zeros(len(wanted) + 1, np.int32), np.zeros(len(wanted), np.int32)
    words, start, people = words_of(spans.by_venue[span], spans.length[span]), spans.start[span], people_of(spans, span)
    shift, who_bits, starts = spans.entry_shift[span], spans.who_bits[span], spans.venue_start
    own_number, most, stays = who_mask(who_bits), stay_mask(shift, who_bits), spans.longest_stay
    for venue in range(len(wanted)):
        low, high = starts[venue, span], starts[venue + 1, span]
        since, until = wanted_part(wanted, venue, spans.first[span], spans.last[span] + stays[venue, span])
        for row in range(low, high if since < until else low):
            entered, stay = (words[row] >> shift) + start, (words[row] >> who_bits) & most
            person = people[np.uint64(words[row] & own_number)]
            copy[filled] = ((entered - start) << shift) | (stay << bits) | person
            is_other = (is_known(known, person) == 0) & (entered + stay > since) & (entered < until)
            filled += is_other
            longest[venue] = max(longest[venue], stay if is_other else 0)
            reach = max(reach, entered + stay if is_other else 0)
        begins[venue + 1] = filled
    return Part(copy[:filled].copy(), begins, longest, reach)
