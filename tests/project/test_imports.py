"""`dauchan import venues|people|visits`: what is good is kept, the rest is told by its row."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone, translation

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
    assert counts_of(run("visits", path, "--dry-run", "--json")) == {"rows": 5, "good": 1, "left_out": 4}
    done = run("visits", path, "--json")
    assert counts_of(done) == {"rows": 5, "good": 1, "new": 1, "left_out": 4}
    assert "row 2: no such venue" in done.stderr
    assert "row 3: no such person" in done.stderr
    assert CheckIn.objects.count() == 1
    assert counts_of(run("visits", path, "--json"))["new"] == 0
