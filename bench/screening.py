"""How long a screening takes and how right it is: `python bench/screening.py [--full] [--people N --venues N --seed N --busy N]`.

A province of `dauchan simulate` with a twentieth of the venues planted as violators, 28 days, 18 million scans; with `--full` those of each day ten times over, by ten times the people
(180 million; some minutes to make, 3 GB under var/bench, kept until deleted). `dauchan screen` runs on the files in a process of its own. Printed are time and memory beside the
bar and beside reading the same columns alone; of the province as it is, recall and precision by sign, recall by scans a day, and how often a stated confidence was right.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
from environments import VAR
from pyarrow import compute, parquet

from dauchan.simulation.province import Order
from dauchan.simulation.province_files import simulate

HERE = Path(sys.executable).parent
VENUES, DAYS, VIOLATORS = 20_000, 28, 0.05
TENTH, TIMES = 125_000, 10
"""People, and how often their scans are repeated."""
OTHERS, ASIDE = 200_000_000, 2e-5
"""Between the numbers of a person and of the one who does the same, and how far apart they stand, in degrees."""
COLUMNS = ["person_id", "venue_id", "entered_at"]
BAR_SECONDS, BAR_GIBIBYTES = 30, 4
STEPS = (1, 2, 5, 10, 20, 50, 100_000)
SURE = (0.5, 0.7, 0.9, 0.95, 0.99, 1.0001)


def province(people: int, venues: int, seed: int, busy: float) -> tuple[Path, Order]:
    """The files of a province, made unless they are there."""
    order = Order(
        people=people,
        venues=venues,
        days=DAYS,
        visits_per_day=0,
        seed=seed,
        violators=VIOLATORS,
        busy=busy,
    )
    folder = VAR / f"screening-{people}-{venues}-{seed}-{busy:g}"
    if not (folder / "violators.csv").exists():
        folder.mkdir(parents=True, exist_ok=True)
        simulate(order, folder)
    return folder, order


def repeated(visits: Path) -> Path:
    """The same scans ten times over, day by day in their order, by other people with other phones who stand a step aside."""
    whole = visits.with_name("visits-full.parquet")
    if whole.exists():
        return whole
    chance, unfinished = np.random.default_rng(1), whole.with_suffix(".unfinished")
    with parquet.ParquetFile(visits) as file, parquet.ParquetWriter(unfinished, file.schema_arrow, "zstd") as into:
        for group in range(file.num_row_groups):
            day = file.read_row_group(group)
            together = pa.concat_tables(_by_others(day, number, chance) for number in range(TIMES))
            into.write_table(together.sort_by("entered_at"), row_group_size=len(together))
    return unfinished.rename(whole)


def _by_others(day: pa.Table, number: int, chance: np.random.Generator) -> pa.Table:
    for name in ("person_id", "device_id"):
        at = day.schema.get_field_index(name)
        day = day.set_column(at, name, compute.add(day.column(at), number * OTHERS))
    for name in ("lat", "lon"):
        at = day.schema.get_field_index(name)
        degrees = day.column(at).combine_chunks()
        aside = pa.array(chance.normal(0, ASIDE if number else 0, len(day)).astype(np.float32))
        day = day.set_column(at, name, compute.add(degrees, aside))
    return day


def screened(visits: Path, order: Order, out: str) -> tuple[int, float, float, float]:
    """Scans, seconds, processor seconds and peak GiB of `dauchan screen` on the files."""
    folder = visits.parent
    files = {
        "venues": folder / "venues.csv",
        "visits": visits,
        "attempts": folder / "attempts.csv",
        "out": folder / out,
    }
    words = [str(HERE / "dauchan"), "screen", *(f"--{name}={file}" for name, file in files.items())]
    words += [f"--on={order.start_on + timedelta(days=DAYS - 1)}", "--json"]
    began = time.perf_counter()
    child = subprocess.Popen(words, stdout=subprocess.PIPE)  # noqa: S603 - our own words
    told = child.stdout.read() if child.stdout else b""
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(1)
    seconds = time.perf_counter() - began
    return json.loads(told)["scans"], seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 2**20


def read_alone(visits: Path) -> float:
    """Seconds to read who, where and when of all visits and nothing more: what no screening can do without."""
    began = time.perf_counter()
    with parquet.ParquetFile(visits) as file:
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
    print("\nrecall by visits a day:")
    for sign in sorted({sign for _, sign in truth}):
        planted_so = [pair for pair in truth if pair[1] == sign]
        print(f"{sign:14}" + by_steps(STEPS, [usual[each] for each in planted_so], [each in found for each in planted_so]))  # fmt: skip
    sure = [float(row["confidence"]) for row in signs]
    pairs = [(row["venue_id"], row["sign"]) for row in signs]
    print("how often right by stated confidence: " + by_steps(SURE, sure, [each in truth for each in pairs]))


def by_steps(steps: tuple[float, ...], values: list[float], is_right: list[bool]) -> str:
    """Of the values between two steps, how many are right, in words."""
    place = np.digitize(values, steps)
    words = []
    for step in range(1, len(steps)):
        among = [right for right, its in zip(is_right, place.tolist(), strict=True) if its == step]
        if among:
            words.append(f"from {steps[step - 1]:g}: {sum(among)}/{len(among)}")
    return ", ".join(words)


def main() -> None:
    """Make or take the province, screen it, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--full", action="store_true", help="180 million scans too")
    asked.add_argument("--people", type=int, default=TENTH)
    asked.add_argument("--venues", type=int, default=VENUES)
    asked.add_argument("--seed", type=int, default=12)
    asked.add_argument("--busy", type=float, default=10.0, help="visits a day that a violator has at least")
    options = asked.parse_args()
    folder, order = province(options.people, options.venues, options.seed, options.busy)
    timed(folder / "visits.parquet", order, "signs.csv")
    quality(folder)
    if options.full:
        timed(repeated(folder / "visits.parquet"), order, "signs-full.csv")


def timed(visits: Path, order: Order, out: str) -> None:
    """Screen the scans and print what that cost."""
    scans, seconds, processor, gibibytes = screened(visits, order, out)
    alone = read_alone(visits)
    print(f"\n{scans:,} scans, load of the machine {os.getloadavg()[0]:.1f}")
    print(f"{seconds:.1f} s (bar {BAR_SECONDS}), {processor:.1f} s of processor, {seconds / alone:.1f} × reading who, where and when alone")  # fmt: skip
    print(f"{gibibytes:.2f} GiB at most (bar {BAR_GIBIBYTES}), {processor / scans * 1e9:.0f} ns a scan")


if __name__ == "__main__":
    main()
