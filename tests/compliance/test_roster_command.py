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


@pytest.mark.parametrize(
    ("agency_name", "text", "words"),
    [
        ("Ủy ban khác", ROSTER, "0 agencies are called 'Ủy ban khác'"),
        ("uy ban phuong", "a,b\n1,2\n", "no row below headings"),
    ],
)
def test_what_cannot_be_taken_is_one_sentence(
    agency: Agency, tmp_path: Path, agency_name: str, text: str, words: str
) -> None:
    refused = run(tmp_path, text=text, agency=agency_name)
    assert refused.exit_code == 1
    assert words in refused.stderr
    assert agency.members.count() == 0
