"""A province as files: made day by day, written as it is made, so that its size is bounded by the disk and not by memory."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dauchan.simulation.daily_life import Stays, Weekday, one_day
from dauchan.simulation.province import Order, Province, make_province
from dauchan.simulation.province_tables import (
    attempt_table,
    attempts_file,
    midnight_of,
    visit_table,
    visits_file,
    write_outbreak,
    write_province,
)
from dauchan.simulation.scanning import (
    NOT_SEEN,
    Attempts,
    Scans,
    attempts_of,
    scans_of,
    who_scans,
    with_desks,
)
from dauchan.simulation.transmission import Outbreak
from dauchan.simulation.violators import Conduct, plant

HONEST_MEAN = 0.9


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: figures of a whole province."""

    people: int
    venues: int
    days: int
    stays: int
    scans: int
    without_check_out: int
    attempts: int
    infections: int
    cases: int
    violators: int


def simulate(
    order: Order, folder: Path, *, facts: bool = True, on_day: Callable[[], object] = lambda: None
) -> Written:  # fmt: skip
    """Make a province and write it to a folder that exists: `venues.csv`, `people.parquet`, `visits.parquet`, `attempts.csv`,
    `cases.csv`, `truth.csv`, `violators.csv`.

    Args:
        order: what is wanted; the same order gives the same files.
        folder: where to.
        facts: whether visits also say when they were received, from where, by which device and how.
        on_day: called after each day, for progress.
    """
    province = make_province(order)
    errands, usual = _calibrated(order, province)
    conduct = plant(order, province, usual)
    outbreak = Outbreak(province, order, midnight_of(order.start_on), np.random.default_rng([order.seed, 3]))
    counts = dict.fromkeys(("stays", "scans", "without_check_out", "attempts"), 0)
    with visits_file(folder, facts=facts) as visits, attempts_file(folder) as attempts:
        for day in range(order.days):
            seen = _day(order, province, conduct, outbreak, (day, errands, usual), facts=facts)
            midnight = midnight_of(order.start_on) + day * 86_400
            visits(visit_table(province, seen.scans, midnight, facts=facts))
            attempts(attempt_table(province, seen.attempts, midnight))
            for name, count in seen.counts().items():
                counts[name] += count
            on_day()
    write_province(order, province, conduct, usual, folder)
    cases = write_outbreak(order, province, list(outbreak.infections.values()), folder)
    return Written(
        order.people, order.venues, order.days, **counts,
        infections=len(outbreak.infections), cases=cases, violators=len(conduct.violators),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class SeenDay:
    """A day: how many stays there were, and what was seen of them."""

    stays: int
    scans: Scans
    attempts: Attempts

    def counts(self) -> dict[str, int]:
        missing = int(np.count_nonzero(self.scans.left == NOT_SEEN))
        return {
            "stays": self.stays,
            "scans": len(self.scans.venue),
            "without_check_out": missing,
            "attempts": len(self.attempts.venue),
        }


def _day(
    order: Order,
    province: Province,
    conduct: Conduct,
    outbreak: Outbreak,
    today: tuple[int, float, NDArray[np.float64]],
    *,
    facts: bool,
) -> SeenDay:
    day, errands, usual = today
    weekday = Weekday.of(province, (order.start_on + timedelta(days=day)).weekday())
    random = np.random.default_rng([order.seed, 4, day])
    midnight = midnight_of(order.start_on) + day * 86_400
    stays = outbreak.at_large(one_day(province, weekday, errands, (order.seed, 5, day)), midnight)
    scanned = who_scans(stays, conduct, day, random)
    outbreak.spend_day(stays, scanned, midnight)
    scans = scans_of(province, conduct, stays.taken(scanned), random, facts=facts)
    random = np.random.default_rng([order.seed, 8, day])  # its own, so that the facts change nothing
    scans = with_desks(province, conduct, scans, usual, random)
    return SeenDay(len(stays.venue), scans, attempts_of(conduct, stays.taken(~scanned), random))


def _calibrated(order: Order, province: Province) -> tuple[float, NDArray[np.float64]]:
    """Errands a person and day that give the ordered scans on a Wednesday, and the visits of each venue on that day."""
    wednesday = Weekday.of(province, 2)

    def tried(errands: float) -> NDArray[np.int64]:
        stays: Stays = one_day(province, wednesday, errands, (order.seed, 6))
        return np.bincount(stays.venue, minlength=order.venues)

    wanted = order.scans_per_day / HONEST_MEAN
    low, high = tried(0.5).sum(), tried(4.0).sum()
    errands = 0.5 + 3.5 * (wanted - low) / max(1, high - low)
    errands = float(min(max(errands, 0.0), 60.0))
    return errands, tried(errands).astype(np.float64)
