"""`dauchan simulate` as it is used, and what its files must hold."""

import csv
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from dauchan.epi.tables import read_cases, read_visits
from dauchan.project.commands.simulate import command
from dauchan.screening import read_venues
from dauchan.simulation.violators import Sign

DAYS = 6
OPTIONS = ("--people=6000", "--venues=150", f"--days={DAYS}", "--outbreak=30", "--violators=0.15", "--json")
FILES = {
    "venues.csv", "people.parquet", "visits.parquet", "attempts.csv", "cases.csv", "truth.csv", "violators.csv",
}  # fmt: skip


def made(folder: Path, *more: str) -> dict[str, Any]:
    result = CliRunner().invoke(command, [f"--out={folder}", *OPTIONS, *more])
    assert result.exit_code == 0, result.output
    figures: dict[str, Any] = json.loads(result.stdout)
    return figures


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("province")
    return folder, made(folder)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_other_commands_take_every_row(province: tuple[Path, dict[str, Any]]) -> None:
    folder, figures = province
    assert {path.name for path in folder.iterdir()} == FILES
    visits, cases = read_visits(folder / "visits.parquet"), read_cases(folder / "cases.csv")
    venues = read_venues(folder / "venues.csv")
    assert (visits.refused, cases.refused, venues.refused) == ((), (), ())
    assert (visits.rows, cases.rows, len(venues.venues)) == (figures["scans"], figures["cases"], 150)
    assert len(rows(folder / "truth.csv")) == figures["infections"] > 30
    assert len(rows(folder / "attempts.csv")) == figures["attempts"] > 0


def test_visits_are_in_time_order_with_a_row_group_a_day(province: tuple[Path, dict[str, Any]]) -> None:
    file = parquet.ParquetFile(province[0] / "visits.parquet")
    assert file.num_row_groups == DAYS
    entered = read_visits(province[0] / "visits.parquet").entered_at
    assert (np.diff(entered) >= 0).all()
    groups = [file.metadata.row_group(at).num_rows for at in range(DAYS)]
    days = np.bincount((entered + 25_200) // 86_400 - (entered[0] + 25_200) // 86_400)
    assert groups == days.tolist()


def test_about_as_many_scans_as_ordered_and_a_heavy_tail(tmp_path: Path) -> None:
    figures = made(
        tmp_path, "--days=3", "--visits-per-day=20000", "--violators=0", "--outbreak=0", "--start-on=2021-08-03"
    )
    assert 0.9 < figures["scans"] / (3 * 20_000) < 1.1
    assert (figures["infections"], figures["cases"], figures["violators"]) == (0, 0, 0)
    counts = np.sort(np.bincount(read_visits(tmp_path / "visits.parquet").venue_id))[::-1]
    assert counts[:15].sum() > 0.4 * counts.sum(), "a tenth of the venues has a large part of the visits"
    assert 0.2 < figures["without_check_out"] / figures["scans"] < 0.6


def test_the_seed_decides_everything(province: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    made(tmp_path / "a")
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (province[0] / name).read_bytes(), name
    made(tmp_path / "b", "--seed=8")
    assert (tmp_path / "b/truth.csv").read_bytes() != (province[0] / "truth.csv").read_bytes()


def test_nobody_is_at_two_places_at_once(province: tuple[Path, dict[str, Any]]) -> None:
    table = parquet.read_table(province[0] / "visits.parquet")
    desks = {int(row["venue_id"]) for row in rows(province[0] / "violators.csv") if row["sign"] == "desk_scanned"}
    people: dict[int, list[tuple[Any, Any]]] = {}
    for row in table.slice(0, 20_000).select(["person_id", "venue_id", "entered_at", "left_at"]).to_pylist():
        if row["venue_id"] not in desks:
            people.setdefault(row["person_id"], []).append((row["entered_at"], row["left_at"]))
    overlaps = [
        person
        for person, stays in people.items()
        for (_, left), (entered, _) in zip(
            sorted(stays, key=lambda s: s[0]), sorted(stays, key=lambda s: s[0])[1:], strict=False
        )
        if left is not None and left > entered and (left - entered).total_seconds() < 10 * 3600
    ]
    assert overlaps == []


def test_the_tree_of_infections_is_one(province: tuple[Path, dict[str, Any]]) -> None:
    truth = {row["person_id"]: row for row in rows(province[0] / "truth.csv")}
    assert sum(not row["infector_id"] for row in truth.values()) == 30
    for row in truth.values():
        if row["infector_id"]:
            source = truth[row["infector_id"]]
            assert int(row["generation"]) == int(source["generation"]) + 1
            assert source["infectious_from"] <= row["infected_at"] < source["infectious_to"]
        assert row["infected_at"] < row["onset_at"]


def test_cases_stay_at_home_once_isolated(province: tuple[Path, dict[str, Any]]) -> None:
    visits, cases = read_visits(province[0] / "visits.parquet"), read_cases(province[0] / "cases.csv").cases
    desks = [int(row["venue_id"]) for row in rows(province[0] / "violators.csv") if row["sign"] == "desk_scanned"]
    until = dict(zip(cases.person_id.tolist(), cases.infectious_to.tolist(), strict=True))
    own = np.isin(visits.person_id, list(until)) & ~np.isin(visits.venue_id, desks)
    assert own.any()
    last = np.array([until[person] for person in visits.person_id[own].tolist()])
    assert (visits.entered_at[own] < last).all()


def test_every_sign_is_planted_and_shows(province: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = province
    violators = rows(folder / "violators.csv")
    assert {row["sign"] for row in violators} == set(Sign)
    visits = parquet.read_table(folder / "visits.parquet").to_pydict()
    scans = Counter(visits["venue_id"])
    devices: dict[int, set[int]] = {}
    for venue, device in zip(visits["venue_id"], visits["device_id"], strict=True):
        devices.setdefault(venue, set()).add(device)
    attempts = Counter(int(row["venue_id"]) for row in rows(folder / "attempts.csv"))
    for row in violators:
        venue, usual = int(row["venue_id"]), float(row["usual_visits"])
        if row["sign"] == "silent" and row["since_on"] == "2021-08-01":
            assert scans[venue] == 0
        if row["sign"] == "underused":
            assert scans[venue] < 0.45 * usual * DAYS
        if row["sign"] == "desk_scanned":
            assert sum(20_000_000 <= device < 100_000_000 for device in devices[venue]) <= float(row["size"])
        if row["sign"] == "unreadable":
            assert attempts[venue] > 0.1 * usual


def test_slim_visits_are_the_same_scans(province: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    assert made(tmp_path, "--slim")["scans"] == province[1]["scans"]
    names = parquet.ParquetFile(tmp_path / "visits.parquet").schema_arrow.names
    assert names == ["person_id", "venue_id", "entered_at", "left_at"]


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = CliRunner().invoke(command, [f"--out={tmp_path / 'file' / 'folder'}", *OPTIONS])
    assert result.exit_code == 1
    assert "không ghi được" in result.stderr


def test_neither_server_nor_database_is_loaded(tmp_path: Path) -> None:
    program = (
        "import sys; from dauchan.project.commands import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "assert not {'django', 'psycopg', 'starlette'} & set(sys.modules)\n"
    )
    words = ["simulate", f"--out={tmp_path}", "--people=500", "--venues=30", "--days=1"]
    subprocess.run([sys.executable, "-c", program, *words], check=True, capture_output=True)
    assert (tmp_path / "visits.parquet").exists()
