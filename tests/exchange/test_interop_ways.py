"""The same few people as each system may write them: nested or flat, with references of every kind, in any table."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from dauchan.exchange.interop.any_file import read_any
from dauchan.exchange.interop.contact_list import read_contact_list
from dauchan.exchange.interop.records import Classification, Fault, Reason, Told
from dauchan.project.commands.convert import command as convert

PATIENT = {
    "resourceType": "Patient", "id": "p1", "identifier": [{"system": "urn:x", "value": "046090012345"}],
    "name": [{"use": "nickname", "text": "Tí"}, {"use": "official", "family": "Trần", "given": ["Thị", "Thử"]}],
    "telecom": [{"system": "phone", "value": "tel:+84905000001"}],
}  # fmt: skip
TESTS = [
    {"resourceType": "Observation", "subject": {"reference": "Patient/p1"}, "valueQuantity": {"value": 39}, "effectiveDateTime": "2021-07-01"},
    {"resourceType": "Observation", "subject": {"reference": "Patient/p1"}, "specimen": {"reference": "Specimen/s"},
     "code": {"coding": [{"code": "94500-6", "display": "SARS-CoV-2 RNA"}]}, "valueCodeableConcept": {"coding": [{"code": "260373001"}]}},
    {"resourceType": "Specimen", "id": "s", "collection": {"collectedDateTime": "2021-08-02T09:00:00+07:00"}},
]  # fmt: skip


def read(content: object, facts: dict[str, str] | None = None) -> Told:
    told = read_any(content if isinstance(content, bytes) else json.dumps(content).encode(), facts)
    assert told is not None
    return told


def condition(**subject: object) -> dict[str, Any]:
    codes = [{"system": "local", "code": "zz"}, {"code": "confirmed"}]
    return {"resourceType": "Condition", "id": "c1", "subject": subject, "verificationStatus": {"coding": codes},
            "code": {"coding": [{"code": "U07.1"}]}}  # fmt: skip


def bundle(*resources: object) -> dict[str, Any]:
    return {"resourceType": "Bundle", "entry": [{"resource": one} for one in resources]}


@pytest.mark.parametrize(
    "content",
    [
        *(bundle(PATIENT, condition(reference=reference)) for reference in (
            "Patient/p1", "https://x.example/fhir/Patient/p1", "Patient/p1/_history/3", "urn:uuid:p1",
            "Patient?identifier=urn:x|046090012345",
        )),
        bundle(PATIENT, condition(identifier={"system": "urn:x", "value": "046090012345"})),
        bundle(bundle(PATIENT), condition(reference="Patient/p1")),
        {**condition(reference="#p1"), "contained": [PATIENT]},
        [PATIENT, condition(reference="Patient/p1")],
        "\n".join(map(json.dumps, [PATIENT, condition(reference="Patient/p1")])).encode(),
    ],
)  # fmt: skip
def test_a_patient_of_fhir_is_found_however_one_refers_to_them(content: object) -> None:
    told = read(content)
    assert [(one.person.full_name, one.person.phone, one.disease, one.classification) for one in told.cases] == [
        ("Trần Thị Thử", "+84905000001", "covid-19", Classification.CONFIRMED)
    ]
    assert not told.faults


def test_what_a_bundle_does_not_tell_of_anybody_is_counted_and_a_temperature_is_no_test() -> None:
    tested = read(bundle(PATIENT, *TESTS)).cases
    assert [(one.sampled_on, one.result, one.disease) for one in tested] == [
        (dt.date(2021, 8, 2), "positive", "covid-19")
    ]
    told = read(bundle(PATIENT, condition(reference="Patient/other"), {"resourceType": "Immunization"}))
    assert told.faults == [Fault("entry[1]", "subject", Reason.NO_SUCH_PERSON, "Patient/other")]
    assert told.passed_over == {"Patient": 1, "Immunization": 1}


def entity(uid: str, name: str, **more: object) -> dict[str, object]:
    attributes = [
        {"attribute": "fn", "displayName": "First name", "value": name},
        {"attribute": "lc", "displayName": "Date of last contact", "value": "2021-08-02"},
    ]
    return {"trackedEntity": uid, "trackedEntityType": "T", "attributes": attributes, **more}


MET = {"from": {"trackedEntity": {"trackedEntity": "A"}}, "to": {"trackedEntity": {"trackedEntity": "B"}}}
ONSET = {
    "event": "v",
    "enrollment": "e",
    "dataValues": [{"dataElement": "x", "displayName": "Date of symptom onset", "value": "2021-08-01"}],
}
ENROLLED = {"enrollment": "e", "trackedEntity": "A", "enrolledAt": "2021-08-03"}


@pytest.mark.parametrize(
    "content",
    [
        {"instances": [entity("A", "An", enrollments=[{**ENROLLED, "events": [ONSET]}]), entity("B", "Bình", relationships=[MET])]},
        {"trackedEntities": [entity("A", "An"), entity("B", "Bình")], "enrollments": [ENROLLED], "events": [ONSET], "relationships": [MET]},
        [entity("A", "An", enrollments=[{**ENROLLED, "events": [ONSET]}], relationships=[MET]), entity("B", "Bình")],
        {"trackedEntityInstances": [entity("A", "An"), entity("B", "Bình")], "enrollments": [ENROLLED], "events": [ONSET],
         "relationships": [MET, MET]},
    ],
)  # fmt: skip
def test_a_payload_of_dhis2_is_one_whether_it_is_nested_flat_or_an_answer(content: object) -> None:
    told = read(content)
    assert [(one.person.full_name, one.onset_on, one.reported_on) for one in told.cases] == [
        ("An", dt.date(2021, 8, 1), dt.date(2021, 8, 3)),
    ]
    assert [(one.of_case, one.person.full_name, one.last_on) for one in told.contacts] == [
        ("A", "Bình", dt.date(2021, 8, 2))
    ]
    assert not told.faults


def test_one_object_of_dhis2_alone_and_tables_of_it_are_read_too() -> None:
    enrolled = read({**ENROLLED, "attributes": entity("A", "An")["attributes"], "events": [ONSET]})
    assert [(one.number, one.person.full_name, one.onset_on) for one in enrolled.cases] == [
        ("A", "An", dt.date(2021, 8, 1))
    ]
    assert read({**ONSET, "occurredAt": "2021-08-03"}).happenings[0].begins_on == dt.date(2021, 8, 3)
    table = "trackedEntity;trackedEntityType;attribute;displayName;value\nA;T;fn;First name;An\nA;T;p;Phone;0905000001\n\nB;T;fn;;Bình\n"
    people = read(table.encode()).cases
    assert [(one.at, one.person.full_name, one.person.phone) for one in people] == [
        ("row 2", "An", "0905000001"),
        ("row 5", "Bình", ""),
    ]
    events = "event\tprogramStage\torgUnit\teventDate\tdataElement\tvalue\nE\tp\to\t2021-08-01\tx\tSốt\n"
    assert [one.number for one in read(events.encode("utf-16")).happenings] == ["E"]


def test_godata_with_little_in_it_from_its_database_and_as_a_table() -> None:
    bare = [{"id": "1", "visualId": "C1", "lastName": "Trần", "dateOfReporting": "2021-08-03T00:00:00.000Z", "addresses": None, "documents": []},
            {"_id": "2", "lastName": "Lê", "wasContact": False, "dateOfReporting": {"$date": "2021-08-04T00:00:00.000Z"}}]  # fmt: skip
    assert [(one.number, one.reported_on) for one in read(bare).cases] == [
        ("C1", dt.date(2021, 8, 3)),
        ("2", dt.date(2021, 8, 4)),
    ]
    english = "Case ID,First Name,Last Name,Classification,Date of Onset,Date of Reporting,Addresses Phone number [1]\nC1,An,Trần,Confirmed,2021-08-01,2021-08-03,0905000001\n,,,Suspect,,,NA\n"
    told = read(english.encode())
    assert [(one.person.full_name, one.person.phone, one.classification) for one in told.cases] == [
        ("Trần An", "0905000001", Classification.CONFIRMED), ("", "", Classification.SUSPECT),
    ]  # fmt: skip
    assert told.faults == [Fault("row 3", "name", Reason.NO_NAME)]
    ours = "Full name,Sample date,Classification,Report date\nAn,01/08/2021,F0,03/08/2021\n"
    assert read_any(ours.encode()) is None, "a list that people made is none of Go.Data's"
    french = [["Nom", "Prénom", "Téléphone", "Date du dernier contact"], ["Trần", "An", "0905000001", "2021-08-02"]]
    contacts = read_contact_list(french, dt.date(2021, 9, 1))
    assert contacts is not None
    assert [one.person.full_name for one in contacts.contacts] == ["Trần An"]


HEAD = ["disease", "person.firstName", "person.lastName", "reportDate", "caseClassification"]
ROW = ["COVID-19", "An", "Trần", "13/03/2021", "Confirmed case with no symptoms"]


def workbook(*rows: list[str]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    with io.BytesIO() as written:
        book.save(written)
        return written.getvalue()


def lines(*rows: list[str], mark: str = ";") -> str:
    return "\n".join(mark.join(row) for row in rows)


@pytest.mark.parametrize(
    "content",
    [
        f"## a, b, c, d, e, f, g, h, i, j, k, l, m, n, o\n{lines(['CaseData'] * 5, HEAD, ROW)}".encode(),
        f"\ufeffsep=;\n{lines(HEAD, ROW)}\n;;;;\n".encode(),
        lines(["CaseData"] * 5, HEAD, ROW, mark="\t").encode("utf-16"),
        lines(["CaseData"] * 5, HEAD, ["Krankheit", "Vorname", "Nachname", "Meldedatum", "Falldefinition"], ROW).encode(),
        lines(HEAD, ROW).encode("cp1258", errors="replace").replace(b"Tr?n", "Trần".encode("cp1258", errors="ignore")),
        workbook(["CaseData"] * 5, HEAD, ROW),
        lines([*HEAD[::-1], "eventCount", "latestEventTitle"], [*ROW[::-1], "0", ""]).encode(),
    ],
)  # fmt: skip
def test_cases_of_sormas_come_in_from_any_table_and_with_captions_instead_of_codes(content: bytes) -> None:
    told = read(content)
    assert [(one.person.full_name[-2:], one.disease, one.classification, one.reported_on) for one in told.cases] == [
        ("An", "covid-19", Classification.CONFIRMED, dt.date(2021, 3, 13))
    ]
    assert not told.faults
    assert not told.happenings


def test_who_was_at_an_event_of_sormas_is_a_contact_to_be_judged_and_no_case() -> None:
    told = read(
        lines(["person.firstName", "person.lastName", "involvementDescription"], ["An", "Trần", "nấu ăn"]).encode()
    )
    assert [(one.person.full_name, one.of_case, one.last_on) for one in told.contacts] == [("Trần An", "", None)]
    both = [
        ["eventTitle", "startDate", "person.firstName", "person.lastName"],
        ["Giỗ", "2021-08-01", "An", "Trần"],
        ["Họp", "", "", ""],
    ]
    told = read(lines(*both).encode())
    assert ([one.what for one in told.happenings], len(told.contacts), told.cases) == (["Giỗ", "Họp"], 1, [])
    reports = "type;caseReference;firstName;lastName;contactDate\nCASE;R1;An;Trần;\nCONTACT;R1;Bình;Lê;2021-08-02\n"
    told = read(reports.encode())
    assert [one.number for one in told.cases] == [one.of_case for one in told.contacts] == ["R1"]


def test_a_cell_that_is_too_long_is_told_and_costs_no_other_row() -> None:
    told = read(lines(HEAD, ["COVID-19", "A" * 200_000, "Trần", "2021-03-13", "CONFIRMED"], ROW).encode())
    assert [(one.at, one.name, one.reason) for one in told.faults] == [("row 2", "person.firstName", Reason.TOO_LONG)]
    assert [one.at for one in told.cases] == ["row 2", "row 3"]


@pytest.mark.parametrize("form", ["dhis2", "godata", "fhir"])
def test_people_whom_nobody_numbered_stay_apart_in_forms_that_are_told_by_numbers(form: str, tmp_path: Path) -> None:
    source, out = tmp_path / "cases.csv", tmp_path / "out.json"
    numbered = [
        [*HEAD, "externalID"],
        *([*ROW[:1], name, *ROW[2:], number] for name, number in zip("ABCD", ["", "", "X", "X"], strict=True)),
    ]
    source.write_text(lines(*numbered), encoding="utf-8")
    assert CliRunner().invoke(convert, [str(source), "--to", form, "--out", str(out)]).exit_code == 0
    assert [one.person.full_name for one in read(out.read_bytes()).cases] == ["Trần A", "Trần B", "Trần C", "Trần D"]
