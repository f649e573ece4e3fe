"""Where everybody really was on one day, whether they scanned or not."""

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.simulation.kinds import KINDS, SLOTS, arrivals, rhythm
from dauchan.simulation.province import NEAR_HOME, REGULARS, Choice, Province

BLOCK = 150_000
"""People whose day is made at once: bounds the memory."""
WAY = 240
"""Seconds from one place to the next."""
SHORTEST = 60
JOINT, JOINS = 0.25, 0.6
"""Outings of a household a day, and the chance that a member comes along."""
TO_REGULARS = 0.5
LUNCH = 0.55
"""Share of those at work who leave at noon and come back: two visits instead of one."""
AT_WORK = 0.93
WORKING_HOURS, NOON = (26_000, 61_000), (41_900, 46_500)
"""Seconds of the day; those at work may eat out at noon."""


class Stays(NamedTuple):
    """k stays of one day: dense person and venue, seconds after the local midnight of entry and of leaving."""

    person: NDArray[np.int32]
    venue: NDArray[np.int32]
    entered: NDArray[np.int32]
    left: NDArray[np.int32]

    def taken(self, rows: NDArray[np.generic]) -> "Stays":
        """The stays of the rows, or those a mask keeps."""
        return Stays(*(column[rows] for column in self))


@dataclass(frozen=True, slots=True, eq=False)
class Weekday:
    """What is the same on every Monday, Tuesday, …: who draws how many, and when people come.

    Attributes:
        number: 0 is Monday.
        choice: venues by their traffic of that day.
        is_open: of each venue.
        hours: cumulated arrivals of each kind, kind k between k and k + 1.
    """

    number: int
    choice: Choice
    is_open: NDArray[np.bool_]
    hours: NDArray[np.float64]

    @classmethod
    def of(cls, province: Province, number: int) -> "Weekday":
        """The weekday of a province."""
        drawing = np.array([rhythm(kind, number) for kind in KINDS])[province.kind] * province.weight
        drawing[province.closed_on == number] = 0
        shares = np.stack([np.cumsum(arrivals(kind)) for kind in KINDS])
        hours = (np.minimum(shares, 1) + np.arange(len(KINDS), dtype=np.float64)[:, None]).ravel()
        areas = int(max(province.area.max(), province.venue_area.max())) + 1
        return cls(number, Choice(drawing, province.venue_area, areas), drawing > 0, hours)


def one_day(province: Province, weekday: Weekday, errands: float, seed: tuple[int, ...]) -> Stays:
    """All stays of a day by time of entry; `errands` is the mean number of a person's own ways a day."""
    people = len(province.person_id)
    edges = [_household_edge(province, at) for at in range(0, people, BLOCK)] + [people]
    blocks = [
        _block(province, weekday, errands, (low, high), np.random.default_rng([*seed, number]))
        for number, (low, high) in enumerate(pairwise(edges))
        if high > low
    ]
    together = Stays(*(np.concatenate(columns) for columns in zip(*blocks, strict=True)))
    return together.taken(np.argsort(together.entered, kind="stable"))


def _household_edge(province: Province, at: int) -> int:
    return int(np.searchsorted(province.household, province.household[at]))


def _block(
    province: Province, weekday: Weekday, errands: float, people: tuple[int, int], random: np.random.Generator
) -> Stays:
    who = np.arange(*people, dtype=np.int32)
    work, at_work = _working(province, weekday, who, random)
    ways = random.poisson(province.activity[who] * errands)
    alone = np.repeat(who, ways)
    own = _errands(province, weekday, alone, alone, random)
    joint = _joint(province, weekday, who, random)
    out = Stays(*(np.concatenate(pair) for pair in zip(own, joint, strict=True)))
    out = _after_work(province, out, at_work[out.person - people[0]], random)
    return _in_sequence(Stays(*(np.concatenate(pair) for pair in zip(work, out, strict=True))))


def _working(
    province: Province, weekday: Weekday, who: NDArray[np.int32], random: np.random.Generator
) -> tuple[Stays, NDArray[np.bool_]]:
    """The stays of those at work or at school, and who they are."""
    place = province.work[who]
    at_work = (place >= 0) & (random.random(len(who), np.float32) < AT_WORK)
    at_work &= weekday.is_open[place] & (weekday.number < 6)  # noqa: PLR2004 Sunday
    person, venue = who[at_work], place[at_work]
    begins = 27_000 + random.normal(0, 900, len(person)).astype(np.int32)  # half past seven
    ends = 61_200 + random.normal(0, 1500, len(person)).astype(np.int32)  # five in the afternoon
    lunch = random.random(len(person), np.float32) < LUNCH
    noon = 41_400 + random.normal(0, 600, len(person)).astype(np.int32)
    again = 48_000 + random.normal(0, 600, len(person)).astype(np.int32)
    morning = Stays(person, venue, begins, np.where(lunch, noon, ends).astype(np.int32))
    afternoon = Stays(person, venue, again, ends).taken(lunch)
    return Stays(*(np.concatenate(pair) for pair in zip(morning, afternoon, strict=True))), at_work


