"""`dauchan export fhir`: places that may be known, and where a case was, under a pseudonym and with a purpose."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from fhir.resources.R4B.bundle import Bundle

from dauchan.project.commands.export import command
from dauchan.tracing.models import Case
from dauchan.tracing.queries import stays_of
from dauchan.units.models import AuditEntry, Officer, Unit
from dauchan.venues.models import Venue

PURPOSE = "Gửi viện dịch tễ phân tích chuỗi lây"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "made.json"


def export(out: Path, *asked: str) -> Result:
    return CliRunner().invoke(command, ["fhir", "--out", str(out), "--json", *asked])


def resources(out: Path, kind: str) -> list[dict[str, Any]]:
    made = json.loads(out.read_bytes())
    Bundle.model_validate(made)
    return [entry["resource"] for entry in made.get("entry", []) if entry["resource"]["resourceType"] == kind]


def test_places_of_an_area_are_locations_and_sensitive_ones_are_not(
    out: Path, places: dict[str, Venue], commune: Unit
) -> None:
    secret = next(iter(places.values()))
    Venue.objects.filter(pk=secret.pk).update(sensitive=True)
    assert export(out, "--unit", commune.code).exit_code == 0
    told = {one["identifier"][0]["value"] for one in resources(out, "Location")}
    assert told == {str(venue.pk) for venue in places.values()} - {str(secret.pk)}
    assert export(out, "--unit", "nothing").exit_code == 1


def test_the_stays_of_a_case_are_encounters_of_a_pseudonym(out: Path, case: Case, tracer: Officer) -> None:
    asked = ("--case", case.code, "--by", tracer.username, "--purpose", PURPOSE)
    done = export(out, *asked)
    assert done.exit_code == 0, done.output
    stays = stays_of(case)
    assert (json.loads(done.stdout)["stays"], len(resources(out, "Encounter"))) == (len(stays), len(stays))
    (patient,) = resources(out, "Patient")
    assert set(patient) == {"resourceType", "id", "identifier"}
    written = out.read_text(encoding="utf-8")
    for secret in (str(case.person_id), *(str(stay.visit.check_in_id) for stay in stays)):
        assert secret not in written
    entry = AuditEntry.objects.get(action="case.stays_exported")
    assert (entry.actor, entry.purpose, entry.subject) == (tracer, PURPOSE, f"case:{case.pk}")


def test_a_sensitive_place_of_a_case_has_no_name(out: Path, case: Case, tracer: Officer) -> None:
    where = stays_of(case)[0].visit.venue
    Venue.objects.filter(pk=where.pk).update(sensitive=True)
    export(out, "--case", case.code, "--by", tracer.username, "--purpose", PURPOSE)
    (place,) = (one for one in resources(out, "Location") if one["identifier"][0]["value"] == str(where.pk))
    assert not {"name", "address", "position"} & set(place)


def test_only_who_traces_the_case_and_says_what_for_gets_it(
    out: Path, case: Case, tracer: Officer, approver: Officer
) -> None:
    for asked in (
        ("--case", case.code, "--by", tracer.username),
        ("--case", case.code, "--by", tracer.username, "--purpose", "x"),
        ("--case", case.code, "--unit", "46"),
        (),
    ):
        assert export(out, *asked).exit_code == 2, asked
    for code, username in ((case.code, approver.username), (case.code, "nobody"), ("X", tracer.username)):
        assert export(out, "--case", code, "--by", username, "--purpose", PURPOSE).exit_code == 1
    assert not out.exists()


def test_a_file_that_cannot_be_written_is_said_before_the_log_says_that_it_was(
    out: Path, case: Case, tracer: Officer
) -> None:
    asked = ("--case", case.code, "--by", tracer.username, "--purpose", PURPOSE)
    refused = export(out.parent / "none" / "made.json", *asked)
    assert (refused.exit_code, "Không có thư mục" in refused.stderr) == (2, True)
    assert not AuditEntry.objects.filter(action="case.stays_exported").exists()
