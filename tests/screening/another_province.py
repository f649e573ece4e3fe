"""A second province, made by other rules than `dauchan simulate`, so that screening is not fitted to one.

Popularity is gamma times log-normal by ward, people belong to pools of regulars, and much happens that is nobody's fault: market days, a holiday, rain by ward, places
that grow or shrink, open in the middle or close for some days, wards and venues where fewer people scan, cheap phones, dim corners, footfall that is
told ten times too high. Violators have other sizes and other beginnings. Nothing here is shared with the simulation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from dauchan.screening import ScreenedVenue

LAST = date(2021, 9, 12)
METRES = 111_320.0
Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

#          visitors a day, shape, Saturday, Sunday, holiday, unevenness, staff for visitors, gate, on the move
KINDS: dict[str, tuple[float, float, float, float, float, float, float, bool]] = {
    "market": (90, 1.2, 1.1, 1.3, 0.8, 0.10, 0.05, False),
    "grocery": (28, 1.5, 1.1, 1.1, 1.2, 0.05, 0.06, False),
    "eatery": (34, 1.4, 1.3, 1.5, 1.4, 0.12, 0.09, False),
    "cafe": (30, 1.6, 1.4, 1.7, 1.6, 0.10, 0.07, False),
    "pharmacy": (24, 2.0, 1.0, 0.9, 0.7, 0.03, 0.08, False),
    "office": (45, 1.1, 0.2, 0.02, 0.02, 0.06, 0.50, False),
    "company": (30, 0.9, 0.6, 0.05, 0.02, 0.08, 0.90, False),
    "clinic": (40, 1.5, 0.8, 0.4, 0.3, 0.07, 0.15, True),
    "school": (60, 2.0, 0.05, 0.01, 0.01, 0.05, 0.12, True),
    "salon": (12, 2.0, 1.6, 1.8, 0.9, 0.15, 0.20, False),
    "worship": (20, 0.8, 1.2, 3.0, 2.0, 0.30, 0.05, False),
    "bank": (50, 2.5, 0.3, 0.0, 0.0, 0.05, 0.15, False),
    "hotel": (18, 1.0, 1.5, 1.3, 1.6, 0.25, 0.25, False),
    "warehouse": (16, 1.0, 0.7, 0.1, 0.1, 0.10, 0.80, True),
}
SHARES = np.array([2, 22, 17, 12, 5, 5, 6, 2, 2, 5, 2, 1, 2, 1.0])
SIGNS = ("silent", "fallen", "underused", "misplaced", "unreadable", "desk_scanned", "duplicated")


@dataclass(frozen=True, slots=True, eq=False)
class Habits:
    """Of v venues and d days.

    Attributes:
        come: visitors who come on a day, on average, shape (v, d).
        unevenness: of days.
        scanning: share of those who come that is scanned, shape (v, d).
        failing: failed tries for each who comes, shape (v, d).
        regulars: share of visits by regulars; `pool`: how many those are.
        telling: share of phones that tell their place.
        planted: the sign of each violator by its number; `since`: the column of its beginning.
    """

    come: Floats
    unevenness: Floats
    scanning: Floats
    failing: Floats
    regulars: Floats
    pool: Counts
    telling: Floats
    is_gate: NDArray[np.bool_]
    away: Floats
    second: Floats
    lat: Floats
    lon: Floats
    planted: dict[int, str] = field(default_factory=dict)
    since: dict[int, int] = field(default_factory=dict)
    usual: Floats = field(default_factory=lambda: np.empty(0))
    """Scans a day that an honest venue would have."""


@dataclass(frozen=True, slots=True, eq=False)
class Province:
    """The register and what nobody but the judge of a screening knows."""

    register: list[ScreenedVenue]
    habits: Habits
    days: int
    seed: int


def province(
    seed: int,
    venues: int,
    days: int = 28,
    *,
    share: float = 0.05,
    busy: float = 10.0,
    size: float = 1.0,
    mistaken: float = 0.0,
) -> Province:
    """A province with that share of violators among venues of at least `busy` honest scans a day, each sign as often.

    Places are `size` times as busy as ordinary ones; the share `mistaken` tells a footfall that is ten times too high.
    """
    chance = np.random.default_rng([seed, 51])
    kind = chance.choice(len(KINDS), venues, p=SHARES / SHARES.sum())
    table = np.array([list(map(float, each)) for each in KINDS.values()])[kind]
    wards = max(3, venues // 120)
    ward = chance.choice(wards, venues, p=chance.dirichlet(np.full(wards, 3.0)))
    rate = table[:, 0] * size * chance.gamma(table[:, 1], 1 / table[:, 1]) * np.exp(chance.normal(0, 0.25, wards))[ward]
    rate = np.maximum(rate, 0.3)
    come = rate[:, None] * _calendar(table, ward, days, chance) * _fate(venues, days, chance)
    opened = np.where(
        chance.random(venues) < 0.03, chance.integers(3, days - 3, venues), -chance.integers(5, 900, venues)
    )
    come[np.arange(days) < opened[:, None]] = 0
    asked = 1 / (1 + np.exp(-(chance.normal(1.1, 0.35, wards)[ward] + chance.normal(0, 0.5, venues))))
    asked *= np.where(chance.random(venues) < 0.03, chance.uniform(0.55, 0.8, venues), 1)  # honest, but seldom asked
    failing = np.where(chance.random(venues) < 0.02, 0.12, 0.03) * chance.gamma(2, 0.5, venues)
    lat, lon = 16.3 + chance.normal(0, 0.12, wards)[ward], 107.5 + chance.normal(0, 0.15, wards)[ward]
    lat, lon = lat + chance.normal(0, 0.006, venues), lon + chance.normal(0, 0.006, venues)
    habits = Habits(
        come=come,
        unevenness=table[:, 5] * chance.gamma(4, 0.25, venues),
        scanning=np.repeat(asked[:, None], days, axis=1),
        failing=np.repeat(failing[:, None], days, axis=1),
        regulars=chance.beta(2, 2, venues),
        pool=np.maximum(3, (rate * chance.uniform(1, 8, venues)).astype(int)),
        telling=np.where(chance.random(venues) < 0.05, 0.02, chance.beta(4, 7, venues)),
        is_gate=(table[:, 7] > 0) & (chance.random(venues) < 0.7),
        away=np.zeros((venues, 2)),
        second=np.full((venues, 3), np.nan),
        lat=lat,
        lon=lon,
        usual=rate * asked,
    )
    _plant(habits, share, busy, days, opened, chance)
    register = _register(kind, ward, table, rate, (lat, lon), opened, days, mistaken, chance)
    return Province(register, habits, days, seed)


def _calendar(table: Floats, ward: Counts, days: int, chance: np.random.Generator) -> Floats:
    """Weekends, one holiday, market days, rain by ward; mean about 1."""
    weekday = np.array([(LAST - timedelta(days - 1 - at)).weekday() for at in range(days)])
    come = np.ones((len(table), days))
    come[:, weekday == 5] = table[:, 2:3] * chance.lognormal(0, 0.15, (len(table), 1))
    come[:, weekday == 6] = table[:, 3:4] * chance.lognormal(0, 0.2, (len(table), 1))
    come[:, days - 11] *= table[:, 4]
    phase = chance.integers(0, 5, len(table))
    is_market_day = (np.arange(days) + phase[:, None]) % 5 == 0
    has_days = (table[:, 0] == 90) & (chance.random(len(table)) < 0.5)
    come[has_days] *= np.where(is_market_day[has_days], 2.6, 0.6)
    off = (chance.random(len(table)) < 0.15)[:, None] & (weekday == chance.integers(0, 7, (len(table), 1)))
    come[off] = 0
    rain = np.where(chance.random((int(ward.max()) + 1, days)) < 0.07, chance.uniform(0.3, 0.7, days), 1.0)
    return np.asarray(come * rain[ward])


def _fate(venues: int, days: int, chance: np.random.Generator) -> Floats:
    """What happens to single venues: slow wandering, growth and decline, some days closed."""
    log = chance.normal(0, 0.03, (venues, days)).cumsum(axis=1)
    trend = np.where(chance.random(venues) < 0.12, chance.normal(0, 0.35, venues), 0)
    log += trend[:, None] * np.linspace(-0.5, 0.5, days)
    fate = np.exp(log - log.mean(axis=1, keepdims=True))
    for at in np.flatnonzero(chance.random(venues) < 0.03):
        first = int(chance.integers(0, days - 4))
        fate[at, first : first + int(chance.integers(1, min(5, days - first - 1) + 1))] = 0
    return np.asarray(fate)


def _plant(habits: Habits, share: float, busy: float, days: int, opened: Counts, chance: np.random.Generator) -> None:
    typical = np.median(habits.come * habits.scanning, axis=1)
    able = np.flatnonzero((habits.usual >= busy) & (typical >= 0.6 * busy) & (opened < 0) & (habits.telling > 0.1))
    chosen = chance.permutation(able)[: round(share * len(habits.usual))]
    for number, at in enumerate(chosen.tolist()):
        sign = SIGNS[number % len(SIGNS)]
        since = days - int(chance.integers(7, 15))
        left = chance.uniform(0.05, 0.3)
        match sign:
            case "silent":
                since = int(chance.choice([0, since]))
                habits.scanning[at, since:] = 0
                habits.failing[at, since:] = 0
            case "fallen":
                habits.scanning[at, since:] *= left
                habits.failing[at, since:] *= left
            case "underused":
                since = 0
                habits.scanning[at] *= left
                habits.failing[at] *= left
            case "unreadable":
                tried = habits.scanning[at, since:].copy()
                habits.scanning[at, since:] *= chance.uniform(0.1, 0.5)
                habits.failing[at, since:] = (tried - habits.scanning[at, since:]) * chance.uniform(0.8, 1.5)
            case "misplaced":
                since = 0
                habits.away[at] = _aside(chance.uniform(350, 9000), chance)
            case "duplicated":
                since = 0
                habits.second[at] = [*_aside(chance.uniform(500, 12000), chance), chance.uniform(0.3, 0.5)]
            case _:
                habits.scanning[at] *= chance.uniform(0.02, 0.3)
        habits.planted[at], habits.since[at] = sign, since


def _aside(metres: float, chance: np.random.Generator) -> Floats:
    angle = chance.uniform(0, 2 * np.pi)
    return np.array([np.cos(angle), np.sin(angle)]) * metres


def _register(  # noqa: PLR0913, PLR0917 — what a register is made of
    kind: Counts, ward: Counts, table: Floats, rate: Floats, place: tuple[Floats, Floats], opened: Counts, days: int,
    mistaken: float, chance: np.random.Generator,
) -> list[ScreenedVenue]:  # fmt: skip
    venues = len(kind)
    names = list(KINDS)
    footfall = _heaped(rate * chance.lognormal(0.05, 0.35, venues) * np.where(chance.random(venues) < mistaken, 10, 1))
    staff = np.maximum(1, np.round((rate * table[:, 6]) ** 0.8 * chance.gamma(4, 0.25, venues)))
    tells, tells_staff = chance.random(venues) < 0.7, chance.random(venues) < 0.7
    first_on = LAST - timedelta(days - 1)
    return [
        ScreenedVenue(
            at + 1, names[kind[at]], first_on + timedelta(int(opened[at])), is_active=True,
            daily_footfall=float(footfall[at]) if tells[at] else None, staff=float(staff[at]) if tells_staff[at] else None,
            lat=float(place[0][at]), lon=float(place[1][at]), unit_code=str(ward[at]),
        )
        for at in range(venues)
    ]  # fmt: skip


def _heaped(size: Floats) -> Floats:
    """People tell round numbers."""
    unit = np.select([size < 20, size < 100, size < 500], [1, 5, 20], 100)
    return np.asarray(np.maximum(1, np.round(size / unit) * unit), np.float64)
