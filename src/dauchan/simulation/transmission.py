"""An outbreak among people who share the air of a place or a home. The truth is known because it is made here.

Sources:
- Infection by shared air: Wells–Riley with the dilution air written per person present, as in `dauchan.epi.risk`.
- Quanta: median 2.7/h for SARS-CoV-2, standing and speaking, with an upper quartile of about 10/h: Mikszewski et al. 2022,
  Geoscience Frontiers 13:101285. Between people log-normal, which gives few who infect many.
- Incubation: log-normal, median 5.1 days: Lauer et al. 2020, Annals of Internal Medicine 172:577.
- Infectious from two days before onset (WHO) to eight days after it (He et al. 2020, Nature Medicine 26:672) or isolation.
- Masks in public places (the "5K" rule of 2021), off where people eat, drink, sing or sleep: medical, as in `dauchan.epi.risk`.
- Within a household 18.9 % over the infectious period: Madewell et al. 2021, JAMA Network Open 4:e2122240.

Checked against abstracts or published parameter tables: Mikszewski, Lauer (log-normal 1.621, 0.418), Madewell (18.9 % through
17 June 2021). From memory: the eight days of He et al.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.risk import AIR_PER_PERSON, CONTACT_MASKED, INHALATION, LET_OUT, OUTDOORS, Mask, Ventilation
from dauchan.simulation.daily_life import Stays
from dauchan.simulation.kinds import KINDS, Kind
from dauchan.simulation.province import Order, Province

DAY = 86_400
NEVER = np.int64(2**62)
SPREAD = float(np.log(10 / 2.7) / 0.6745)
"""Standard deviation of log quanta that puts the upper quartile of a median of 2.7 at 10."""
MOST_QUANTA = 1_000.0
LONGEST_STAY = 50_400
UNMASKED = frozenset({"eatery", "cafe", "karaoke", "hotel"})
AT_HOME = 0.189
TO_ISOLATION = (2.0, 1.0)
"""Gamma shape and scale, days from onset until a detected case is confirmed and isolated. An assumption: two days."""
PAIRS = 4_000_000
"""Pairs of stays looked at together: bounds the memory."""


def _thinned(kind: Kind) -> float:
    masks = 1.0 if kind.code in UNMASKED else LET_OUT[Mask.MEDICAL] * CONTACT_MASKED
    return masks * (OUTDOORS if kind.setting == "outdoor" else 1.0)


THINNED = np.array([_thinned(kind) for kind in KINDS])
"""By kind of place: what open air and masks leave of a dose."""


@dataclass(frozen=True, slots=True)
class Infection:
    """One edge of the tree. `infector` and `venue` are −1 for a seed, `venue` is −1 at home. Instants are epoch seconds."""

    person: int
    infector: int
    venue: int
    generation: int
    infected_at: int
    onset_at: int
    infectious_from: int
    infectious_to: int
    detected: bool
    shared_seconds: int
    scanned: bool


@dataclass(slots=True, eq=False)
class Outbreak:
    """The state of an outbreak from day to day.

    Attributes:
        infections: in the order in which they happened.
        infectious_from, infectious_to: of each person, epoch seconds; NEVER and 0 for those not infected.
        isolated_at: from when a person stays at home; NEVER for most.
        infected: of each person.
        quanta: emission of each person, were they infectious, per hour.
    """

    province: Province
    order: Order
    midnight: int
    random: np.random.Generator
    infections: dict[int, Infection] = field(default_factory=dict)
    infectious_from: NDArray[np.int64] = field(init=False)
    infectious_to: NDArray[np.int64] = field(init=False)
    isolated_at: NDArray[np.int64] = field(init=False)
    infected: NDArray[np.bool_] = field(init=False)
    quanta: NDArray[np.float32] = field(init=False)

    def __post_init__(self) -> None:
        people = len(self.province.person_id)
        self.infectious_from, self.infectious_to = np.full(people, NEVER), np.zeros(people, np.int64)
        self.isolated_at, self.infected = np.full(people, NEVER), np.zeros(people, np.bool_)
        drawn = self.order.quanta * np.exp(SPREAD * self.random.standard_normal(people, np.float32))
        self.quanta = np.minimum(drawn, MOST_QUANTA).astype(np.float32)
        for person in self.random.choice(people, min(self.order.outbreak, people), replace=False).tolist():
            self._infect(person, -1, -1, self.midnight - int(self.random.integers(0, 4 * DAY)), 0, scanned=False)

    def at_large(self, stays: Stays, midnight: int) -> Stays:
        """The stays of those who are not isolated."""
        return stays.taken(stays.entered + midnight < self.isolated_at[stays.person])

    def spend_day(self, stays: Stays, scanned: NDArray[np.bool_], midnight: int) -> None:
        """Infect those who shared the air of an infectious person on this day, at a place or at home."""
        sources = np.flatnonzero((self.infectious_from < midnight + DAY) & (self.infectious_to > midnight))
        if len(sources):
            self._at_places(stays, scanned, midnight, sources)
            self._at_home(midnight, sources)

    def _at_places(
        self, stays: Stays, scanned: NDArray[np.bool_], midnight: int, sources: NDArray[np.int64]
    ) -> None:  # fmt: skip
        is_source = np.zeros(len(self.infected), np.bool_)
        is_source[sources] = True
        hot = np.zeros(len(self.province.venue_id), np.bool_)
        hot[stays.venue[is_source[stays.person]]] = True
        rows = np.flatnonzero(hot[stays.venue])
        key = stays.venue[rows].astype(np.int64) << 18 | stays.entered[rows]
        order = np.argsort(key, kind="stable")
        rows, key = rows[order], key[order]
        near = stays.taken(rows)
        leaving = np.sort(near.venue.astype(np.int64) << 18 | near.left)
        ours = np.flatnonzero(is_source[near.person])
        low = np.searchsorted(key, key[ours] - LONGEST_STAY)
        high = np.searchsorted(key, near.venue[ours].astype(np.int64) << 18 | near.left[ours])
        for part in _parts(high - low):
            found = self._doses(near, leaving, ours[part], low[part], high[part], midnight)
            self._draw(near, scanned[rows], midnight, *found)

    def _doses(
        self,
        near: Stays,
        leaving: NDArray[np.int64],
        ours: NDArray[np.int64],
        low: NDArray[np.int64],
        high: NDArray[np.int64],
        midnight: int,
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
        """Pairs of rows (source, exposed) that shared time: start and length in seconds, and quanta inhaled."""
        count = high - low
        source = np.repeat(ours, count)
        exposed = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - low, count)
        who, met = near.person[source], near.person[exposed]
        begin = np.maximum.reduce([near.entered[source], near.entered[exposed], self.infectious_from[who] - midnight])
        end = np.minimum.reduce([near.left[source], near.left[exposed], self.infectious_to[who] - midnight])
        keep = (end > begin) & ~self.infected[met] & (who != met) & (near.venue[source] == near.venue[exposed])
        source, exposed, begin, end = source[keep], exposed[keep], begin[keep], end[keep]
        middle = near.venue[source].astype(np.int64) << 18 | (begin + end) // 2
        entered = near.venue.astype(np.int64) << 18 | near.entered
        present = np.searchsorted(entered, middle, side="right") - np.searchsorted(leaving, middle, side="right")
        air = np.maximum(present, 2) * AIR_PER_PERSON[Ventilation.MEDIUM] * 3.6
        kind = self.province.kind[near.venue[source]]
        hourly = self.quanta[near.person[source]] * INHALATION / air * THINNED[kind]
        return source, exposed, begin.astype(np.int32), (end - begin).astype(np.int32), hourly * (end - begin) / 3600

    def _draw(  # noqa: PLR0913, PLR0917 — as above
        self,
        near: Stays,
        scanned: NDArray[np.bool_],
        midnight: int,
        source: NDArray[np.int64],
        exposed: NDArray[np.int64],
        begin: NDArray[np.int32],
        shared: NDArray[np.int32],
        dose: NDArray[np.float64],
    ) -> None:
        """Each pair infects with 1 − e^−dose; of several that would have, the first in time did."""
        hit = np.flatnonzero(self.random.random(len(dose)) < -np.expm1(-dose))
        at = begin[hit] + (self.random.random(len(hit)) * shared[hit]).astype(np.int64)
        for place in np.argsort(at, kind="stable").tolist():
            pair, moment = hit[place], int(at[place])
            s, e = source[pair], exposed[pair]
            self._infect(
                int(near.person[e]),
                int(near.person[s]),
                int(near.venue[s]),
                midnight + moment,
                int(shared[pair]),
                scanned=bool(scanned[s] and scanned[e]),
            )

    def _at_home(self, midnight: int, sources: NDArray[np.int64]) -> None:
        household = self.province.household
        for source in sources.tolist():
            days = max(1.0, (self.infectious_to[source] - self.infectious_from[source]) / DAY)
            chance = 1 - (1 - AT_HOME) ** (1 / days)
            low, high = np.searchsorted(household, [household[source], household[source] + 1])
            for member in range(low, high):
                moment = midnight + int(self.random.integers(68_400, DAY))  # in the evening
                infectious = self.infectious_from[source] <= moment < self.infectious_to[source]
                if infectious and not self.infected[member] and self.random.random() < chance:
                    self._infect(member, source, -1, moment, 0, scanned=False)

    def _infect(self, person: int, infector: int, venue: int, at: int, shared: int, *, scanned: bool) -> None:
        if self.infected[person]:
            return
        onset = at + int(self.random.lognormal(1.621, 0.418) * DAY)
        detected = bool(self.random.random() < self.order.detected)
        isolated = onset + int(self.random.gamma(*TO_ISOLATION) * DAY) if detected else int(NEVER)
        begins, ends = max(at + DAY, onset - 2 * DAY), min(onset + 8 * DAY, isolated)
        generation = self.infections[infector].generation + 1 if infector >= 0 else 0
        self.infected[person] = True
        self.infectious_from[person], self.infectious_to[person] = begins, ends
        self.isolated_at[person] = isolated
        self.infections[person] = Infection(
            person, infector, venue, generation, at, onset, begins, ends, detected, shared, scanned
        )


def _parts(counts: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Places of `counts` in runs that add up to PAIRS or little more."""
    if not len(counts):
        return []
    number = np.cumsum(counts) // PAIRS
    return np.split(np.arange(len(counts)), np.flatnonzero(np.diff(number)) + 1)
