"""What the codes at the doors saw of a day: scans, missing check-outs, scans that came late, and scans that failed."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.simulation.daily_life import Stays
from dauchan.simulation.kinds import KINDS
from dauchan.simulation.province import Province
from dauchan.simulation.violators import Conduct, Sign, Violator, moved

NOT_SEEN = np.int32(-1)
"""`left` where nobody checked out."""
SHOWS_PLACE = 0.35
"""Share of scans whose phone told where it was."""
SOURCES = ("poster", "link", "typed", "gate")
REASONS = ("unreadable", "no_camera", "outdated", "foreign")
REASON_SHARES = (0.75, 0.13, 0.08, 0.04)
EITHER = 0.5
DESK_LIST = 60
"""Names on the list that a desk works through."""
GATES, DESKS, PHONES = 10_000_000, 20_000_000, 100_000_000
"""Where the numbers of devices begin."""


class Scans(NamedTuple):
    """k scans of a day by time; instants in seconds after the local midnight, `left` is NOT_SEEN where unknown.

    The columns from `received` on are empty where only who, where and when is wanted.
    """

    person: NDArray[np.int32]
    venue: NDArray[np.int32]
    entered: NDArray[np.int32]
    left: NDArray[np.int32]
    received: NDArray[Any]
    lat: NDArray[Any]
    lon: NDArray[Any]
    accuracy_m: NDArray[Any]
    device: NDArray[Any]
    source: NDArray[Any]


class Attempts(NamedTuple):
    """Scans that failed, by time."""

    venue: NDArray[np.int32]
    at: NDArray[np.int32]
    reason: NDArray[np.int8]


def who_scans(stays: Stays, conduct: Conduct, day: int, random: np.random.Generator) -> NDArray[np.bool_]:
    """Of each stay whether it was scanned."""
    scans: NDArray[np.bool_] = random.random(len(stays.venue), np.float32) < conduct.scanning[stays.venue, day]
    return scans


def scans_of(
    province: Province, conduct: Conduct, stays: Stays, random: np.random.Generator, *, facts: bool
) -> Scans:  # fmt: skip
    """The scans of the stays that were scanned; without `facts` only who, where and when is filled in."""
    count = len(stays.venue)
    out = random.random(count, np.float32) < conduct.checking_out[stays.venue]
    left = np.where(out, stays.left, NOT_SEEN)
    if not facts:
        none = np.empty(0, np.float32)
        return Scans(stays.person, stays.venue, stays.entered, left, none, none, none, none, none, none)
    late = random.random(count, np.float32) < conduct.offline[stays.venue]
    delay = np.where(late, np.minimum(random.exponential(21_600, count), 604_800), random.uniform(0, 2, count))
    lat, lon, accuracy = _where(province, conduct, stays.venue, random)
    at_gate = np.array([kind.mode == "gate" for kind in KINDS])[province.kind[stays.venue]]
    device = np.where(at_gate, GATES + stays.venue, PHONES + stays.person.astype(np.int64))
    source = np.where(at_gate, 3, random.choice(3, count, p=(0.7, 0.27, 0.03))).astype(np.int8)
    received = (stays.entered + delay).astype(np.int32)
    return Scans(stays.person, stays.venue, stays.entered, left, received, lat, lon, accuracy, device, source)


def _where(
    province: Province, conduct: Conduct, venue: NDArray[np.int32], random: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Where the phones said they were; NaN where they did not."""
    lat, lon, accuracy = (np.full(len(venue), np.nan, np.float32) for _ in range(3))
    shown = np.flatnonzero(random.random(len(venue), np.float32) < SHOWS_PLACE)
    at, good = venue[shown], random.lognormal(2.8, 0.7, len(shown))
    metres = conduct.offset[at]
    twice = ~np.isnan(conduct.second[at, 0]) & (random.random(len(shown)) < EITHER)
    metres[twice] = conduct.second[at[twice]]
    # The stated accuracy is the radius that holds 68 %: 1.51 standard deviations of a circular normal.
    metres += (random.standard_normal((len(shown), 2)) * good[:, None] / 1.51).astype(np.float32)
    north, east = moved(province.lat[at], province.lon[at], metres)
    lat[shown], lon[shown], accuracy[shown] = north, east, good
    return lat, lon, accuracy


def desk_scans(province: Province, violator: Violator, usual: float, random: np.random.Generator) -> Scans:
    """A day of a desk that scans a list of names: same few devices, seconds apart, one spot, in a burst or two."""
    count = max(5, int(usual * random.uniform(0.7, 1.0)))
    start = random.integers(27_000, 60_000, 2)[(np.arange(count) >= count // 2).astype(int)]
    entered = np.sort(start + np.cumsum(random.integers(2, 7, count))).astype(np.int32)
    names = (violator.venue * 97 + np.arange(DESK_LIST) * 31) % len(province.person_id)
    person = names[random.integers(0, DESK_LIST, count)].astype(np.int32)
    here = province.lat[[violator.venue]], province.lon[[violator.venue]]
    lat, lon = moved(*here, random.normal(0, 3, (1, 2)).astype(np.float32))
    return Scans(
        person,
        np.full(count, violator.venue, np.int32),
        entered,
        np.full(count, NOT_SEEN),
        entered + 1,
        np.full(count, lat[0], np.float32),
        np.full(count, lon[0], np.float32),
        np.full(count, 5, np.float32),
        DESKS + violator.venue * 10 + random.integers(0, int(violator.size), count),
        np.zeros(count, np.int8),
    )


def with_desks(
    province: Province, conduct: Conduct, scans: Scans, usual: NDArray[np.float64], random: np.random.Generator
) -> Scans:
    """The scans with those of the desks among them, by time."""
    desks = [
        desk_scans(province, violator, float(usual[violator.venue]), random)
        for violator in conduct.violators
        if violator.sign is Sign.DESK_SCANNED
    ]
    if not desks:
        return scans
    if not len(scans.source):  # only who, where and when
        none = np.empty(0, np.float32)
        bare: Any = dict.fromkeys(Scans._fields[4:], none)
        desks = [desk._replace(**bare) for desk in desks]
    together = Scans(*(np.concatenate(columns) for columns in zip(scans, *desks, strict=True)))
    order = np.argsort(together.entered, kind="stable")
    return Scans(*(column[order] if len(column) else column for column in together))


def attempts_of(conduct: Conduct, unscanned: Stays, random: np.random.Generator) -> Attempts:
    """Failed scans of visitors who then were not scanned; half of them tried twice."""
    failed = np.flatnonzero(random.random(len(unscanned.venue), np.float32) < conduct.failing[unscanned.venue])
    failed = np.repeat(failed, 1 + (random.random(len(failed)) < EITHER))
    at = (unscanned.entered[failed] + random.integers(0, 40, len(failed))).astype(np.int32)
    reason = random.choice(len(REASONS), len(failed), p=REASON_SHARES).astype(np.int8)
    order = np.argsort(at, kind="stable")
    return Attempts(unscanned.venue[failed][order], at[order], reason[order])
