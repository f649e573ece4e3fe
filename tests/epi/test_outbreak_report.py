"""`dauchan outbreak-report`: one invented outbreak written in many ways gives the same figures; a published one gives its own."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from dauchan.epi.line_list_columns import guess_columns
from dauchan.epi.written_dates import DayOrder, day_order, read_written
from dauchan.project.commands.outbreak_report import command

#: person, first stay (place, from, to), second stay, onset; instants local, to the minute
PEOPLE: list[tuple[str, tuple[str, str, str], tuple[str, str, str] | None, str]] = [
    ("1", ("Khoa Nội", "2021-03-01 08:00", "2021-03-04 10:00"), ("Khoa Ngoại", "2021-03-05 08:00", "2021-03-09 09:00"), "2021-03-03 07:00"),
    ("2", ("Khoa Nội", "2021-03-02 08:00", "2021-03-04 10:00"), None, "2021-03-07 12:00"),
    ("3", ("Khoa Ngoại", "2021-03-06 08:00", "2021-03-19 10:00"), ("Khoa Nội", "2021-03-20 08:00", "2021-03-22 10:00"), "2021-03-11 20:00"),
    ("4", ("Khoa Ngoại", "2021-03-06 08:00", "2021-03-05 10:00"), ("Khoa Nội", "2021-03-02 09:00", "2021-03-02 11:00"), ""),
    ("5", ("Khoa Nhi", "2021-03-06 08:00", "2021-03-16 10:00"), None, "2021-03-13 08:00"),
]  # fmt: skip
FIGURES = {
    "people": 5, "places": 3, "stays": 7, "onsets": 4, "onsets_outside_stays": 1, "contact_pairs": 3,
    "cases_with_contacts": 1, "distinct_contacts": 3,
}  # fmt: skip


def written(text: str, pattern: str) -> str:
    return datetime.fromisoformat(text).strftime(pattern) if text else ""


def wide(pattern: str, header: list[str], person: Callable[[str], str] = str) -> list[list[str]]:
    rows = [header]
    for who, first, second, onset in PEOPLE:
        stays = [cell for stay in (first, second) for cell in _stay(stay, pattern)]
        rows.append([person(who), *stays, written(onset, pattern)])
    return rows


def _stay(stay: tuple[str, str, str] | None, pattern: str) -> list[str]:
    return ["", "", ""] if stay is None else [stay[0], written(stay[1], pattern), written(stay[2], pattern)]


def long(pattern: str) -> list[list[str]]:
    rows = [["Mã bệnh nhân", "Khoa", "Từ lúc", "Đến hết", "Ngày khởi phát"]]
    for who, first, second, onset in PEOPLE:
        stays = [stay for stay in (first, second) if stay]
        rows += [[f"BN-{who}", *_stay(stay, pattern), written(onset, pattern)] for stay in stays]
    rows.append(rows[1])  # somebody copied a row
    return rows


ENGLISH = ["id", "ward1", "from1", "to1", "ward2", "from2", "to2", "onset"]
PLAIN = [
    "patient id",
    "location 1",
    "admitted 1",
    "discharged 1",
    "location 2",
    "admitted 2",
    "discharged 2",
    "symptom onset",
]
VIETNAMESE = ["mã", "khoa 1", "vào 1", "ra 1", "khoa 2", "vào 2", "ra 2", "khởi phát"]


def save_csv(path: Path, rows: list[list[str]], encoding: str, delimiter: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)


def save_xlsx(path: Path, rows: list[list[str]]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            if isinstance(cell.value, str) and cell.value.startswith("2021-"):
                cell.value = datetime.fromisoformat(cell.value)
    book.save(path)


WAYS: dict[str, Callable[[Path], tuple[Path, list[str]]]] = {}


def way(write: Callable[[Path], list[str]]) -> Callable[[Path], list[str]]:
    WAYS[write.__name__] = lambda folder: (
        next(iter([folder / f"{write.__name__}.txt"])),
        write(folder / f"{write.__name__}.txt"),
    )
    return write


@way
def iso_with_commas(path: Path) -> list[str]:
    save_csv(path, wide("%Y-%m-%dT%H:%M:%S", ENGLISH), "utf-8", ",")
    return []


@way
def vietnamese_spreadsheet_with_semicolons(path: Path) -> list[str]:
    save_csv(path, wide("%d/%m/%Y %H:%M", VIETNAMESE), "utf-8-sig", ";")
    return []


@way
def vietnamese_windows(path: Path) -> list[str]:
    rows = wide("%d.%m.%Y %Hh%M", ["ma", "khoa1", "vao1", "ra1", "khoa2", "vao2", "ra2", "onset"])
    rows = [
        [
            cell.replace("Khoa Ngoại", "Khoa Ngoai").replace("Khoa Nội", "Khoa Noi").replace("Nhi", "Nhi á")
            for cell in row
        ]
        for row in rows
    ]
    path.write_bytes("\r\n".join("\t".join(row) for row in rows).encode("cp1258"))
    return []


@way
def utf_16_with_tabs(path: Path) -> list[str]:
    save_csv(path, wide("%Y/%m/%d %H:%M", PLAIN), "utf-16", "\t")
    return []


@way
def american_with_bars(path: Path) -> list[str]:
    save_csv(path, wide("%m/%d/%Y %I:%M %p", ENGLISH), "utf-8", "|")
    return ["--day-order=month-first"]


@way
def short_years(path: Path) -> list[str]:
    save_csv(path, wide("%d-%m-%y %H:%M", ENGLISH), "utf-8", ";")
    return []


@way
def a_pattern_of_its_own(path: Path) -> list[str]:
    save_csv(path, wide("%Y%m%d%H%M", ["who", "p1", "a1", "b1", "p2", "a2", "b2", "ill"]), "utf-8", ",")
    return ["--date-format=%Y%m%d%H%M", "--stay=p1,a1,b1", "--stay=p2,a2,b2", "--onset=ill", "--person=who"]


@way
def a_workbook(path: Path) -> list[str]:
    save_xlsx(path, wide("%Y-%m-%d %H:%M:%S", ENGLISH))
    return []


def reported(path: Path, out: Path, *more: str) -> dict[str, Any]:
    result = CliRunner().invoke(command, [str(path), f"--out={out}", "--json", *more])
    assert result.exit_code == 0, result.output
    figures: dict[str, Any] = json.loads(result.stdout)
    return figures


@pytest.mark.parametrize("name", WAYS)
def test_the_same_outbreak_however_it_is_written(tmp_path: Path, name: str) -> None:
    path, options = WAYS[name](tmp_path)
    figures = reported(path, tmp_path / "out", *options)
    assert {key: figures[key] for key in FIGURES} == FIGURES
    assert [(row["row"], row["reason"]) for row in figures["refused"]] == [(4, "inverted")]
    assert figures["attack_rate"]["infected"] == 2
    assert figures["attack_rate"]["at_risk"] == 3, "the first case had been ill before it met the second one"
    links = list(csv.DictReader((tmp_path / "out/links.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["infector_id"], row["infected_id"], row["weight"]) for row in links] == [
        ("1", "2", "1.0000"),
        ("1", "3", "1.0000"),
    ]
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert page.count("<rect") == 4


def test_a_stay_a_row_with_names_for_people(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    save_csv(path, long("%d/%m/%Y %H:%M"), "utf-8", ";")
    figures = reported(path, tmp_path / "out")
    assert {key: figures[key] for key in ("places", "stays", "onsets", "contact_pairs")} == {
        "places": 3, "stays": 7, "onsets": 4, "contact_pairs": 3,
    }  # fmt: skip
    assert sorted((row["row"], row["reason"]) for row in figures["refused"]) == [(6, "inverted"), (9, "duplicate")]
    names = list(csv.reader((tmp_path / "out/people.csv").read_text(encoding="utf-8").splitlines()))
    assert names[1:3] == [["1", "BN-1"], ["2", "BN-2"]]


def test_contradictions_and_broken_rows_are_named(tmp_path: Path) -> None:
    rows = [
        "id,ward,from,to,onset", "a,X,01/03/2021,03/03/2021,02/03/2021", "a,X,05/03/2021,06/03/2021,04/03/2021",
        "b,X,02/03/2021,02/03/2021,", "c,X,31/02/2021,02/03/2021,", "d,X,02/03/2021", ",X,02/03/2021,02/03/2021,",
    ]  # fmt: skip
    (tmp_path / "list.csv").write_text("\n".join(rows), encoding="utf-8")
    figures = reported(tmp_path / "list.csv", tmp_path / "out")
    assert [(row["row"], row["column"], row["reason"]) for row in figures["refused"]] == [
        (2, "onset", "contradiction"), (4, "from", "not_an_instant"), (5, "", "cells"), (6, "id", "empty"),
    ]  # fmt: skip
    assert figures["stays"] == 3
    assert figures["contact_pairs"] == 1, "b left at the end of the second of March, not at its beginning"


def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "none.csv").write_text("name,age\na,3\n", encoding="utf-8")
    result = CliRunner().invoke(command, [str(tmp_path / "none.csv"), f"--out={tmp_path / 'out'}"])
    assert result.exit_code == 1
    assert "--stay" in result.stderr
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    assert CliRunner().invoke(command, [str(tmp_path / "empty.csv"), f"--out={tmp_path / 'out'}"]).exit_code == 1
    bad = CliRunner().invoke(command, [str(tmp_path / "none.csv"), f"--out={tmp_path}", "--serial=1,2,3"])
    assert bad.exit_code == 2


def test_columns_are_guessed_in_two_languages() -> None:
    for header in (ENGLISH, PLAIN, VIETNAMESE):
        guess = guess_columns(header)
        assert [list(stay) for stay in guess.stays] == [header[1:4], header[4:7]]
        assert (guess.onset, guess.person) == (header[7], header[0])
    assert guess_columns(["sex", "firstname", "center1", "arrival1", "leave1", "onset", "disease"]).person is None


def test_a_column_shows_what_is_a_day_and_what_a_month() -> None:
    utc = datetime.now().astimezone().tzinfo
    assert utc is not None
    assert day_order(["03/04/2021", "31/04/2021", None]) is DayOrder.DAY_FIRST
    assert day_order(["03/04/2021", "03/31/2021"]) is DayOrder.MONTH_FIRST
    assert day_order(["2021-03-31"]) is DayOrder.DAY_FIRST
    midnight = read_written("05/03/2021", DayOrder.DAY_FIRST, utc)
    end = read_written("05/03/2021", DayOrder.DAY_FIRST, utc, to_the_end=True)
    assert midnight is not None
    assert end is not None
    assert timedelta(seconds=end - midnight) == timedelta(days=1)
    assert read_written("99/99/2021", DayOrder.DAY_FIRST, utc) is None
    assert read_written("1614902400", DayOrder.DAY_FIRST, utc) == 1614902400


PUBLISHED = Path(
    os.environ.get("DAUCHAN_OUTBREAKS", Path(__file__).parents[3] / "shared/data/outbreaks")
) / "varicella_sim_berlin.csv"  # fmt: skip


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published simulation is not on this machine")
def test_the_published_varicella_simulation_in_one_command(tmp_path: Path) -> None:
    options = ("--timezone=Europe/Berlin", "--serial=14,3,7,28", "--incubation=21")
    figures = reported(PUBLISHED, tmp_path, *options)
    expected = {
        "people": 500, "places": 4, "stays": 970, "onsets": 129, "onsets_outside_stays": 73, "contact_pairs": 4088,
        "cases_with_contacts": 62, "distinct_contacts": 396,
    }  # fmt: skip
    assert {key: figures[key] for key in expected} == expected
    assert len(figures["refused"]) == 30
    assert {row["reason"] for row in figures["refused"]} == {"inverted"}
    assert all(row["row"] > 0 and row["column"].startswith("leave") for row in figures["refused"])
    assert (
        sum(
            int(row["cases"])
            for row in csv.DictReader((tmp_path / "curve.csv").read_text(encoding="utf-8").splitlines())
        )
        == 129
    )
