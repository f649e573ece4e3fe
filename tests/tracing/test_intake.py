"""Who a report is about: by number, by document, by name; and what the officer says decides."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dauchan.people.actions import person_with_phone
from dauchan.people.models import Credential, Identity
from dauchan.simulation.example_outbreak import example_person, example_phone
from dauchan.tracing.actions import case_from_contact, policy_for, preview_case, register_case, run_trace
from dauchan.tracing.errors import AlreadyACase, ContactForgotten, NoNameGiven, NotAmongThem, NotPositive, WhoIsIt
from dauchan.tracing.intake.likeness import Likeness
from dauchan.tracing.intake.models import CaseName, LabOutcome, LabResult
from dauchan.tracing.intake.reports import CaseReport, Document, LabReport
from dauchan.tracing.intake.spellings import spellings
from dauchan.tracing.interviews.models import ContactInterview
from dauchan.tracing.models import Case, Disease
from dauchan.units.models import AuditEntry, Officer, Unit
from dauchan.venues.models import Venue
from tests.tracing.conftest import appointed

PHONE, OTHER_PHONE = "+84905123456", "+84905123457"


@pytest.fixture
def told(disease: Disease, commune: Unit) -> CaseReport:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    return CaseReport(PHONE, disease, commune, yesterday, full_name="Nguyễn Thị Mỹ", birth_year=1980)


def changed(report: CaseReport, **facts: object) -> CaseReport:
    return dataclasses.replace(report, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("spelt", ["nguyen thi my", "NGUYỄN THỊ MĨ", "Mỹ  Nguyễn Thị", "Nguyê\u0303n Thị Mỹ"])
def test_spellings_of_one_name_are_alike(spelt: str) -> None:
    found, wanted = spellings(spelt, 1980), spellings("Nguyễn Thị Mỹ", 1980)
    assert found[Likeness.NAME] == wanted[Likeness.NAME]
    assert found[Likeness.NAME_YEAR] == wanted[Likeness.NAME_YEAR]


@given(st.text(max_size=60), st.none() | st.integers(1880, 2030))
def test_any_text_has_spellings(name: str, year: int | None) -> None:
    found = spellings(name, year)
    assert spellings(name.upper().lower(), year).keys() <= set(Likeness)
    assert all(text.strip() for text in found.values())


def test_a_name_alike_must_be_answered(told: CaseReport, tracer: Officer) -> None:
    first = register_case(told, tracer)
    again = changed(told, phone=OTHER_PHONE, full_name="MY NGUYEN THI")
    preview = preview_case(again, tracer)
    assert (preview.person, preview.must_choose) == (None, True)
    (alike,) = preview.alike
    assert (alike.names[0], alike.cases) == (Likeness.NAME_YEAR, (first,))
    with pytest.raises(WhoIsIt):
        register_case(again, tracer)
    same = register_case(changed(again, same_as=first.person_id), tracer)
    assert same.person_id == first.person_id
    other = register_case(changed(again, is_another=True), tracer)
    assert other.person_id != first.person_id
    logged = AuditEntry.objects.filter(action="case.registered").order_by("pk").values_list("detail", flat=True)
    assert [("same_as" in detail, "not_same_as" in detail) for detail in logged] == [
        (False, False),
        (True, False),
        (False, True),
    ]


def test_another_year_of_birth_is_another_person(told: CaseReport, tracer: Officer) -> None:
    register_case(told, tracer)
    assert preview_case(changed(told, phone=OTHER_PHONE, birth_year=1999), tracer).alike == ()
    assert len(preview_case(changed(told, phone=OTHER_PHONE, birth_year=None), tracer).alike) == 1


def test_a_middle_name_left_out_is_found_with_the_year(told: CaseReport, tracer: Officer) -> None:
    register_case(told, tracer)
    (alike,) = preview_case(changed(told, phone=OTHER_PHONE, full_name="Nguyễn Mỹ"), tracer).alike
    assert alike.names == (Likeness.ENDS_YEAR,)


def test_names_are_compared_within_the_own_area_only(told: CaseReport, tracer: Officer, province: Unit) -> None:
    register_case(told, tracer)
    elsewhere = Unit.objects.create(
        code="19790", level="commune", name="Hương Trà", full_name="Phường Hương Trà", name_en="Huong Tra Ward",
        path="1.3", parent=province, valid_from=dt.date(2025, 7, 1), search_key="huong tra", sort_key="huong tra",
    )  # fmt: skip
    neighbour = appointed("lang-gieng", "tracer", elsewhere)
    report = changed(told, phone=OTHER_PHONE, unit=elsewhere)
    assert preview_case(report, neighbour).alike == ()


def test_no_name_stands_in_clear_beside_a_case(told: CaseReport, tracer: Officer) -> None:
    case = register_case(told, tracer)
    assert {row.kind for row in case.names.all()} == set(Likeness)
    assert all(len(bytes(row.hash)) == 32 for row in CaseName.objects.all())


def test_a_familys_phone_is_kept_to_call_and_signs_nobody_in(told: CaseReport, tracer: Officer) -> None:
    mother = register_case(told, tracer)
    child = changed(told, full_name="Trần Văn Bé", birth_year=2015)
    assert preview_case(child, tracer).must_choose
    case = register_case(changed(child, is_another=True), tracer)
    kept = Identity.objects.get(person=case.person_id)
    assert (kept.phone, kept.phone_hash, kept.full_name) == (PHONE, None, "Trần Văn Bé")
    assert person_with_phone(PHONE) == mother.person


def test_a_document_finds_its_holder_and_only_its_hash_is_kept(told: CaseReport, tracer: Officer) -> None:
    document = Document("identity_card_2021", "citizen:046080012345")
    first = register_case(changed(told, document=document), tracer)
    report = changed(told, phone="", full_name="Người Đổi Tên", birth_year=None, document=document)
    (alike,) = preview_case(report, tracer).alike
    assert (alike.by_document, alike.person) == (True, first.person)
    assert b"046080012345" not in bytes(Credential.objects.get().subject_hash)


def test_without_a_phone_a_name_is_enough(told: CaseReport, tracer: Officer) -> None:
    case = register_case(changed(told, phone="", address="12 Lê Thử"), tracer)
    kept = Identity.objects.get(person=case.person_id)
    assert (kept.phone, kept.phone_hash, kept.address, kept.birth_year) == ("", None, "12 Lê Thử", "1980")
    with pytest.raises(NoNameGiven):
        register_case(changed(told, phone="", full_name=""), tracer)


def test_somebody_not_shown_cannot_be_chosen(told: CaseReport, tracer: Officer) -> None:
    register_case(told, tracer)
    with pytest.raises(NotAmongThem):
        register_case(changed(told, same_as=5), tracer)


def test_the_laboratory_result_is_kept_and_a_negative_one_is_no_case(told: CaseReport, tracer: Officer) -> None:
    with pytest.raises(NotPositive):
        register_case(changed(told, lab=LabReport(result=LabOutcome.NEGATIVE)), tracer)
    case = register_case(changed(told, lab=LabReport(laboratory="CDC Huế")), tracer)
    result = LabResult.objects.get(case=case)
    assert (result.laboratory, result.sampled_on, result.result) == ("CDC Huế", told.sampled_on, "positive")


def test_a_contact_becomes_a_case_and_keeps_the_chain(case: Case, tracer: Officer, disease: Disease) -> None:
    run = run_trace(case, tracer, policy_for(case))
    contact = run.contacts.get(person_id=example_person("B"))
    report = CaseReport("", disease, case.unit, timezone.localdate())
    second = case_from_contact(contact, report, tracer)
    assert (second.person_id, second.source_contact) == (example_person("B"), contact)
    interview = ContactInterview.objects.get(case=case, person_id=contact.person_id)
    assert (interview.result, interview.tested_at is not None) == ("positive", True)
    with pytest.raises(AlreadyACase):
        case_from_contact(contact, report, tracer)
    Identity.objects.filter(person=example_person("C")).delete()
    unnamed = run.contacts.get(person_id=example_person("C"))
    assert case_from_contact(unnamed, report, tracer).person_id == example_person("C")


def test_an_erased_contact_becomes_no_case(case: Case, tracer: Officer, disease: Disease) -> None:
    run = run_trace(case, tracer, policy_for(case))
    contact = run.contacts.get(person_id=example_person("B"))
    contact.person_id = 17
    with pytest.raises(ContactForgotten):
        case_from_contact(contact, CaseReport("", disease, case.unit, timezone.localdate()), tracer)


def test_the_phone_of_a_known_person_needs_no_answer(
    places: dict[str, Venue], told: CaseReport, tracer: Officer
) -> None:
    preview = preview_case(changed(told, phone=example_phone("A"), full_name="", birth_year=None), tracer)
    assert (preview.must_choose, preview.person is not None) == (False, True)
