"""People's requests: their clocks, their steps, and what each of them really does."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.utils import timezone

from dauchan.oversight.made_known.sending import why_not
from dauchan.people.actions import has_consented, has_withdrawn
from dauchan.people.cards import issue_card, opened_details
from dauchan.people.errors import HolderRestricted
from dauchan.people.holders import Holder
from dauchan.people.models import Identity
from dauchan.people.restrictions.models import Restriction
from dauchan.privacy.rights.answering import accept, call_off, extend, grant, refuse
from dauchan.privacy.rights.asking import Wish, ask_at_counter, ask_by_phone, person_shown
from dauchan.privacy.rights.erasing import erase_what_was_let_go
from dauchan.privacy.rights.erasure_list import lines_of, list_path
from dauchan.privacy.rights.errors import (
    AlreadyAsked,
    ChangedMeanwhile,
    ExtendedBefore,
    NobodyFound,
    NotAtThisPoint,
    NothingToChange,
)
from dauchan.privacy.rights.export import as_file
from dauchan.privacy.rights.letters import answer_pdf, copy_pdf
from dauchan.privacy.rights.refusals import BASES
from dauchan.privacy.rights.reminding import keep_clocks
from dauchan.privacy.rights.replaying import replay
from dauchan.privacy.rights.request_models import Kind, PersonRequest, Proof, Refusal, Right, State
from dauchan.tracing.models import Case, Disease, DoctrineRule
from dauchan.units.models import AuditEntry
from dauchan.visits.models import CheckIn
from tests.privacy.conftest import seen_at
from tests.tracing.outbreak import make_disease

if TYPE_CHECKING:
    from pytest_django import DjangoCaptureOnCommitCallbacks

    from dauchan.people.models import Person
    from dauchan.units.models import Officer, Unit
    from dauchan.venues.models import Venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clocks")]


@pytest.mark.parametrize(
    ("right", "days"),
    [
        ("view", 10),
        ("correct", 10),
        ("provide", 10),
        ("restrict", 15),
        ("object", 15),
        ("withdraw", 15),
        ("delete", 20),
    ],
)
def test_every_right_has_the_laws_days(visitor: Person, province: Unit, right: str, days: int) -> None:
    with time_machine.travel(dt.datetime(2026, 3, 2, 3, tzinfo=dt.UTC), tick=False):  # a Monday
        request = ask_by_phone(visitor, Wish(right))
    assert request.unit == province
    assert request.due_at == dt.datetime(2026, 3, 4, 10, tzinfo=dt.UTC)  # Wednesday, 17:00
    assert request.act_by_at.date() >= dt.date(2026, 3, 2) + dt.timedelta(days=days)
    assert (request.act_by_at.date() - dt.date(2026, 3, 2)).days - days <= 2  # no more than a weekend later


def test_one_request_of_a_kind_at_a_time(visitor: Person, province: Unit, protector: Officer) -> None:
    first = ask_by_phone(visitor, Wish(Right.VIEW))
    with pytest.raises(AlreadyAsked):
        ask_by_phone(visitor, Wish(Right.VIEW))
    call_off(first, first.revision)
    assert ask_by_phone(visitor, Wish(Right.VIEW)).pk != first.pk


def test_steps_follow_each_other_and_two_officers_do_not_overwrite(
    visitor: Person, province: Unit, protector: Officer
) -> None:
    request = ask_by_phone(visitor, Wish(Right.VIEW))
    accepted = accept(request, protector, 1)
    assert accepted.due_at == accepted.act_by_at
    with pytest.raises(ChangedMeanwhile):
        refuse(request, protector, 1, Refusal.OTHERS, "Lý do thử.")
    longer = extend(accepted, protector, 2, "Cần hỏi thêm cơ quan khác.")
    assert longer.act_by_at > accepted.act_by_at
    with pytest.raises(ExtendedBefore):
        extend(longer, protector, 3, "Cần thêm nữa.")
    refused = refuse(longer, protector, 3, Refusal.OTHERS, "Bản sao lộ dữ liệu của người khác.")
    with pytest.raises(NotAtThisPoint):
        grant(refused, protector, 4)
    kinds = list(request.events.values_list("kind", flat=True))
    assert kinds == [Kind.RECEIVED, Kind.ACCEPTED, Kind.EXTENDED, Kind.REFUSED]
    assert AuditEntry.objects.filter(action="rights.refused", detail__refusal=Refusal.OTHERS).exists()
    assert answer_pdf(refused, timezone.now(), "Lê Văn Thử").startswith(b"%PDF")


def test_every_refusal_names_its_basis() -> None:
    assert set(BASES) == set(Refusal)
    assert all(basis.vi and basis.en for basis in BASES.values())


def test_a_clock_reminds_and_tells_the_level_above(commune: Unit, visitor: Person, protector: Officer) -> None:
    with time_machine.travel(dt.datetime(2026, 3, 2, 3, tzinfo=dt.UTC)) as clock:
        request = ask_at_counter(visitor, Wish(Right.VIEW), commune, Proof.CARD, protector)
        for _day in range(12):
            clock.shift(dt.timedelta(days=1))
            keep_clocks(timezone.now())
    request.refresh_from_db()
    assert request.reminders >= 3
    assert request.escalated_to == commune.parent


def test_a_correction_changes_the_name_and_keeps_what_it_was(
    visitor: Person, province: Unit, protector: Officer
) -> None:
    request = ask_by_phone(visitor, Wish(Right.CORRECT, {"full_name": "Lê Văn Đúng", "birth_year": "1980"}))
    grant(request, protector, 1)
    identity = Identity.objects.get(person=visitor)
    assert (identity.full_name, identity.birth_year) == ("Lê Văn Đúng", "1980")
    assert {(one.field, one.before, one.after) for one in visitor.corrections.all()} == {
        ("full_name", "Lê Văn Thử", "Lê Văn Đúng"),
        ("birth_year", "", "1980"),
    }
    again = ask_by_phone(visitor, Wish(Right.CORRECT, {"full_name": "Lê Văn Đúng"}))
    with pytest.raises(NothingToChange):
        grant(again, protector, 1)


def test_a_restriction_is_honoured_when_a_card_is_opened(commune: Unit, protector: Officer) -> None:
    card = issue_card(commune, protector, Holder("Trần Thị Thẻ", 1950, "+84905000007"))
    person = person_shown(Proof.CARD, card.serial)
    assert person == card.person
    grant(ask_at_counter(person, Wish(Right.RESTRICT), commune, Proof.CARD, protector), protector, 1)
    assert Restriction.objects.get(person=person, lifted_at=None).scope == "all"
    with pytest.raises(HolderRestricted):
        opened_details(card, protector, "Đối chiếu tại quầy")


def test_who_objects_to_messages_is_sent_none(visitor: Person, province: Unit, protector: Officer) -> None:
    now = timezone.now()
    assert visitor.pk not in why_not([visitor.pk], now)
    grant(ask_by_phone(visitor, Wish(Right.OBJECT, {"scope": "messages"})), protector, 1)
    assert why_not([visitor.pk], now) == {visitor.pk: "opted_out"}


def test_withdrawing_at_a_counter_ends_consent(visitor: Person, commune: Unit, protector: Officer) -> None:
    grant(ask_at_counter(visitor, Wish(Right.WITHDRAW), commune, Proof.PHONE_CODE, protector), protector, 1)
    assert has_withdrawn(visitor)


def test_consent_is_asked_for_again_after_a_year(visitor: Person) -> None:
    assert has_consented(visitor)
    with time_machine.travel(timezone.now() + dt.timedelta(days=366), tick=False):
        assert not has_consented(visitor)


def test_the_copy_has_name_and_visits_and_nobody_elses(visitor: Person, venue: Venue) -> None:
    seen_at(visitor, venue)
    seen_at(venue.owner, venue)  # type: ignore[arg-type]
    text = json.dumps(as_file(visitor.pk, timezone.now()), ensure_ascii=False)
    assert "Lê Văn Thử" in text
    assert "+84905000077" in text
    assert "Trần Thị Chủ" not in text
    sections = {one["table"]: one for one in json.loads(text)["sections"]}
    assert len(sections["check_in"]["rows"]) == 1
    assert "phone_hash" not in sections["people_identity"]["rows"][0]
    from dauchan.privacy.rights.export import everything_about

    assert copy_pdf(everything_about(visitor.pk), "", timezone.now()).startswith(b"%PDF")


def test_an_erasure_leaves_nothing_and_is_done_again_after_a_restore(
    visitor: Person,
    venue: Venue,
    province: Unit,
    protector: Officer,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    seen_at(visitor, venue)
    request = ask_by_phone(visitor, Wish(Right.DELETE))
    with django_capture_on_commit_callbacks(execute=True):
        assert grant(request, protector, 1).state == State.GRANTED
    assert not Identity.objects.filter(person=visitor).exists()
    assert not CheckIn.objects.filter(person_id=visitor.pk).exists()
    assert CheckIn.objects.filter(person_id=venue.owner_id or 0).count() == 0
    assert [line.what for line in lines_of(list_path())] == ["erased"]
    # A backup of before comes back.
    Identity.objects.create(person=visitor, full_name="Lê Văn Thử", phone="+84905000077", phone_hash=b"x")
    seen_at(visitor, venue)
    assert replay(list_path()) == 1
    assert not Identity.objects.filter(person=visitor).exists()
    assert not CheckIn.objects.filter(person_id=visitor.pk).exists()


def test_what_a_case_needs_is_erased_when_the_case_lets_go(visitor: Person, province: Unit, protector: Officer) -> None:
    case = case_of(visitor, province, protector)
    request = ask_by_phone(visitor, Wish(Right.DELETE))
    assert grant(request, protector, 1).state == State.HELD
    assert Identity.objects.filter(person=visitor).exists()
    assert erase_what_was_let_go(timezone.now()) == 0
    assert erase_what_was_let_go(case.infectious_to + dt.timedelta(days=22)) == 1
    assert not Identity.objects.filter(person=visitor).exists()
    assert PersonRequest.objects.get(pk=request.pk).state == State.GRANTED


def test_nobody_is_found_by_what_leads_to_nobody(db: None) -> None:
    for proof, shown in (
        (Proof.PHONE_CODE, "+84905999999"),
        (Proof.DOCUMENT, "046090012345"),
        (Proof.CARD, "TK-0000-0000"),
    ):
        with pytest.raises(NobodyFound):
            person_shown(proof, shown)


def case_of(person: Person, unit: Unit, officer: Officer) -> Case:
    disease: Disease = make_disease()
    now = timezone.now()
    return Case.objects.create(
        code="F0-THU-1",
        person=person,
        disease=disease,
        unit=unit,
        sampled_on=timezone.localdate(now),
        rule=DoctrineRule.objects.get(disease=disease),
        infectious_from=now - dt.timedelta(days=2),
        infectious_to=now + dt.timedelta(days=8),
        registered_by=officer,
    )
