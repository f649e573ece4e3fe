"""The visits of bench/trace.py: a simulated province, with check-outs filled in, in one file that every peer can read."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute, parquet

from dauchan.simulation.province import Order
from dauchan.simulation.province_files import midnight_of, simulate

DAY, STAY = 86_400, 3600
NEVER = np.iinfo(np.int64).max
FULL_PEOPLE, FULL_VENUES, FULL_VISITS = 1_200_000, 20_000, 6_500_000


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """The folder of one size and the cases that are traced."""

    folder: Path
    cases: dict[str, Any]

    @property
    def count(self) -> int:
        """How many visits there are."""
        return int(parquet.read_metadata(self.folder / "prepared.parquet").num_rows)

    def visits(self) -> list[NDArray[Any]]:
        """Person, venue, entry and end of all of them."""
        return [column.to_numpy() for column in parquet.read_table(self.folder / "prepared.parquet").columns]


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
    return Bench(folder, json.loads((folder / "cases.json").read_text(encoding="utf-8")))


def _prepare(folder: Path) -> None:
    """Missing check-outs by the contract: after an hour, or when the person next enters anywhere later."""
    with parquet.ParquetFile(folder / "visits.parquet") as file:
        people = pa.array(np.unique(np.concatenate([_column(file, at, "person_id") for at in _groups(file)])))
        ahead = np.full(
            (len(people), 2), NEVER
        )  # of each person the next entry seen so far, and the one after its second
        days = []
        for at in reversed(_groups(file)):  # from the last day back
            person = _column(file, at, "person_id")
            dense = compute.index_in(pa.array(person), people).to_numpy()
            entered, left = (_column(file, at, name) for name in ("entered_at", "left_at"))
            if (np.diff(entered) < 0).any() or (days and entered[-1] > days[-1]["entered"][0].as_py()):
                raise SystemExit("the visits are not in the order of their entries")
            _close(dense, entered, left, ahead)
            venue = _column(file, at, "venue_id").astype(np.int32)
            columns = {"person": person, "venue": venue, "entered": entered.astype(np.int32)}
            days.append(pa.table({**columns, "left_at": left.astype(np.int32)}))
    table = pa.concat_tables(reversed(days))
    parquet.write_table(table, folder / "prepared.parquet", compression="zstd", row_group_size=2**20)


def _groups(file: parquet.ParquetFile) -> list[int]:
    return list(range(file.num_row_groups))


def _column(file: parquet.ParquetFile, group: int, name: str) -> NDArray[np.int64]:
    """Identifiers, or seconds since the epoch; `NEVER` where there is none."""
    column = file.read_row_group(group, [name]).column(name)
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("s"), safe=False).cast(pa.int64()).fill_null(NEVER)
    return column.to_numpy().copy()


@numba.njit
def _close(person: NDArray[Any], entered: NDArray[np.int64], left: NDArray[np.int64], ahead: NDArray[np.int64]) -> None:
    for row in range(len(person) - 1, -1, -1):
        near, far = ahead[person[row]]
        later = near if near > entered[row] else far
        if left[row] == NEVER:
            left[row] = min(entered[row] + STAY, later)
        if near != entered[row]:
            ahead[person[row]] = entered[row], near


def _choose(folder: Path, start: int) -> None:
    """200 cases one by one, 9 to generation 3, 2,000 at once, infectious for two days of the second of three weeks; the 9 once more as cases that are
    confirmed now, infectious for the third and second last day.
    """
    table = parquet.read_table(folder / "prepared.parquet")
    people = np.unique(table.column("person").to_numpy())
    drawn = np.random.default_rng(3).permutation(people)
    end = start + 21 * DAY
    cases = {
        "one": drawn[:200].tolist(),
        "three": drawn[200:209].tolist(),
        "many": drawn[-2000:].tolist(),
        "from": start + 7 * DAY,
        "to": start + 9 * DAY,
        "recent": {"from": end - 4 * DAY, "to": end - 2 * DAY, "horizon": end},
        "horizon": int(table.column("left_at").to_numpy().max()),
        "start": start,
    }
    (folder / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
