"""The visits of bench/trace.py: a simulated province, with check-outs filled in, in one file that every peer can read."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import parquet

from dauchan.epi.tables import read_visits
from dauchan.simulation.province import Order
from dauchan.simulation.province_files import midnight_of, simulate

DAY, STAY = 86_400, 3600
FULL_PEOPLE, FULL_VENUES, FULL_VISITS = 1_200_000, 20_000, 6_500_000


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """The folder of one size, its visits and the cases that are traced."""

    folder: Path
    person: NDArray[np.int64]
    venue: NDArray[np.int32]
    entered: NDArray[np.int32]
    left: NDArray[np.int32]
    cases: dict[str, Any]


def province(folder: Path, share: float) -> Bench:
    """Make a province of a share of the full size, or take the one that was made before."""
    order = Order(
        people=round(FULL_PEOPLE * share), venues=round(FULL_VENUES * share), visits_per_day=round(FULL_VISITS * share)
    )
    if not (folder / "cases.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        simulate(order, folder, facts=False)
        _prepare(folder)
        (folder / "visits.parquet").unlink()
        _choose(folder, midnight_of(order.start_on))
    table = parquet.read_table(folder / "prepared.parquet")
    cases = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
    return Bench(folder, *(column.to_numpy() for column in table.columns), cases)


def _prepare(folder: Path) -> None:
    """Missing check-outs by the contract: after an hour, or when the person next enters anywhere later."""
    visits = read_visits(folder / "visits.parquet")
    person = np.unique(visits.person_id, return_inverse=True)[1]
    order = np.argsort((person << 33) + visits.entered_at)
    later = np.append(visits.entered_at[order][1:], np.iinfo(np.int64).max)
    later[np.append(person[order][1:] != person[order][:-1], True)] = np.iinfo(np.int64).max
    while (same := later == visits.entered_at[order]).any():
        later[same] = np.append(later[1:], later[-1])[same]
    left = visits.left_at.copy()
    missing = left[order] == np.iinfo(np.int64).min
    imputed = np.minimum(visits.entered_at[order] + STAY, later)
    left[order[missing]] = imputed[missing]
    columns = {"person": visits.person_id, "venue": visits.venue_id.astype(np.int32)}
    times = {"entered": visits.entered_at.astype(np.int32), "left_at": left.astype(np.int32)}
    parquet.write_table(
        pa.table(columns | times), folder / "prepared.parquet", compression="zstd", row_group_size=2**20
    )


def _choose(folder: Path, start: int) -> None:
    """200 cases one by one, 9 to generation 3, 2,000 at once, infectious for the second of three weeks."""
    table = parquet.read_table(folder / "prepared.parquet")
    people = np.unique(table.column("person").to_numpy())
    drawn = np.random.default_rng(3).permutation(people)
    cases = {
        "one": drawn[:200].tolist(),
        "three": drawn[200:209].tolist(),
        "many": drawn[-2000:].tolist(),
        "from": start + 7 * DAY,
        "to": start + 14 * DAY,
        "horizon": int(table.column("left_at").to_numpy().max()),
        "start": start,
    }
    (folder / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
