"""`dauchan import venues|people|visits`: what is good is kept, the rest is told by its row."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.utils import timezone, translation
from openpyxl import load_workbook

from dauchan.exchange.venue_lists.models import VenueList
from dauchan.people.models import Identity, Person
from dauchan.project.commands import main
from dauchan.units.models import AuditEntry, Unit
from dauchan.venues.models import Venue
from dauchan.visits.models import CheckIn
from tests.exchange.venue_lists import messy
from tests.exchange.venue_lists.conftest import categories, commune, other_commune, province

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["categories", "commune", "other_commune", "province"]


@pytest.fixture(autouse=True)
def _in_this_database(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    @contextlib.contextmanager
    def running() -> Iterator[None]:
        with translation.override("en"):
            yield

    for name in ("venue_files", "people_files", "visit_files"):
        monkeypatch.setattr(f"dauchan.project.{name}.running", running)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["import", *map(str, arguments)], catch_exceptions=False)


def counts_of(result: Result) -> dict[str, int]:
    counts: dict[str, int] = json.loads(result.stdout)
    return counts


@pytest.fixture
def listed(tmp_path: Path, other_commune: Unit, commune: Unit, categories: object) -> Path:
    path = tmp_path / "co-so.xlsx"
    path.write_bytes(messy.of_a_commune())
    return path


def test_venues_dry_run_keep_and_undo(listed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.xlsx"
    dry = run("venues", listed, "--dry-run", "--copy", copy, "--json")
    assert dry.exit_code == 1
    assert counts_of(dry)["good"] == 3
    assert "row 13: There is no commune called “Xã Đâu Đâu”." in dry.stderr
    assert copy.read_bytes().startswith(b"PK")
    assert not VenueList.objects.exists()
    kept = counts_of(run("venues", listed, "--approve", "--json"))
    assert kept["registered"] == 3
    assert Venue.objects.filter(status="approved", posters__version=1).count() == 3
    again = run("venues", listed, "--twins", "skip", "--json")
    assert counts_of(again)["asks"] == 3
    assert "May be the same as: Quán ăn Hương Thử" in again.stderr
    undone = run("venues", "--undo", kept["list"], "--json")
    assert counts_of(undone)["removed"] == 3
    assert not Venue.objects.exists()


def test_venues_once_more_register_nothing_twice_and_leave_no_list_behind(listed: Path) -> None:
    kept = run("venues", listed)
    assert f"dauchan import venues --undo {VenueList.objects.get().pk}" in kept.stderr
    again = run("venues", listed, "--json")
    assert (again.exit_code, counts_of(again)["asks"], "list" in counts_of(again)) == (1, 3, False)
    assert "No row was to be kept." in again.stderr
    assert (Venue.objects.count(), VenueList.objects.count()) == (3, 1)


def test_venues_that_were_decided_on_are_no_reason_to_fail(tmp_path: Path, commune: Unit, categories: object) -> None:
    path = tmp_path / "ds.csv"
    row = ["Quán ăn Hương Thử", "12 Lê Thử", "P. Thuận Thử", "ăn uống", "x"]
    path.write_bytes(messy.as_csv([["Tên", "Địa chỉ", "Phường xã", "Loại hình", "Thuế"], row]))
    first = run("venues", path)
    assert (first.exit_code, "Columns not taken: Thuế" in first.stderr) == (0, True)
    for twins, outcome in (("skip", "asks"), ("merge", "merged")):
        again = run("venues", path, "--twins", twins, "--json")
        assert (again.exit_code, counts_of(again)[outcome]) == (0, 1)
    assert Venue.objects.count() == 1


def test_venues_tell_in_vietnamese_what_they_leave_out(listed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.xlsx"
    told = run("venues", listed, "--dry-run", "--language", "vi", "--copy", copy)
    assert "ghi được: 3" in told.stdout
    assert "dòng 13: Không có phường, xã nào tên «Xã Đâu Đâu»" in told.stderr
    assert "Chạy thử: chưa ghi gì." in told.stderr
    assert "Kết quả nhập" in [cell.value for cell in load_workbook(copy).worksheets[0]["I"]]


@pytest.mark.parametrize(
    ("content", "english", "vietnamese"),
    [
        (b"", "x.csv is empty.", "x.csv là tệp trống."),
        (b"a,b\n1,2\n", "which column holds the names", "Chưa biết cột nào là tên địa điểm"),
        ("Tên,Địa chỉ\n".encode(), "no row below its headings", "không có dòng nào dưới dòng tiêu đề"),
        (b"\x89PNG\r\n\x1a\n\x00", "cannot be read", "Không đọc được tệp này"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_both_languages(
    province: Unit, tmp_path: Path, content: bytes, english: str, vietnamese: str
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    refused = run("venues", path)
    assert refused.exit_code == 1
    assert english in refused.stderr
    assert vietnamese in refused.stderr
    assert not VenueList.objects.exists()


def test_what_cannot_be_written_or_understood_is_said_before_anything_is_kept(listed: Path, tmp_path: Path) -> None:
    for asked, words in (
        (("--copy", tmp_path / "none" / "copy.xlsx"), "There is no folder"),
        (("--copy", listed), "would write over co-so.xlsx"),
        (("--copy", tmp_path / "copy.csv"), "must be called .xlsx"),
        (("--map-on", "hôm qua"), "does not match the format"),
    ):
        refused = run("venues", listed, *asked)
        assert (refused.exit_code, words in refused.stderr) == (2, True), refused.stderr
    unknown = run("venues", listed, "--kind", "nothing")
    assert (unknown.exit_code, "eatery" in unknown.stderr) == (1, True)
    assert not VenueList.objects.exists()


def test_an_import_is_taken_back_once(listed: Path) -> None:
    run("venues", listed)
    number = VenueList.objects.get().pk
    assert run("venues", "--undo", number).exit_code == 0
    again = run("venues", "--undo", number)
    assert (again.exit_code, "was taken back before" in again.stderr) == (1, True)


def test_a_database_without_tables_is_told_in_a_sentence(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_tables(*_given: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM units_no_such_table")

    monkeypatch.setattr("dauchan.project.venue_files._imported", no_tables)
    told = run("venues", listed)
    assert (told.exit_code, "dauchan prepare" in told.stderr) == (1, True)


def test_venues_wants_a_file_or_a_number_and_a_known_area(listed: Path) -> None:
    assert run("venues").exit_code == 2
    assert run("venues", listed, "--undo", 3).exit_code == 2
    assert "0 units" in run("venues", listed, "--area", "Đâu Đâu").stderr
    assert run("venues", "--undo", 999).exit_code == 1


def test_people_are_written_down_once(tmp_path: Path) -> None:
    path = tmp_path / "nguoi.csv"
    rows: list[list[object]] = [["person_id", "Họ tên", "SĐT", "Năm sinh"], [7001, "Trần Thị Thử", "905111222", 1990], ["", "Lê Mẫu", "0905111223", ""],
            ["", "Không Số", "", ""], ["x", "Sai Mã", "0905111224", ""]]  # fmt: skip
    path.write_bytes(messy.as_csv(rows))
    dry = run("people", path, "--purpose", "Chuyển hệ thống", "--dry-run", "--json")
    assert counts_of(dry) == {"added": 2, "known": 0, "faults": 2}
    assert not Person.objects.exists()
    first = run("people", path, "--purpose", "Chuyển hệ thống", "--json")
    assert first.exit_code == 1
    assert "row 4: neither a phone nor a person_id" in first.stderr
    assert Identity.objects.get(person=7001).phone == "+84905111222"
    assert counts_of(run("people", path, "--purpose", "Chuyển hệ thống", "--json")) == {
        "added": 0,
        "known": 2,
        "faults": 2,
    }
    assert AuditEntry.objects.filter(action="people.imported", purpose="Chuyển hệ thống").count() == 2
    told = run("people", path, "--purpose", "Chuyển hệ thống", "--dry-run", "--language", "vi")
    assert told.stdout == "thêm: 0, đã có từ trước: 2, lỗi: 2\n"
    assert "Dòng 4: không có điện thoại, cũng không có person_id" in told.stderr
    assert "Chạy thử: chưa ghi gì." in told.stderr


def test_a_list_that_names_no_people_is_told_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "nguoi.csv"
    for content, words in (
        (b"", "là tệp trống"),
        (b"a;b\n1;2\n", "không có dòng tiêu đề"),
        (b"\x00\x01", "không phải bảng tính"),
    ):
        path.write_bytes(content)
        told = run("people", path, "--purpose", "Thử")
        assert (told.exit_code, words in told.stderr) == (1, True), told.stderr


def test_visits_of_known_venues_and_people_go_in(tmp_path: Path, listed: Path) -> None:
    run("venues", listed)
    venue = Venue.objects.earliest("pk")
    Person.objects.create(pk=7001)
    now = int(timezone.now().timestamp())
    rows: list[list[object]] = [
        ["person_id", "venue_id", "entered_at", "left_at"],
        [7001, venue.pk, now - 7200, now - 3600],
        [7001, 999_999, now - 7200, ""],
        [7002, venue.pk, now - 7200, ""],
        [7001, venue.pk, "không", ""],
        [7001, venue.pk, now - 90 * 86_400, ""],
    ]
    path = tmp_path / "visits.csv"
    path.write_bytes(messy.as_csv(rows, delimiter=","))
    assert counts_of(run("visits", path, "--dry-run", "--json")) == {"rows": 5, "good": 1, "refused": 4}
    done = run("visits", path, "--json")
    assert counts_of(done) == {"rows": 5, "good": 1, "new": 1, "refused": 4}
    assert "row 2: no such venue" in done.stderr
    assert "row 3: no such person" in done.stderr
    assert CheckIn.objects.count() == 1
    assert counts_of(run("visits", path, "--json"))["new"] == 0
    told = run("visits", path, "--dry-run", "--language", "vi")
    assert told.stdout == "số dòng: 5, ghi được: 1, không ghi được: 4\n"
    assert "Dòng 2: không có địa điểm này" in told.stderr
    assert "Dòng 5: đã quá 21 ngày" in told.stderr
