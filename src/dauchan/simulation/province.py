"""An invented province: who lives with whom, where they work or learn, and the places they go to. The seed decides everything."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from dauchan.simulation.kinds import KINDS, PLACES_OF_LEARNING

REGULARS = 6
"""Places a person keeps going to; the first three are shared by the household."""
HOUSEHOLD_SIZES = (0.10, 0.17, 0.20, 0.26, 0.15, 0.08, 0.04)
"""Shares of households of 1, 2, … people; the mean is the 3.6 of the Vietnamese census of 2019."""
PUPILS, WORKERS = 0.22, 0.45
NEAR_HOME = 0.65
A_DAY_OFF = 0.1
"""Share of venues that are closed on one day of the week."""
PEOPLE_PER_AREA = 8_500
"""As in the 141 communes of Thừa Thiên Huế."""
DEGREE = 111_320.0
"""Metres per degree of latitude."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is ordered.

    Attributes:
        people, venues, days: how many.
        visits_per_day: scans an ordinary day brings, about.
        start_on: the first local day.
        seed: of all chance.
        outbreak: how many people are infected when the days begin; 0 is no outbreak.
        quanta: median emission of an infectious person, quanta per hour.
        detected: share of the infected who are confirmed as cases.
        violators: share of the venues that violate, spread over the signs.
        busy: visits a day from which a venue may be one; below it hardly anybody could tell a violator from chance.
    """

    people: int = 20_000
    venues: int = 400
    days: int = 21
    visits_per_day: float = 0
    start_on: date = date(2021, 8, 1)
    seed: int = 7253
    outbreak: int = 0
    quanta: float = 2.7
    detected: float = 0.8
    violators: float = 0.0
    busy: float = 10.0

    @property
    def scans_per_day(self) -> float:
        """`visits_per_day`, or 6.5 million for 1.2 million people where none was ordered."""
        return self.visits_per_day or self.people * 6.5 / 1.2


@dataclass(frozen=True, slots=True, eq=False)
class Province:
    """n people and m venues, by dense numbers.

    Attributes:
        person_id, venue_id: their identifiers in the files, shapes (n,) and (m,).
        household: of each person, ascending, so that a household stands together.
        area: commune of each person.
        work: venue where a person works or learns, −1 for none.
        regulars: shape (n, 6).
        activity: how much a person goes out; mean 1.
        kind: of each venue, a place in `KINDS`.
        venue_area: commune of each venue.
        weight: what draws visitors to a venue, heavy-tailed.
        lat, lon: where a venue stands, degrees.
        closed_on: weekday on which a venue is closed, −1 for none.
    """

    person_id: NDArray[np.int64]
    venue_id: NDArray[np.int64]
    household: NDArray[np.int32]
    area: NDArray[np.int32]
    work: NDArray[np.int32]
    regulars: NDArray[np.int32]
    activity: NDArray[np.float32]
    kind: NDArray[np.int32]
    venue_area: NDArray[np.int32]
    weight: NDArray[np.float64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    closed_on: NDArray[np.int32]


class Choice:
    """Draws venues in proportion to a weight, near home or anywhere."""

    def __init__(self, weight: NDArray[np.float64], venue_area: NDArray[np.int32], areas: int) -> None:
        self.order = np.argsort(venue_area, kind="stable").astype(np.int32)
        self.upto = np.cumsum(weight[self.order])
        edges = np.searchsorted(venue_area[self.order], np.arange(areas + 1))
        self.bounds = np.concatenate(([0.0], self.upto))[edges]

    def draw(self, area: NDArray[np.int32], near: float, random: np.random.Generator) -> NDArray[np.int32]:
        """A venue for each entry of `area`; with the chance `near` in that area, where it has any."""
        low, high = self.bounds[area], self.bounds[area + 1]
        anywhere = (random.random(len(area), np.float32) >= near) | (high <= low)
        low[anywhere], high[anywhere] = 0.0, self.upto[-1]
        drawn = low + random.random(len(area)) * (high - low)
        chosen: NDArray[np.int32] = self.order[
            np.minimum(np.searchsorted(self.upto, drawn, side="right"), len(self.order) - 1)
        ]
        return chosen


def make_province(order: Order) -> Province:
    """People, households, work and venues of an order."""
    random = np.random.default_rng([order.seed, 1])
    areas = max(1, order.people // PEOPLE_PER_AREA)
    crowding = random.gamma(2, 1, areas)
    kind, venue_area = _kinds(order.venues, random), _drawn(crowding, order.venues, random)
    popularity = np.minimum(random.pareto(1.2, order.venues) + 1, 300)  # as footfall is distributed
    weight = popularity * np.array([each.traffic for each in KINDS])[kind]
    household = _households(order.people, random)
    area = _drawn(crowding, int(household[-1]) + 1, random)[household]
    lat, lon = _places(venue_area, areas, random)
    return Province(
        person_id=_identifiers(order.people, random),
        venue_id=np.arange(1, order.venues + 1, dtype=np.int64),
        household=household,
        area=area,
        work=_work(area, kind, venue_area, popularity, areas, random),
        regulars=_regulars(area, household, Choice(weight, venue_area, areas), random),
        activity=random.gamma(2, 0.5, order.people).astype(np.float32),
        kind=kind,
        venue_area=venue_area,
        weight=weight,
        lat=lat,
        lon=lon,
        closed_on=np.where(random.random(order.venues) < A_DAY_OFF, random.integers(0, 7, order.venues), -1).astype(
            np.int32
        ),
    )


def _drawn(weight: NDArray[np.float64], count: int, random: np.random.Generator) -> NDArray[np.int32]:
    return random.choice(len(weight), count, p=weight / weight.sum()).astype(np.int32)


def _kinds(venues: int, random: np.random.Generator) -> NDArray[np.int32]:
    shares = np.array([kind.share for kind in KINDS])
    exact = shares / shares.sum() * venues
    sure = np.repeat(np.arange(len(KINDS)), np.floor(exact).astype(int))
    rest = random.choice(len(KINDS), venues - len(sure), p=shares / shares.sum())
    return random.permutation(np.concatenate([sure, rest])).astype(np.int32)


def _identifiers(people: int, random: np.random.Generator) -> NDArray[np.int64]:
    """Distinct random numbers of 53 bits, as the ledger's are."""
    drawn = np.unique(random.integers(2**41, 2**53, people + people // 50 + 10))
    return random.permutation(drawn)[:people]


def _households(people: int, random: np.random.Generator) -> NDArray[np.int32]:
    sizes = random.choice(len(HOUSEHOLD_SIZES), people, p=HOUSEHOLD_SIZES) + 1
    count = int(np.searchsorted(np.cumsum(sizes), people)) + 1
    return np.repeat(np.arange(count, dtype=np.int32), sizes[:count])[:people]


def _places(
    venue_area: NDArray[np.int32], areas: int, random: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Venues within a kilometre or so of the middle of their commune, communes over some 60 km."""
    lat, lon = 16.4 + random.normal(0, 0.15, areas), 107.6 + random.normal(0, 0.2, areas)
    count = len(venue_area)
    return lat[venue_area] + random.normal(0, 0.008, count), lon[venue_area] + random.normal(0, 0.008, count)


def _work(
    area: NDArray[np.int32],
    kind: NDArray[np.int32],
    venue_area: NDArray[np.int32],
    popularity: NDArray[np.float64],
    areas: int,
    random: np.random.Generator,
) -> NDArray[np.int32]:
    """Where each person works or learns; larger places have more staff, and people rather work near home."""
    learning = np.isin(kind, PLACES_OF_LEARNING)
    seats = np.array([each.staff for each in KINDS])[kind] * np.sqrt(popularity)
    role = random.random(len(area), np.float32)
    pupil, worker = role < PUPILS, (role >= PUPILS) & (role < PUPILS + WORKERS)
    work = np.full(len(area), -1, np.int32)
    work[worker] = Choice(seats * np.where(learning, 0.1, 1.0), venue_area, areas).draw(area[worker], 0.5, random)
    if learning.any():
        work[pupil] = Choice(seats * learning, venue_area, areas).draw(area[pupil], 0.9, random)
    return work


def _regulars(
    area: NDArray[np.int32], household: NDArray[np.int32], choice: Choice, random: np.random.Generator
) -> NDArray[np.int32]:
    regulars = np.stack([choice.draw(area, 0.8, random) for _ in range(REGULARS)], axis=1)
    first = np.searchsorted(household, np.arange(household[-1] + 1))
    regulars[:, :3] = regulars[first, :3][household]
    return regulars
