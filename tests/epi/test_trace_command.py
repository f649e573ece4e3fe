"""`dauchan trace` as it is used: files in, files out, exit status, words."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result
from pyarrow import parquet

from dauchan.epi import write_segment
from dauchan.epi.intervals import local_days
from dauchan.epi.tables import read_visits
from dauchan.project.commands.trace import command

VISITS = """person_id,venue_id,entered_at,left_at
1,7,2021-08-01T01:00:00Z,2021-08-01T02:00:00Z
2,7,2021-08-01T01:30:00Z,
2,8,2021-08-02T17:30:00Z,2021-08-02T19:00:00Z
3,8,2021-08-02T18:00:00Z,2021-08-02T18:30:00Z
"""
CASES = "person_id,infectious_from,infectious_to\n1,2021-08-01T00:00:00Z,2021-08-02T00:00:00Z\n"
CONTACTS = """index_id,person_id,generation,source_id,overlap_seconds,tail_seconds,encounters,first_at,last_at,venue_id
1,2,1,1,3600,1800,1,2021-08-01T01:30:00Z,2021-08-01T02:30:00Z,7
1,3,2,2,1800,0,1,2021-08-02T18:00:00Z,2021-08-02T18:30:00Z,8
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "visits.csv").write_text(VISITS, encoding="utf-8")
    (tmp_path / "cases.csv").write_text(CASES, encoding="utf-8")
    return tmp_path


def traced(folder: Path, *more: str, out: str = "contacts.csv", **paths: str) -> Result:
    files = {"visits": "visits.csv", "cases": "cases.csv"} | paths
    options = [f"--{name}={folder / file}" for name, file in files.items()]
    return CliRunner().invoke(command, [*options, f"--out={folder / out}", *more])


