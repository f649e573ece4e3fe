"""Files of other systems: read as they are, written as they take them, never a crash and nothing dropped in silence."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given
from hypothesis import strategies as st

from dauchan.exchange.interop.any_file import read_any
from dauchan.exchange.interop.case_rows import HEADINGS, case_rows
from dauchan.exchange.interop.contact_list import read_contact_list
from dauchan.exchange.interop.days import Order, day_of, order_of
from dauchan.exchange.interop.records import (
    CaseTold,
    Classification,
    ContactTold,
    PersonTold,
    PlaceTold,
    Reason,
    StayTold,
    Told,
)
from dauchan.exchange.interop.writing import (
    dhis2_payload,
    fhir_bundle,
    fhir_stays,
    godata_cases,
    godata_contacts,
    sormas_case_columns,
    sormas_contact_columns,
)
from dauchan.exchange.tables import csv_chunks

BESIDE = (above / "shared/data/exchange" for above in Path(__file__).parents)
FILES = Path(os.environ.get("DAUCHAN_EXCHANGE_FILES") or next((path for path in BESIDE if path.is_dir()), "none"))
given_files = pytest.mark.skipif(not FILES.is_dir(), reason="the files of other systems are not beside the checkout")
NOON = dt.datetime(2026, 3, 2, 5, tzinfo=dt.UTC)

SORMAS_CASES = """CaseData;CaseData;Person;Person;Person;Person;Person;CaseData;CaseData;Symptoms;Symptoms
disease;caseClassification;person.firstName;person.lastName;person.birthdateDD;person.birthdateMM;person.birthdateYYYY;reportDate;person.phone;symptoms.onsetDate;symptoms.fever
##Krankheit;Falldefinition;Vorname;Nachname;Tag;Monat;Jahr;Meldedatum;Telefon;Beginn;Fieber
##CORONAVIRUS,EVD;CONFIRMED;Text;Text;Number;Number;Number;Date;Text;Date;YES,NO
CORONAVIRUS;CONFIRMED;Thử;Trần Thị;2;9;1990;03.08.2021;0905000001;01.08.2021;YES
MEASLES;SUSPECT;Mẫu;Lê;;;1985;31/04/2021;;;NO
CORONAVIRUS;CONFIRMED;;;;;;03.08.2021;;;
"""
GODATA = [
    {
        "id": "a1", "visualId": "C-1", "type": "LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_CASE", "firstName": "Thử", "lastName": "Trần Thị",
        "gender": "LNG_REFERENCE_DATA_CATEGORY_GENDER_FEMALE", "dob": "1990-09-02T00:00:00.000Z", "dateOfOnset": "2021-08-01T00:00:00.000Z",
        "classification": "LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_CONFIRMED", "dateOfReporting": "2021-08-03T00:00:00.000Z",
        "addresses": [{"phoneNumber": "0905000001", "city": "Thuận Hóa", "addressLine1": "12 Lê Lợi"}], "pregnancyStatus": "none",
    },
    {
        "id": "b2", "visualId": "K-1", "type": "LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_CONTACT", "firstName": "Mẫu", "lastName": "Lê",
        "dateOfLastContact": "2021-08-02T00:00:00.000Z",
        "relationships": [{"persons": [{"id": "a1", "source": True}, {"id": "b2", "target": True}]}],
    },
]  # fmt: skip


def read(content: object) -> Told:
    told = read_any(content.encode() if isinstance(content, str) else json.dumps(content).encode())
    assert told is not None
    return told


def test_sormas_cases_with_captions_faults_and_days_of_two_kinds() -> None:
    told = read(SORMAS_CASES)
    first, second = told.cases
    assert (first.at, first.person.full_name, first.person.born) == ("row 5", "Trần Thị Thử", "1990-09-02")
    assert (first.disease, first.classification, first.symptoms) == ("covid-19", Classification.CONFIRMED, ("fever",))
    assert (first.onset_on, first.reported_on) == (dt.date(2021, 8, 1), dt.date(2021, 8, 3))
    assert (second.disease, second.classification, second.person.born) == ("measles", Classification.SUSPECT, "1985")
    faults = [(fault.at, fault.name, fault.reason) for fault in told.faults]
    assert faults == [("row 6", "reportDate", Reason.NOT_A_DAY), ("row 7", "person.lastName", Reason.NO_NAME)]


@pytest.mark.parametrize(
    "head", ["Ngày tiếp xúc lần cuối", "NGÀY TIẾP XÚC GẦN NHẤT", "Tiếp xúc lần cuối", "Ngày tiếp xúc"]
)
def test_a_list_of_contacts_is_known_by_the_words_that_the_page_itself_uses(head: str) -> None:
    told = read_contact_list([["Họ tên", head], ["Trần Thị Thử", "02/08/2021"]], NOON.date())
    assert told is not None
    assert [(one.person.full_name, one.last_on) for one in told.contacts] == [("Trần Thị Thử", dt.date(2021, 8, 2))]


def test_godata_tells_whose_contact_somebody_is_and_what_was_passed_over() -> None:
    told = read(GODATA)
    assert told.cases[0].person == PersonTold(
        "Trần Thị Thử", "1990-09-02", "female", "0905000001", "", "12 Lê Lợi", ("Thuận Hóa",)
    )
    assert (told.contacts[0].of_case, told.contacts[0].last_on) == ("C-1", dt.date(2021, 8, 2))
    assert told.passed_over == {"pregnancyStatus": 1}


def test_dhis2_names_are_learned_from_the_whole_payload_and_a_mapping_goes_before() -> None:
    def person(uid: str, *attributes: dict[str, str]) -> dict[str, object]:
        return {"trackedEntity": uid, "attributes": list(attributes)}

    first = {"attribute": "f1", "displayName": "TA First name", "value": "Mẫu"}
    suspect = {"attribute": "c", "displayName": "Case classification", "value": "Suspected"}
    content = {
        "trackedEntities": [
            person("A", {"attribute": "f1", "value": "Thử"}, {"attribute": "zz", "value": "2021-08-01"}),
            person("B", first),
        ],
        "relationships": [
            {"from": {"trackedEntity": {"trackedEntity": "A"}}, "to": {"trackedEntity": {"trackedEntity": "B"}}}
        ],
    }
    told = read(content)
    assert [case.person.full_name for case in told.cases] == ["Thử"], "whoever is only met is no case"
    assert told.passed_over == {"zz": 1}
    assert (told.contacts[0].of_case, told.contacts[0].number) == ("A", "B")
    asked = {**content, "trackedEntities": [person("A", first), person("B", first, suspect)]}
    assert [case.person.full_name for case in read(asked).cases] == ["Mẫu", "Mẫu"]
    mapped = read_any(json.dumps(content).encode(), {"zz": "onset_on"})
    assert mapped is not None
    assert mapped.cases[0].onset_on == dt.date(2021, 8, 1)


def test_one_day_above_twelve_tells_how_a_whole_file_writes_days() -> None:
    assert order_of(["03/04/2020", "03/13/2020"]) == Order(False, True, dots_day_first=False)
    assert order_of(["03/04/2020", "13/03/2020"]) == Order(True, True)
    assert order_of(["03/04/2020"]) == Order(True, False)
    assert order_of(["31/01/2020", "01/31/2020"]) == Order(True, False)
    assert order_of(["03.04.2020", "2020-04-03"]) == Order(None, True)
    # A program that writes the month first does so with dots too; people write dots with the day first.
    assert order_of(["03.14.2020"]) == Order(False, True, dots_day_first=False)
    assert order_of(["03/14/2020", "24.03.2020"]) == Order(False, True, dots_day_first=True)
    assert day_of("03/04/2020", Order(day_first=False)) == dt.date(2020, 3, 4)
    assert day_of("03.04.20", Order(day_first=False)) == dt.date(2020, 4, 3)
    # Half past eight in the evening in London is the next morning in Hue.
    assert day_of("2021-08-03T20:30:00Z") == dt.date(2021, 8, 4)


@given_files
def test_the_files_that_other_systems_test_themselves_with() -> None:
    def counts(name: str) -> tuple[int, int, int, int]:
        told = read_any((FILES / name).read_bytes())
        assert told is not None, name
        return len(told.cases), len(told.contacts), len(told.happenings), len(told.faults)

    assert counts("sormas/sormas_case_contact_import_test_success.csv") == (0, 5, 0, 0)
    assert counts("sormas/TestContact_ImportPrio_template.csv") == (0, 1, 0, 1)  # its last contact is before its first
    assert counts("sormas/TestCase_ImportPrio_template.csv") == (1, 0, 0, 0)
    assert counts("sormas/ImportTestData_Events_INT.csv") == (0, 0, 4, 0)
    assert counts("dhis2/importer/trackedEntities/trackedEntitiesAndRelationship.json") == (1, 1, 0, 0)
    assert counts("dhis2/importer/trackedEntities/trackedEntityAndEnrollment.json") == (0, 0, 0, 1)
    assert counts("dhis2/events/events.csv") == counts("dhis2/events/events.json") == (0, 0, 4, 0)
    told = read_any(
        (FILES / "dhis2/importer/trackedEntities/trackedEntitiesWithEnrollmentsAndEvents.json").read_bytes()
    )
    assert told is not None
    assert [case.person.full_name for case in told.cases] == ["Bravo John", "Test,Test Test:Test"]


days = st.none() | st.dates(dt.date(1950, 1, 1), dt.date(2039, 12, 31))
words = st.text(st.sampled_from("abcÀáộđ'- "), max_size=12).map(lambda text: " ".join(text.split()).strip("'- "))
people = st.builds(
    PersonTold,
    full_name=st.sampled_from(["Trần Thị Thử", "Lê Mẫu", "Nguyễn Văn Một Hai", "-A Lưới"]),
    born=st.sampled_from(["", "1990-09-02"]),
    sex=st.sampled_from(["", "male", "female", "other"]),
    phone=st.sampled_from(["", "+84905000001"]),
    document=st.sampled_from(["", "046090012345"]),
    address=words,
)
cases = st.builds(
    CaseTold,
    at=st.just(""),
    person=people,
    number=st.integers(1, 99999).map("F0-2026-{:05d}".format),
    disease=st.sampled_from(["covid-19", "measles"]),
    classification=st.sampled_from(Classification),
    onset_on=days,
    sampled_on=days,
    reported_on=days,
    result=st.sampled_from(["", "positive"]),
)
contacts = st.builds(
    ContactTold,
    at=st.just(""),
    person=people,
    number=st.integers(1, 99).map("F0-2026-00001-{}".format),
    of_case=st.just("F0-2026-00001"),
    classification=st.sampled_from(["confirmed", "unconfirmed"]),
    last_on=days,
    reported_on=days,
)


def facts(one: CaseTold) -> tuple[object, ...]:
    return one.person, one.classification, one.onset_on, one.sampled_on, one.reported_on


@given(st.lists(cases, min_size=1, max_size=5, unique_by=lambda one: one.number))
def test_what_is_written_for_another_system_is_read_back_the_same(written: list[CaseTold]) -> None:
    sormas = b"".join(csv_chunks(sormas_case_columns(), written))
    back = read_any(sormas)
    assert back is not None
    assert [(*facts(one), one.disease, one.number) for one in back.cases] == [
        (*facts(one), one.disease, one.number) for one in written
    ]
    fhir = read(fhir_bundle(written, NOON))
    certain = {Classification.CONFIRMED, Classification.NOT_A_CASE}
    assert [one.person for one in fhir.cases] == [one.person for one in written]
    assert [one.classification in certain for one in fhir.cases] == [one.classification in certain for one in written]


@given(st.lists(cases, min_size=1, max_size=5, unique_by=lambda one: one.number), contacts)
def test_people_and_their_contacts_survive_the_way(written: list[CaseTold], contact: ContactTold) -> None:
    payload = dhis2_payload(written, [contact], {"first_name": "w75KJ2mc4zz"})
    dhis2 = read_any(json.dumps(payload).encode(), {"w75KJ2mc4zz": "first_name"})
    assert dhis2 is not None
    phones = [*(one.person.phone for one in written), contact.person.phone]
    assert [*(one.person.phone for one in dhis2.cases), dhis2.contacts[0].person.phone] == phones
    assert [(one.last_on, one.reported_on) for one in dhis2.contacts] == [(contact.last_on, contact.reported_on)]
    godata = read([*godata_cases(written), *godata_contacts([contact])])
    assert [one.onset_on for one in godata.cases] == [one.onset_on for one in written]
    assert [(one.person.full_name, one.last_on) for one in godata.contacts] == [
        (contact.person.full_name, contact.last_on)
    ]
    back = read_any(b"".join(csv_chunks(sormas_contact_columns(), [contact])))
    assert back is not None
    assert [(one.person, one.of_case, one.last_on, one.classification) for one in back.contacts] == [
        (contact.person, contact.of_case, contact.last_on, contact.classification)
    ]


@given(st.lists(cases, max_size=3))
def test_bundles_are_fhir_by_a_validator_that_is_not_ours(written: list[CaseTold]) -> None:
    bundle = Bundle.model_validate_json(json.dumps(fhir_bundle(written, NOON)))
    assert len(bundle.entry or []) >= 2 * len(written)


places = st.builds(
    PlaceTold,
    number=st.integers(1, 10**6).map(str),
    name=st.just("") | words,
    kind=st.just("") | words,
    address=st.just("") | words,
    lat=st.none() | st.floats(-90, 90),
    lon=st.none() | st.floats(-180, 180),
    status=st.sampled_from(["active", "suspended", "inactive"]),
)


@given(st.lists(places, min_size=1, max_size=4, unique_by=lambda one: one.number), st.booleans())
def test_places_and_stays_are_fhir_too_and_come_back(written: list[PlaceTold], is_over: bool) -> None:  # noqa: FBT001 - drawn
    end = NOON + dt.timedelta(hours=1) if is_over else None
    stays = [StayTold(f"s{at}", f"p{at % 2}", place.number, NOON, end) for at, place in enumerate(written)]
    bundle = fhir_stays(written, stays, NOON)
    Bundle.model_validate(bundle)
    kinds = Counter(entry["resource"]["resourceType"] for entry in bundle["entry"])
    assert kinds == {"Location": len(written), "Patient": min(2, len(written)), "Encounter": len(written)}
    back = read(bundle).happenings
    assert [(one.place, one.begins_on) for one in back] == [(place.name, NOON.date()) for place in written]
    assert {one.ends_on for one in back} == {NOON.date() if is_over else None}
    Bundle.model_validate(fhir_stays([], [], NOON))


trees = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.just("2021-02-30T00:00:00.000Z"),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["trackedEntities", "events", "enrollments", "attributes", "attribute", "value", "displayName", "relationships", "from", "to",
             "resourceType", "entry", "resource", "subject", "reference", "name", "given", "coding", "code", "period", "note", "meta",
             "persons", "visualId", "addresses", "dateOfOnset", "type", "trackedEntity", "dataValues", "occurredAt"]
        ),
        inner,
        max_size=6,
    ),
    max_leaves=25,
)  # fmt: skip
heads: list[Callable[[object], object]] = [
    lambda tree: {"trackedEntities": [tree, tree]},
    lambda tree: {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": kind, "subject": tree, "x": tree}} for kind in ("Patient", "Condition", "Observation")]},
    lambda tree: [{"visualId": "LNG_REFERENCE_DATA_CATEGORY_X", "addresses": tree, "relationships": tree, "dateOfOnset": tree}],
]  # fmt: skip


@given(trees, st.sampled_from(heads))
def test_no_json_ends_in_a_crash(tree: object, head: Callable[[object], object]) -> None:
    told = read_any(json.dumps(head(tree)).encode())
    assert told is None or told.system in {"dhis2", "fhir", "godata"}


@given(
    st.lists(st.lists(st.text(max_size=6), max_size=14), max_size=5),
    st.sampled_from(";,\t"),
    st.sampled_from(["", '"']),
)
def test_no_table_ends_in_a_crash(rows: list[list[str]], delimiter: str, end: str) -> None:
    head = SORMAS_CASES.splitlines()[1].replace(";", delimiter)
    text = "\n".join([head, *(delimiter.join(row) for row in rows), end])
    assert read(text).system == "sormas"


def test_what_is_of_no_system_is_said_to_be_none() -> None:
    for content in (b"", b"\x89PNG\r\n", b"[]", b"{}", b"{", "Họ tên;Điện thoại\nA;1".encode(), b"[" * 100_000):
        assert read_any(content) is None


def test_cases_become_rows_that_say_what_was_put_in_place_of_what() -> None:
    sure = CaseTold(
        "row 5", PersonTold("Trần Thị Thử", "1990-09-02", document="X1"), "EX-1", "covid-19", Classification.CONFIRMED,
        reported_on=dt.date(2021, 8, 3),
    )  # fmt: skip
    head, row, doubtful = case_rows([sure, CaseTold("row 6", PersonTold("Lê Mẫu"))], "sormas")
    cells = dict(zip(head, row, strict=True))
    assert tuple(head) == HEADINGS
    assert (cells["Sample date"], cells["Result"], cells["ID number"]) == ("03/08/2021", "positive", "")
    assert cells["Note"] == "SORMAS EX-1; sample date = report date; ID X1"
    assert dict(zip(head, doubtful, strict=True))["Result"] == "inconclusive"
