"""`dauchan screen` as it is used: files in, signs out, exit status, words."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from dauchan.project.commands.screen import command
from dauchan.project.scan_files import Read, scan_batches
from dauchan.screening import ScreeningRefused, read_venues, write_signs
from dauchan.simulation.province import Order
from dauchan.simulation.province_files import simulate

FILES = {"venues": "venues.csv", "visits": "visits.parquet", "attempts": "attempts.csv"}
HEADER = "venue_id,name,category,unit_code,lat,lon,opened_on,status,daily_footfall\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Eight markets, four scans a day each for two weeks; number 3 stops after a week, number 8 is suspended."""
    venues = [f'{number},"Chợ ""A"", {number}",market,19753,16.4,107.5,2021-07-01,active,' for number in range(1, 8)]
    venues.append("8,Chợ B,market,19753,16.4,107.5,2021-07-01,suspended,100")
    (tmp_path / "venues.csv").write_text(HEADER + "\n".join(venues), encoding="utf-8")
    visits = [
        # 17:30 UTC is half past midnight of the next day in Vietnam
        f"{person},{venue},2021-08-{day:02}T17:30:00Z,"
        for day in range(1, 15)
        for venue in range(1, 8)
        for person in range(20)
        if venue != 3 or day < 8
    ]
    header = "person_id,venue_id,entered_at,left_at\n"
    (tmp_path / "visits.csv").write_text(header + "\n".join([*visits, "1,99,2021-08-02T00:00:00Z,"]), encoding="utf-8")
    return tmp_path


def screened(folder: Path, *more: str, out: str = "signs.csv", venues: str = "venues.csv") -> Result:
    options = [f"--venues={folder / venues}", f"--visits={folder / 'visits.csv'}", f"--out={folder / out}"]
    return CliRunner().invoke(command, [*options, "--on=2021-08-15", *more])