def _errands(
    province: Province,
    weekday: Weekday,
    person: NDArray[np.int32],
    leader: NDArray[np.int32],
    random: np.random.Generator,
) -> Stays:
    """A stay for each entry of `person`, at a place its `leader` chooses."""
    count = len(person)
    venue = weekday.choice.draw(province.area[leader], NEAR_HOME, random)
    habit = province.regulars[leader, random.integers(0, REGULARS, count, np.int32)]
    usual = (random.random(count, np.float32) < TO_REGULARS) & weekday.is_open[habit]
    venue = np.where(usual, habit, venue)
    kind = province.kind[venue]
    slot = np.searchsorted(weekday.hours, kind + random.random(count), side="right") - kind * SLOTS
    entered = (slot * 1800 + random.integers(0, 1800, count)).astype(np.int32)
    return Stays(person, venue.astype(np.int32), entered, _leaving(kind, entered, random))


def _leaving(kind: NDArray[np.int32], entered: NDArray[np.int32], random: np.random.Generator) -> NDArray[np.int32]:
    """Stays are log-normal around their kind's median; a place is left when it closes, a hotel next morning."""
    median = np.array([each.stay * 60 for each in KINDS], np.float32)[kind]
    closing = np.array([(each.closes if each.stay < 600 else 34) * 3600 for each in KINDS], np.int32)[kind]  # noqa: PLR2004 ten hours: a night
    spread = np.exp(0.6 * random.standard_normal(len(kind), np.float32))
    left = entered + np.clip(median * spread, SHORTEST, 50_000).astype(np.int32)
    until: NDArray[np.int32] = np.minimum(left, np.maximum(closing, entered + SHORTEST)).astype(np.int32)
    return until


def _joint(province: Province, weekday: Weekday, who: NDArray[np.int32], random: np.random.Generator) -> Stays:
    """Households that go out together: everybody who comes along has the leader's place and hours."""
    homes, first, size = np.unique(province.household[who], return_index=True, return_counts=True)
    outing = np.repeat(np.arange(len(homes)), random.poisson(JOINT * (2 if weekday.number > 4 else 1), len(homes)))  # noqa: PLR2004 the weekend
    leader = who[first[outing]]
    led = _errands(province, weekday, leader, leader, random)
    members = size[outing]
    row = np.repeat(np.arange(len(outing)), members)
    place_at_home = np.arange(len(row)) - np.repeat(np.cumsum(members) - members, members)
    comes = (place_at_home == 0) | (random.random(len(row), np.float32) < JOINS)
    row, place_at_home = row[comes], place_at_home[comes]
    together = led.taken(row)
    return together._replace(
        person=(together.person + place_at_home).astype(np.int32),
        entered=(together.entered + random.integers(0, 20, len(row))).astype(np.int32),
    )


def _after_work(province: Province, out: Stays, at_work: NDArray[np.bool_], random: np.random.Generator) -> Stays:
    """Errands that fell into working hours are run in the evening, where the place is still open; else not at all."""
    inside = at_work & (out.entered > WORKING_HOURS[0]) & (out.entered < WORKING_HOURS[1])
    noon = inside & (out.entered > NOON[0]) & (out.entered < NOON[1])
    moved = inside & ~noon
    later = out.entered.copy()
    later[moved] = 62_000 + random.integers(0, 10_800, int(moved.sum()))
    closing = np.array([kind.closes * 3600 - 900 for kind in KINDS], np.int32)[province.kind[out.venue]]
    keep = ~moved | (later < closing)
    left = np.minimum(out.left - out.entered + later, np.maximum(closing + 900, out.left)).astype(np.int32)
    return Stays(out.person, out.venue, later, left).taken(keep)


def _in_sequence(stays: Stays) -> Stays:
    """The same stays, each ended before the person's next one begins; what is left of less than a minute is dropped."""
    key = stays.person.astype(np.int64) << 18 | stays.entered
    stays = stays.taken(np.argsort(key))
    same = stays.person[1:] == stays.person[:-1]
    left = stays.left.copy()
    left[:-1] = np.where(same, np.minimum(left[:-1], stays.entered[1:] - WAY), left[:-1])
    stays = stays._replace(left=left)
    return stays.taken(left - stays.entered >= SHORTEST)
