"""Case 12: 1,317 people were given red codes for protesting at a bank. An order cites its exposure; many at once are looked at."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dauchan.simulation.example_outbreak import example_phone
from dauchan.tracing.actions import CaseReport, register_case
from dauchan.tracing.follow_up.alerts import MANY
from dauchan.tracing.follow_up.appeals import answer_appeal, record_appeal
from dauchan.tracing.follow_up.errors import (
    BasisNotInForce,
    ContactNotConfirmed,
    NoExposure,
    NoLegalBasis,
    NothingToIsolate,
    OrderExists,
    OwnDraft,
)
from dauchan.tracing.follow_up.models import FollowUp, Order, OrderAlert
from dauchan.tracing.follow_up.order_actions import Draft, draft_order, sign_order
from dauchan.tracing.models import Case, Contact
from dauchan.units import audit
from dauchan.units.models import Appointment, AuditEntry, Officer, Role, Unit
from tests.tracing.outbreak import make_disease, make_places
from tests.tracing.watched import confirmed_contacts, make_law, make_schedule
from tests.web.conftest import MakeOfficer, SignIn


@pytest.fixture
def tracer(make_officer: MakeOfficer, province: Unit) -> Officer:
    return make_officer(Role.TRACER, province, "truyvet")


@pytest.fixture
def approver(make_officer: MakeOfficer, province: Unit) -> Officer:
    return make_officer(Role.APPROVER, province, "pheduyet")


@pytest.fixture
def law(db: None) -> Draft:
    return make_law()


@pytest.fixture
def case(commune: Unit, province: Unit, tracer: Officer) -> Case:
    make_places(commune)
    disease = make_disease()
    make_schedule(disease)
    sampled_on = timezone.localdate() - dt.timedelta(days=1)
    return register_case(CaseReport(example_phone("A"), disease, province, sampled_on), tracer)


@pytest.fixture
def followed(case: Case, tracer: Officer) -> FollowUp:
    run = confirmed_contacts(case, tracer, 1)
    return FollowUp.objects.select_related("case__unit", "contact__run__case").get(contact__run=run)


def test_case_12_an_order_cites_place_date_and_minutes(followed: FollowUp, law: Draft, tracer: Officer) -> None:
    order = draft_order(followed, law, tracer)
    contact = followed.contact
    assert (order.exposed_from, order.exposed_to) == (contact.first_at, contact.last_at)
    assert (order.exposure_seconds, order.exposure_venue_id) == (contact.overlap_seconds, contact.venue_id)


def test_case_12_an_order_without_an_exposure_fails(followed: FollowUp, law: Draft, tracer: Officer) -> None:
    Contact.objects.filter(pk=followed.contact_id).update(overlap_seconds=0)
    followed.contact.refresh_from_db()
    with pytest.raises(NoExposure):
        draft_order(followed, law, tracer)
    Contact.objects.filter(pk=followed.contact_id).update(overlap_seconds=900, verdict="to_verify")
    followed.contact.refresh_from_db()
    with pytest.raises(ContactNotConfirmed):
        draft_order(followed, law, tracer)
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "without",
    [
        {"contact": None},
        {"exposed_from": None},
        {"exposed_to": None},
        {"exposure_seconds": None},
        {"exposure_seconds": 0},
        {"exposure_venue": None},
        {"exposed_to": dt.datetime(2000, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_case_12_the_database_itself_refuses_it(
    followed: FollowUp, law: Draft, tracer: Officer, without: dict[str, object]
) -> None:
    """A program that forgot to ask, or somebody at the database: the same."""
    order = draft_order(followed, law, tracer)
    with pytest.raises(IntegrityError, match="order_states_its_exposure"), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(**without)


def test_case_12_no_order_where_the_schedule_has_no_quarantine(followed: FollowUp, law: Draft, tracer: Officer) -> None:
    followed.place = "none"
    with pytest.raises(NothingToIsolate):
        draft_order(followed, law, tracer)


def test_case_12_somebody_else_signs(followed: FollowUp, law: Draft, tracer: Officer, province: Unit) -> None:
    order = draft_order(followed, law, tracer)
    Appointment.objects.create(officer=tracer, role=Role.APPROVER, unit=province)
    with pytest.raises(OwnDraft):
        sign_order(order, Officer.objects.get(pk=tracer.pk))
    with pytest.raises(IntegrityError, match="order_second_person"), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(
            signed_by=tracer, signed_at=timezone.now(), number=1, year=2026, status="signed"
        )
    with pytest.raises(IntegrityError, match="order_in_force_is_signed"), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(status="signed")


def test_case_12_it_rests_on_law_in_force(followed: FollowUp, law: Draft, tracer: Officer) -> None:
    with pytest.raises(NoLegalBasis):
        draft_order(followed, Draft(law.place, law.purpose, [], law.appeal_route, "director"), tracer)
    basis = law.bases[0]
    basis.valid_to = timezone.localdate()
    with pytest.raises(BasisNotInForce):
        draft_order(followed, law, tracer)
    basis.valid_to = None
    draft_order(followed, law, tracer)
    with pytest.raises(OrderExists):
        draft_order(followed, law, tracer)


def test_case_12_an_appeal_that_is_right_ends_the_order(
    followed: FollowUp, law: Draft, tracer: Officer, approver: Officer
) -> None:
    order = sign_order(draft_order(followed, law, tracer), approver)
    assert order.sign == "1/QĐ-TTKSBT"
    appeal = record_appeal(order, tracer, timezone.localdate(), "Tôi không có mặt ở đó")
    answer_appeal(appeal, approver, "Đúng: quét nhầm", is_upheld=True)
    order.refresh_from_db()
    assert order.status == "revoked"


def _many(followed: FollowUp, count: int) -> list[FollowUp]:
    """So many confirmed contacts with a real exposure each."""
    first = followed.contact
    made = []
    for number in range(count):
        contact = Contact.objects.get(pk=first.pk)
        contact.pk, contact.number, contact.person_id = None, 1000 + number, first.person_id + 1000 + number
        contact.save()
        one = FollowUp.objects.get(pk=followed.pk)
        one.pk, one.contact, one.person_id = None, contact, contact.person_id
        one.link_reference = 10_000 + number
        one.save()
        made.append(one)
    return made


def test_case_12_a_hundred_in_an_hour_raise_an_alert(
    followed: FollowUp, law: Draft, tracer: Officer, signed_in: SignIn, make_officer: MakeOfficer, province: Unit
) -> None:
    many = _many(followed, MANY)
    for one in many[:-1]:
        draft_order(one, law, tracer)
    assert not OrderAlert.objects.exists()
    draft_order(many[-1], law, tracer)
    alert = OrderAlert.objects.get()
    assert (alert.reason, alert.orders, alert.step, alert.officers) == ("many", MANY, "drafted", 1)
    assert AuditEntry.objects.filter(action="orders.alert").count() == 1
    assert audit.first_broken_entry() is None
    for role in (Role.LEADER, Role.OPERATOR):
        page = signed_in(make_officer(role, province)).get(reverse("follow_up:alerts"))
        assert f"{MANY} quyết định được soạn trong một giờ" in " ".join(page.content.decode().split())
    tracing = signed_in(tracer).get(reverse("follow_up:alerts"))
    assert tracing.status_code == 403, "those who are watched do not close the alert"
    assert Client().get(reverse("follow_up:alerts")).status_code == 302


def test_case_12_more_than_usual_raises_one_too(followed: FollowUp, law: Draft, tracer: Officer) -> None:
    many = _many(followed, 22)
    with time_machine.travel(timezone.now() - dt.timedelta(days=1)):
        draft_order(many[0], law, tracer)
    for one in many[1:20]:
        draft_order(one, law, tracer)
    assert not OrderAlert.objects.exists()
    for one in many[20:]:
        draft_order(one, law, tracer)
    alert = OrderAlert.objects.get()
    assert (alert.reason, alert.usual_an_hour, alert.orders) == ("unusual", 1.0, 21)