def test_a_contact_list_as_csv(folder: Path) -> None:
    result = traced(folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (folder / "contacts.csv").read_text(encoding="utf-8") == CONTACTS
    for words in ("4 visits", "1 without check-out", "1 index case", "F1: 1", "F2: 1", "contacts.csv"):
        assert words in result.stdout


def test_the_same_list_from_sealed_days(folder: Path) -> None:
    table = read_visits(folder / "visits.csv")
    index = table.index()
    for day in (date(2021, 8, 1), date(2021, 8, 3)):
        stays = index.packs[0].columns()
        chosen = local_days(stays.entered) == (day - date(1970, 1, 1)).days
        write_segment(folder / "days" / day.isoformat(), day, stays.where(chosen), {})
    result = traced(folder, "--strict", visits="days")
    assert (result.exit_code, result.stderr) == (0, "")
    assert (folder / "contacts.csv").read_text(encoding="utf-8") == CONTACTS
    assert "4 visits" in result.stdout
    assert "1 without check-out" in result.stdout


def test_a_folder_without_days_and_a_damaged_day_are_refused(folder: Path) -> None:
    (folder / "days" / "2021-08-01").mkdir(parents=True)
    assert "holds no sealed day" in traced(folder, visits="days").stderr
    (folder / "days" / "2021-08-01" / "manifest.json").write_text("{", encoding="utf-8")
    result = traced(folder, visits="days")
    assert result.exit_code == 1
    assert "không đọc được bản kê" in result.stderr


def test_the_same_list_as_parquet(folder: Path) -> None:
    assert traced(folder, out="contacts.parquet").exit_code == 0
    table = parquet.read_table(folder / "contacts.parquet")
    assert table.schema.field("first_at").type == pa.timestamp("us", tz="UTC")
    assert table.column_names == CONTACTS.splitlines()[0].split(",")
    assert table.column("first_at").to_pylist()[0] == datetime(2021, 8, 1, 1, 30, tzinfo=UTC)
    assert table.column("person_id").to_pylist() == [2, 3]


def test_generations_go_before_the_policy(folder: Path) -> None:
    (folder / "policy.toml").write_text("generations = 2\nmin_overlap_minutes = 61\n", encoding="utf-8")
    result = traced(folder, "--generations=1", "--json", policy="policy.toml")
    assert result.exit_code == 0
    assert figures(result)["contacts"] == {"1": 0}


def figures(result: Result) -> dict[str, Any]:
    summary: dict[str, Any] = json.loads(result.stdout)
    return summary


def test_the_summary_as_json_names_every_refused_row(folder: Path) -> None:
    bad = "".join(f"9,9,{1_627_776_000 + row},{1_627_776_000}\n" for row in range(1, 41))
    (folder / "visits.csv").write_text(VISITS + bad, encoding="utf-8")
    (folder / "cases.csv").write_text(CASES + "404,0,1\n", encoding="utf-8")
    result = traced(folder, "--json")
    assert result.exit_code == 0
    summary = figures(result)
    assert summary["seconds"] > 0
    assert [row["row"] for row in summary["refused_visits"]] == list(range(5, 45))
    assert {row["reason"] for row in summary["refused_visits"]} == {"inverted"}
    assert {name: summary[name] for name in ("visits", "imputed", "cases", "cases_without_visits", "notices")} == {
        "visits": 4,
        "imputed": 1,
        "cases": 2,
        "cases_without_visits": [404],
        "notices": 0,
    }
    assert "40 refused" in result.stderr
    assert "dòng 5, left_at: it ends before it begins · kết thúc trước khi bắt đầu" in result.stderr
    assert "20 more" in result.stderr


def test_strict_writes_nothing_when_a_row_is_refused(folder: Path) -> None:
    (folder / "visits.csv").write_text(VISITS + "9,9,never,\n", encoding="utf-8")
    result = traced(folder, "--strict")
    assert result.exit_code == 1
    assert "không ghi gì" in result.stderr
    assert not (folder / "contacts.csv").exists()


def test_crowded_places_get_notices(folder: Path) -> None:
    (folder / "policy.toml").write_text("crowd_limit = 1\n", encoding="utf-8")
    result = traced(folder, f"--notices={folder / 'notices.parquet'}", policy="policy.toml")
    assert "1 crowded venue-days left out" in result.stdout
    # 17:30 UTC on 2 August is 00:30 on 3 August in Vietnam.
    assert parquet.read_table(folder / "notices.parquet").to_pylist() == [
        {"index_id": 1, "venue_id": 8, "day": date(2021, 8, 3), "visits": 2}
    ]


@pytest.mark.parametrize(
    ("options", "exit_code", "words"),
    [
        ({"out": "contacts.xlsx"}, 2, "must end in .csv or .parquet"),
        ({"out": "nowhere/contacts.csv"}, 2, "is no folder"),
        ({"visits": "nowhere.csv"}, 2, "does not exist"),
        ({"out": "visits.csv"}, 2, "a name of its own"),
        ({"visits": "cases.csv"}, 1, "thiếu cột venue_id"),
        ({"policy": "cases.csv"}, 1, "no readable TOML file"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(folder: Path, options: dict[str, str], exit_code: int, words: str) -> None:
    result = traced(folder, **options)
    assert result.exit_code == exit_code
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert (folder / "visits.csv").read_text(encoding="utf-8") == VISITS


def test_help_has_an_example() -> None:
    result = CliRunner().invoke(command, ["--help"])
    assert result.exit_code == 0
    assert "dauchan trace --visits visits.parquet" in result.stdout


def test_neither_server_nor_database_is_loaded(folder: Path) -> None:
    program = (
        "import sys; from dauchan.project.commands import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "assert not {'django', 'psycopg', 'starlette'} & set(sys.modules)\n"
    )
    files = {"visits": "visits.csv", "cases": "cases.csv", "out": "contacts.csv"}
    options = [f"--{name}={folder / file}" for name, file in files.items()]
    subprocess.run([sys.executable, "-c", program, "trace", *options], check=True, capture_output=True)
    assert (folder / "contacts.csv").read_text(encoding="utf-8") == CONTACTS
