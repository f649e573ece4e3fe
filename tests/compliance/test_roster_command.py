"""`dauchan import roster` on a terminal."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dauchan.people.roster.actions import keep_agency
from dauchan.people.roster.models import Agency
from dauchan.project.commands.import_ import command
from tests.web.conftest import make_category, make_person, make_unit, registered

ROSTER = """Mã nhân viên,Họ và tên,Số điện thoại,Phòng ban
NV01,Trần Thị Một,0905000001,Văn phòng
NV02,Lê Văn Hai,,Kinh tế
NV03,Phạm Ba,12345,Kinh tế
"""


@pytest.fixture
def agency(db: None, monkeypatch: pytest.MonkeyPatch) -> Agency:
    """The test's own database is there already."""
    monkeypatch.setattr("dauchan.project.database.database_running", lambda *_given: nullcontext())
    unit = make_unit("90001", "commune", "Phường Thuận Thử")
    office = registered(make_person("+84905009000", "Chủ"), make_category(), unit, "Trụ sở")
    return keep_agency(Agency(name="Ủy ban phường", unit=unit), [office.pk], None)


def run(folder: Path, *options: str, text: str = ROSTER, agency: str = "uy ban phuong") -> Result:
    file = folder / "staff.csv"
    file.write_text(text, encoding="utf-8")
    return CliRunner().invoke(command, ["roster", str(file), "--agency", agency, *options])


def test_good_rows_are_kept_and_faults_are_told(agency: Agency, tmp_path: Path) -> None:
    tried = run(tmp_path, "--dry-run")
    assert (tried.exit_code, agency.members.count()) == (1, 0)
    first = run(tmp_path)
    assert first.exit_code == 1, "a row has a fault"
    assert first.stdout == tried.stdout == "added: 2, changed: 0, same: 0, missing: 0, faults: 1\n"
    assert first.stderr.startswith("row 4: ")
    assert "12345" not in first.stderr, "a telephone number is no matter for a log"
    assert set(agency.members.values_list("employee_number", flat=True)) == {"NV01", "NV02"}
    again = run(tmp_path, "--json")
    assert json.loads(again.stdout) == {"added": 0, "changed": 0, "same": 2, "missing": 0, "faults": 1}


def test_whoever_is_in_the_list_no_more_leaves_only_where_that_was_said(agency: Agency, tmp_path: Path) -> None:
    run(tmp_path)
    shorter = "\n".join(ROSTER.splitlines()[:2])
    assert run(tmp_path, text=shorter).stdout == "added: 0, changed: 0, same: 1, missing: 1, faults: 0\n"
    assert not agency.members.exclude(left_on=None).exists()
    left = run(tmp_path, "--others-left", text=shorter)
    assert left.exit_code == 0
    assert agency.members.exclude(left_on=None).get().employee_number == "NV02"


def test_whoever_stands_in_a_row_with_a_fault_has_not_left(agency: Agency, tmp_path: Path) -> None:
    run(tmp_path)
    faulty = ROSTER.replace("NV02,Lê Văn Hai,,", "NV02,Lê Văn Hai,12,")
    left = run(tmp_path, "--others-left", text=faulty)
    assert json.loads(run(tmp_path, "--json", text=faulty).stdout)["missing"] == 0
    assert left.exit_code == 1
    assert not agency.members.exclude(left_on=None).exists()


def test_members_in_no_row_are_told_in_words_and_in_vietnamese(agency: Agency, tmp_path: Path) -> None:
    run(tmp_path)
    shorter = "\n".join(ROSTER.splitlines()[:2])
    told = run(tmp_path, "--dry-run", "--language", "vi", text=shorter)
    assert (told.exit_code, told.stdout) == (0, "thêm: 0, thay đổi: 0, như cũ: 1, không có trong tệp: 1, lỗi: 0\n")
    assert "1 người không có trong tệp vẫn được giữ" in told.stderr
    assert "Chạy thử: chưa ghi gì." in told.stderr


def test_columns_of_which_nothing_is_taken_are_named(agency: Agency, tmp_path: Path) -> None:
    lines = [
        f"{number},{line},{note}"
        for number, line, note in zip(("STT", 1, 2, 3), ROSTER.splitlines(), ("Ghi chú", "", "mới", ""), strict=True)
    ]
    wider = "\n".join(["DANH SÁCH CÁN BỘ,,,,,", *lines])
    assert "Cột không được lấy: STT, Ghi chú\n" in run(tmp_path, "--language", "vi", text=wider).stderr
    assert "Columns not taken" not in run(tmp_path).stderr


def test_a_copy_that_cannot_be_written_keeps_the_roster_as_it_is(agency: Agency, tmp_path: Path) -> None:
    for copy in (tmp_path / "none" / "copy.csv", tmp_path / "copy.xlsx", tmp_path / "staff.csv"):
        assert run(tmp_path, "--copy", str(copy)).exit_code == 2
    assert agency.members.count() == 0


@pytest.mark.parametrize(
    ("agency_name", "text", "words"),
    [
        ("Ủy ban khác", ROSTER, "0 agencies are called 'Ủy ban khác'"),
        ("uy ban phuong", "a,b\n1,2\n", "no headings for employee number and full name"),
        ("uy ban phuong", ROSTER.splitlines()[0], "không có dòng nào dưới dòng tiêu đề"),
        ("uy ban phuong", "\ufeff", "staff.csv là tệp trống"),
        ("ủy ban", ROSTER, "hãy ghi số của cơ quan: "),
    ],
)
def test_what_cannot_be_taken_is_one_sentence(
    agency: Agency, tmp_path: Path, agency_name: str, text: str, words: str
) -> None:
    refused = run(tmp_path, text=text, agency=agency_name)
    assert refused.exit_code == 1
    assert words in refused.stderr
    assert agency.members.count() == 0
