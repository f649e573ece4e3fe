"""The scans of the second province, day by day, and what a screening of them is worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dauchan.screening import Scans, Tally
from tests.screening.another_province import LAST, METRES, Counts, Floats, Province

DAY = 86_400
LOCAL = 7 * 3600
PEOPLE = 1_000_000
GATES, DESKS, PHONES = 1_000_000_000, 2_000_000_000, 0


def month(of: Province) -> Iterator[tuple[Scans, Counts, Counts]]:
    """Scans of each day, and of its failed tries venue and instant."""
    midnight = int(np.datetime64(LAST, "s").astype(np.int64)) - LOCAL - (of.days - 1) * DAY
    for day in range(of.days):
        chance = np.random.default_rng([of.seed, 52, day])
        yield _day(of, day, midnight + day * DAY, chance)


def _day(of: Province, day: int, midnight: int, chance: np.random.Generator) -> tuple[Scans, Counts, Counts]:
    habits = of.habits
    come = _uneven(habits.come[:, day], habits.unevenness, chance)
    seen = chance.binomial(come, np.minimum(habits.scanning[:, day], 1))
    venue = np.repeat(np.arange(len(seen)), seen)
    entered = midnight + _hours(len(venue), chance)
    person = _people(of, venue, chance)
    lat, lon, accuracy = _places(of, venue, chance)
    gate = habits.is_gate[venue]
    device = np.where(gate, GATES + venue, PHONES + person)
    parts: list[tuple[NDArray[Any], ...]] = [(person, venue, entered, lat, lon, accuracy, device, gate)]
    parts += [_desk(of, at, day, midnight, chance) for at, sign in habits.planted.items() if sign == "desk_scanned"]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.argsort(columns[2], kind="stable")
    person, venue, entered, lat, lon, accuracy, device, gate = (column[order] for column in columns)
    scans = Scans(person, venue + 1, entered, lat, lon, accuracy, device, gate)
    failed = np.repeat(np.arange(len(seen)), chance.poisson(habits.come[:, day] * habits.failing[:, day]))
    return scans, failed + 1, midnight + _hours(len(failed), chance)


def _uneven(mean: Floats, unevenness: Floats, chance: np.random.Generator) -> Counts:
    shape = 1 / np.maximum(unevenness, 1e-3)
    return chance.poisson(mean * chance.gamma(shape, 1 / shape))


def _hours(count: int, chance: np.random.Generator) -> Counts:
    return np.asarray((chance.beta(2.2, 2.0, count) * 15 * 3600 + 6 * 3600).astype(np.int64))


def _people(of: Province, venue: Counts, chance: np.random.Generator) -> Counts:
    """Regulars of each venue, some keener than others, and people from anywhere."""
    pool = of.habits.pool[venue]
    who = (chance.random(len(venue)) ** 1.7 * pool).astype(np.int64)
    regular = chance.random(len(venue)) < of.habits.regulars[venue]
    stranger = chance.integers(0, PEOPLE, len(venue))
    mixed = ((venue.astype(np.int64) * 7919 + who) * 2_654_435_761 + 12_345) % PEOPLE
    return np.asarray(np.where(regular, mixed, stranger) * 104_729 + 77)


def _places(of: Province, venue: Counts, chance: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Phones tell in steps; one in twelve is far off and says so, one in fifty is far off and does not."""
    habits, count = of.habits, len(venue)
    lat, lon, accuracy = (np.full(count, np.nan) for _ in range(3))
    shown = np.flatnonzero(chance.random(count) < habits.telling[venue])
    at = venue[shown]
    error = chance.gamma(2.0, 9.0, len(shown)) + 3
    poor = chance.random(len(shown))
    error = np.where(poor < 1 / 12, chance.uniform(150, 1500, len(shown)), error)
    told = np.where(poor > 0.98, 12.0, error)
    error = np.where(poor > 0.98, chance.uniform(200, 3000, len(shown)), error)
    aside = habits.away[at]
    twice = chance.random(len(shown)) < np.nan_to_num(habits.second[at, 2])
    aside = np.where(twice[:, None], habits.second[at, :2], aside)
    aside = aside + chance.normal(0, 1, (len(shown), 2)) * error[:, None] / 1.5
    aside += chance.uniform(-1, 1, (len(shown), 2)) * 12
    lat[shown] = habits.lat[at] + aside[:, 0] / METRES
    lon[shown] = habits.lon[at] + aside[:, 1] / (METRES * np.cos(np.radians(habits.lat[at])))
    accuracy[shown] = told
    return lat, lon, accuracy


def _desk(of: Province, at: int, day: int, midnight: int, chance: np.random.Generator) -> tuple[NDArray[Any], ...]:
    """One or two phones scan names from a list: in one go, in three, or whenever there is time."""
    habits, way = of.habits, at % 3
    count = max(4, int(habits.usual[at] * (habits.come[at, day] > 0) * chance.uniform(0.6, 1.1)))
    pace = chance.gamma(9, 0.8, count) + 1
    if way == 2:
        entered = np.sort(_hours(count, chance)).astype(np.float64)
    else:
        blocks = 1 if way == 0 else 3
        start = np.sort(chance.integers(8 * 3600, 20 * 3600, blocks))[np.arange(count) * blocks // count]
        entered = np.sort(start + np.cumsum(pace))
    instants = midnight + entered.astype(np.int64)
    names = (np.arange(40) * 6_700_417 + at * 31) % PEOPLE * 104_729 + 77
    here = chance.normal(0, 4, 2)
    ones = np.ones(count)
    return (
        names[chance.integers(0, 40, count)], np.full(count, at), instants,
        ones * (habits.lat[at] + here[0] / METRES), ones * (habits.lon[at] + here[1] / METRES), ones * 8.0,
        DESKS + at * 2 + chance.integers(0, 1 + at % 2, count), np.zeros(count, np.bool_),
    )  # fmt: skip


def tallied(of: Province) -> Tally:
    """The whole month, counted as `dauchan screen` counts it."""
    lat, lon = (np.array([getattr(venue, name) for venue in of.register]) for name in ("lat", "lon"))
    tally = Tally(np.array([venue.venue_id for venue in of.register]), lat, lon, LAST)
    for scans, venue, instant in month(of):
        tally.add(scans)
        tally.add_attempts(venue, instant, np.ones(len(venue), np.bool_))
    return tally
