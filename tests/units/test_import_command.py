"""`dauchan import units` on a terminal."""

import json
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner

from dauchan.project.commands.import_ import command
from dauchan.units.models import Unit

pytestmark = pytest.mark.django_db

UNITS = """code,parent_code,level,name,full_name,name_en,valid_from,valid_to,lat,lon
90,,province,Thử,Thành phố Thử,Thu,2025-07-01,,,
90001,90,commune,Thuận Thử,Phường Thuận Thử,Thuan Thu,2025-07-01,,,
"""


@pytest.fixture(autouse=True)
def _database_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own database is there already."""
    monkeypatch.setattr("dauchan.project.database.database_running", lambda *_given: nullcontext())


def test_a_file_is_loaded_and_counted(tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text(UNITS, encoding="utf-8")
    first = CliRunner().invoke(command, ["units", str(file)])
    assert (first.exit_code, first.stdout) == (0, "added: 2, changed: 0, unchanged: 0\n")
    again = CliRunner().invoke(command, ["units", str(file), "--json"])
    assert json.loads(again.stdout) == {"added": 0, "changed": 0, "unchanged": 2}
    assert Unit.objects.count() == 2


def test_a_faulty_file_is_one_sentence_and_exit_status_1(tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text(UNITS.replace("commune", "village"), encoding="utf-8")
    refused = CliRunner().invoke(command, ["units", str(file)])
    assert refused.exit_code == 1
    assert refused.stderr.startswith("units.csv, line 3: level:")
    assert not Unit.objects.exists()


def test_a_file_that_is_not_there_is_a_wrong_call() -> None:
    assert CliRunner().invoke(command, ["units", "no-such-file.csv"]).exit_code == 2


def test_help_shows_an_example() -> None:
    assert "Example: dauchan import units" in CliRunner().invoke(command, ["units", "--help"]).output