def test_a_market_that_stopped(folder: Path) -> None:
    result = screened(folder)
    assert (result.exit_code, result.stderr) == (0, "")
    with (folder / "signs.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert list(row) == ["venue_id", "sign", "confidence", "expected", "observed", "since_on", "evidence"]
    assert (row["venue_id"], row["sign"], row["observed"], row["since_on"]) == ("3", "silent", "0", "2021-08-09")
    assert 0.9 <= float(row["confidence"]) <= 1
    assert 100 < float(row["expected"]) < 180
    assert "09/08/2021 (7 ngày)" in row["evidence"]
    assert "7 active venues" in result.stdout
    assert "1 more at unknown venues" in result.stdout


def test_later_scans_do_not_count(folder: Path) -> None:
    result = screened(folder, "--on=2021-08-08")
    assert result.exit_code == 0
    assert "silent: 0 signs" in result.stdout


def test_the_summary_as_json(folder: Path) -> None:
    with (folder / "venues.csv").open("a", encoding="utf-8") as file:
        file.write("\nx,A,market,1,1,1,,active,\n9,A\n1,A,market,1,1,1,,active,\n10,A,market,1,1,1,1/8/2021,active,\n")
        file.write("11,A,market,1,1,1,,mở,\n12,A,market,1,1,1,,active,-3\n14,A,market,1,91,1,,active,\n")
        file.write("13,A,market,1,1,1,,Active,\n")
    result = screened(folder, "--json")
    summary = json.loads(result.stdout)
    reasons = ["venue_id", "cells", "repeated", "opened_on", "status", "footfall", "place"]
    assert summary["refused_venues"] == [{"row": 9 + at, "reason": reason} for at, reason in enumerate(reasons)]
    assert (summary["venues"], summary["active"]) == (9, 8)
    assert {kind: count for kind, count in summary["signs"].items() if count} == {"silent": 2}
    assert "dòng 9: venue_id is no whole number · venue_id không phải là số nguyên" in result.stderr


@pytest.mark.parametrize(
    ("options", "exit_code", "words"),
    [
        ({"out": "signs.parquet"}, 2, "must end in .csv"),
        ({"out": "nowhere/signs.csv"}, 2, "is no folder"),
        ({"out": "venues.csv"}, 2, "a name of its own"),
        ({"venues": "visits.csv"}, 1, "has no column name, category, unit_code"),
        ({"venues": "nowhere.csv"}, 2, "does not exist"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(folder: Path, options: dict[str, str], exit_code: int, words: str) -> None:
    before = (folder / "venues.csv").read_bytes()
    result = screened(folder, **options)
    assert result.exit_code == exit_code
    assert words in result.stderr
    assert (folder / "venues.csv").read_bytes() == before


def test_a_date_is_asked_for_in_one_form(folder: Path) -> None:
    result = screened(folder, "--on=15/08/2021")
    assert result.exit_code == 2
    assert "%Y-%m-%d" in result.stderr


def test_help_has_an_example_and_names_the_signs() -> None:
    text = " ".join(CliRunner().invoke(command, ["--help"]).stdout.split())
    assert "Example: dauchan screen --venues venues.csv" in text
    assert "Seven signs: silent, fallen, underused, misplaced, unreadable" in text


def test_files_that_are_no_registers(tmp_path: Path) -> None:
    path = tmp_path / "venues.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScreeningRefused, match="cannot be read"):
        read_venues(path)
    path.write_text(HEADER + "x,A,market,1,1,1,,active,\n", encoding="utf-8")
    with pytest.raises(ScreeningRefused, match="row 1: venue_id is no whole number"):
        read_venues(path)


def test_signs_that_cannot_be_written_leave_nothing(tmp_path: Path) -> None:
    (tmp_path / "signs.csv").mkdir()
    with pytest.raises(ScreeningRefused, match="cannot be written"):
        write_signs([], tmp_path / "signs.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["signs.csv"]


def test_a_province_with_violators(tmp_path: Path) -> None:
    """The whole command on files of the simulation: each sign is found, honest venues are left alone."""
    simulate(Order(people=12_000, venues=240, days=21, violators=0.14, seed=3), tmp_path)
    options = [f"--{name}={tmp_path / file}" for name, file in FILES.items()]
    result = CliRunner().invoke(command, [*options, f"--out={tmp_path / 'signs.csv'}", "--on=2021-08-21", "--json"])
    assert result.exit_code == 0, result.stderr
    with (tmp_path / "violators.csv").open(encoding="utf-8", newline="") as file:
        planted = {(row["venue_id"], row["sign"]) for row in csv.DictReader(file)}
    with (tmp_path / "signs.csv").open(encoding="utf-8", newline="") as file:
        found = {(row["venue_id"], row["sign"]) for row in csv.DictReader(file)}
    assert len(planted) >= 28
    assert len(found & planted) >= 0.9 * len(planted), planted - found
    assert len(found & planted) >= 0.95 * len(found), found - planted
    assert json.loads(result.stdout)["attempts"] > 1000


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_facts_of_csv_files_are_read_too(tmp_path: Path, separator: str) -> None:
    names = ["person_id", "venue_id", "entered_at", "left_at", "lat", "lon", "accuracy_m", "device_id", "source"]
    rows = [
        ["1", "5", "2021-08-02T01:00:00Z", "", "16.4", "107.5", "12", "phone-a", "poster"],
        ["2", "5", "2021-08-02T01:00:05Z", "", "", "", "", "", "gate"],
        ["x", "5", "2021-08-02T01:00:09Z", "", "16.4", "107.5", "12", "phone-b", "poster"],
        ["3", "5", "2021-08-02T01:00:20Z", "", "16.4", "107.5", "9", "phone-a", "poster"],
    ]
    path, read = tmp_path / "visits.csv", Read()
    path.write_text("\n".join(separator.join(row) for row in [names, *rows]), encoding="utf-8")
    (scans,) = scan_batches(path, read, 0)
    assert (read.rows, read.refused_rows, len(scans)) == (4, 1, 3)
    assert scans.person.tolist() == [1, 2, 3]
    assert scans.device is not None
    assert scans.device[0] == scans.device[2] != scans.device[1]
    assert scans.by_gate is not None
    assert scans.by_gate.tolist() == [False, True, False]
    assert scans.accuracy is not None
    assert scans.accuracy[[0, 2]].tolist() == [12, 9]
    assert np.isnan(scans.accuracy[1])
