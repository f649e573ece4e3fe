"""How long a screening takes and how right it is: `python bench/screening.py [--full] [--people N --venues N --seed N --busy N]`.

Provinces of `dauchan simulate` with a twentieth of the venues planted as violators, 28 days: 18 million scans, and with `--full` 180 million (half an hour to make,
4 GB under var/bench, kept until deleted). `dauchan screen` runs on the files in a process of its own. Printed are time and memory beside the bar and beside reading the
same columns alone, recall and precision by sign, recall of `underused` by scans a day, and how often a stated confidence was right.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
from environments import VAR
from pyarrow import parquet

from dauchan.simulation.province import Order
from dauchan.simulation.province_files import simulate

HERE = Path(sys.executable).parent
VENUES, DAYS, VIOLATORS = 20_000, 28, 0.05
TENTH, FULL = (125_000, 0), (1_200_000, 6_600_000)
"""People, and scans a day; 0 for as many as so many people make."""
COLUMNS = ["person_id", "venue_id", "entered_at"]
BAR_SECONDS, BAR_GIBIBYTES = 30, 4
STEPS = (1, 2, 5, 10, 15, 20, 30, 50, 100, 100_000)
SURE = (0.5, 0.7, 0.9, 0.95, 0.99, 1.0001)


def province(people: int, visits_per_day: int, venues: int, seed: int, busy: float) -> tuple[Path, Order]:
    """The files of a province, made unless they are there."""
    order = Order(
        people=people,
        venues=venues,
        days=DAYS,
        visits_per_day=visits_per_day,
        seed=seed,
        violators=VIOLATORS,
        busy=busy,
    )
    folder = VAR / f"screening-{people}-{venues}-{seed}-{busy:g}"
    if not (folder / "violators.csv").exists():
        folder.mkdir(parents=True, exist_ok=True)
        simulate(order, folder)
    return folder, order


def screened(folder: Path, order: Order) -> tuple[int, float, float, float]:
    """Scans, seconds, processor seconds and peak GiB of `dauchan screen` on the files."""
    files = {"venues": "venues.csv", "visits": "visits.parquet", "attempts": "attempts.csv"}
    words = [str(HERE / "dauchan"), "screen", *(f"--{name}={folder / file}" for name, file in files.items())]
    words += [f"--on={order.start_on + timedelta(days=DAYS - 1)}", f"--out={folder / 'signs.csv'}", "--json"]
    began = time.perf_counter()
    child = subprocess.Popen(words, stdout=subprocess.PIPE)  # noqa: S603 - our own words
    told = child.stdout.read() if child.stdout else b""
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(1)
    seconds = time.perf_counter() - began
    return json.loads(told)["scans"], seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 2**20


def read_alone(folder: Path) -> float:
    """Seconds to read who, where and when of all visits and nothing more: what no screening can do without."""
    began = time.perf_counter()
    with parquet.ParquetFile(folder / "visits.parquet") as file:
        for group in range(file.num_row_groups):
            file.read_row_group(group, columns=COLUMNS)
    return time.perf_counter() - began


def rows(path: Path) -> list[dict[str, str]]:
    """Of a file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def quality(folder: Path) -> None:
    """Print how right the signs were."""
    planted, signs = rows(folder / "violators.csv"), rows(folder / "signs.csv")
    truth = {(row["venue_id"], row["sign"]) for row in planted}
    found = {(row["venue_id"], row["sign"]) for row in signs}
    print(f"\n{'sign':14}{'planted':>9}{'named':>8}{'recall':>9}{'precision':>11}")
    for sign in sorted({sign for _, sign in truth}):
        wanted, named = ({pair for pair in pairs if pair[1] == sign} for pairs in (truth, found))
        right = len(wanted & named)
        print(f"{sign:14}{len(wanted):9}{len(named):8}{right / len(wanted):9.3f}{right / max(1, len(named)):11.3f}")
    false = {venue for venue, _ in found} - {venue for venue, _ in truth}
    print(f"honest venues named: {len(false)} of {len(rows(folder / 'venues.csv')) - len(truth):,}")
    usual = {(row["venue_id"], row["sign"]): float(row["usual_visits"]) for row in planted}
    underused = [pair for pair in truth if pair[1] == "underused"]
    print("\nrecall of underused by visits a day: " + by_steps(STEPS, [usual[each] for each in underused], lambda at: underused[at] in found))  # fmt: skip
    sure = [float(row["confidence"]) for row in signs]
    pairs = [(row["venue_id"], row["sign"]) for row in signs]
    print("how often right by stated confidence: " + by_steps(SURE, sure, lambda at: pairs[at] in truth))


def by_steps(steps: tuple[float, ...], values: list[float], is_right: Callable[[int], bool]) -> str:
    """Of the values between two steps, how many are right, in words."""
    place = np.digitize(values, steps)
    words = []
    for step in range(1, len(steps)):
        among = np.flatnonzero(place == step).tolist()
        if among:
            words.append(f"from {steps[step - 1]:g}: {sum(map(is_right, among))}/{len(among)}")
    return ", ".join(words)


def main() -> None:
    """Make or take the provinces, screen them, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--full", action="store_true")
    asked.add_argument("--people", type=int)
    asked.add_argument("--venues", type=int, default=VENUES)
    asked.add_argument("--seed", type=int, default=12)
    asked.add_argument("--busy", type=float, default=10.0, help="visits a day that a violator has at least")
    options = asked.parse_args()
    sizes = [(options.people, 0)] if options.people else [TENTH, *([FULL] if options.full else [])]
    for people, visits in sizes:
        folder, order = province(people, visits, options.venues, options.seed, options.busy)
        scans, seconds, processor, gibibytes = screened(folder, order)
        alone = read_alone(folder)
        print(f"\n{scans:,} scans, load of the machine {os.getloadavg()[0]:.1f}")
        print(f"{seconds:.1f} s (bar {BAR_SECONDS}), {processor:.1f} s of processor, {seconds / alone:.1f} × reading who, where and when alone")  # fmt: skip
        print(f"{gibibytes:.2f} GiB at most (bar {BAR_GIBIBYTES}), {processor / scans * 1e9:.0f} ns a scan")
        quality(folder)


if __name__ == "__main__":
    main()
