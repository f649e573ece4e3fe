"""Who was in a zone: for a confirmed case that was there itself, within its infectious period, and named by a second person."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from dauchan.simulation.example_outbreak import example_person
from dauchan.tracing.actions import withdraw_case
from dauchan.tracing.models import Case, Disease
from dauchan.tracing.zones import presence_actions
from dauchan.tracing.zones.access import access_presence_list, open_presence_disclosure
from dauchan.tracing.zones.actions import draft_zone
from dauchan.tracing.zones.errors import CaseNeeded, NotYetInForce, SecondPersonNeeded, TooManyPeople, WindowRefused
from dauchan.tracing.zones.geometry import Point
from dauchan.tracing.zones.jobs import tonight
from dauchan.tracing.zones.models import Presence, PresenceDisclosure, PresenceList, ZoneOrder
from dauchan.tracing.zones.outlines import outline_around
from dauchan.tracing.zones.presence_actions import decide_names, list_presence, names_of, request_names, window_of
from dauchan.units.errors import RoleMissing
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from dauchan.venues.models import Venue
from tests.tracing.conftest import appointed
from tests.tracing.zones.drafts import CENTRE, draft_of, zone_in_force

DAY = dt.timedelta(days=1)


@pytest.fixture
def order(province: Unit, disease: Disease, tracer: Officer, approver: Officer, case: Case) -> ZoneOrder:
    return zone_in_force(province, disease, tracer, approver, cases=[case]).orders.get()


@pytest.fixture
def window(case: Case) -> tuple[dt.datetime, dt.datetime]:
    return window_of(case, timezone.now())


Window = tuple[dt.datetime, dt.datetime]


@pytest.fixture
def made(order: ZoneOrder, case: Case, tracer: Officer, window: Window) -> PresenceList:
    return list_presence(order, case, tracer, *window)


def test_the_list_has_everybody_inside_in_the_window_but_neither_names_nor_places(
    made: PresenceList, case: Case, tracer: Officer
) -> None:
    people = set(made.rows.values_list("person_id", flat=True))
    assert people == {example_person(letter) for letter in "BCDFGHI"}, "E was there before; A is the case"
    shown = {field.name for field in Presence._meta.get_fields()}
    assert shown == {"id", "presence_list", "number", "person_id", "visits", "first_at", "last_at"}
    entry = AuditEntry.objects.get(action="zone.people_listed")
    assert (entry.subject, entry.actor, entry.detail["people"]) == (f"case:{case.pk}", tracer, 7)


def test_no_window_beyond_the_infectious_period(order: ZoneOrder, case: Case, tracer: Officer, window: Window) -> None:
    first, last = window
    for begins, ends in ((first - DAY, last), (first, last + DAY), (last, first), (first, first)):
        with pytest.raises(WindowRefused):
            list_presence(order, case, tracer, begins, ends)
    assert not PresenceList.objects.exists()


def test_a_zone_around_somewhere_else_is_no_search_for_who_was_there(
    province: Unit, disease: Disease, tracer: Officer, approver: Officer, case: Case, places: dict[str, Venue],
    window: Window,
) -> None:  # fmt: skip
    """The back door: any case of one's own, a circle around any venue."""
    Venue.objects.filter(pk=places["office"].pk).update(lat=16.60, lon=107.60)
    elsewhere = {"outline": outline_around(Point(107.60, 16.60), 100)}
    with_case = zone_in_force(province, disease, tracer, approver, **elsewhere, cases=[case]).orders.get()
    list_presence(with_case, case, tracer, *window)  # the case was at the office
    Venue.objects.filter(pk=places["office"].pk).update(lat=16.46, lon=107.59)
    Venue.objects.create(
        name="Quảng trường", category=places["cafe"].category, address="9", unit=places["cafe"].unit, lat=16.60,
        lon=107.60, status="approved",
    )  # fmt: skip
    with pytest.raises(CaseNeeded):
        list_presence(with_case, case, tracer, *window)
    unlinked = zone_in_force(province, disease, tracer, approver).orders.get()
    with pytest.raises(CaseNeeded):
        list_presence(unlinked, case, tracer, *window)


def test_a_draft_a_withdrawn_case_and_a_foreign_role_list_nobody(
    province: Unit, disease: Disease, order: ZoneOrder, case: Case, tracer: Officer, window: Window
) -> None:
    draft = draft_zone(province, disease, draft_of(cases=[case]), tracer)
    with pytest.raises(NotYetInForce):
        list_presence(draft, case, tracer, *window)
    for role in (Role.OFFICER, Role.LEADER, Role.APPROVER, Role.MONITOR):
        with pytest.raises(RoleMissing):
            list_presence(order, case, appointed(f"khac-{role}", role, province), *window)
    withdraw_case(case, tracer, "Kết quả xét nghiệm lại âm tính")
    with pytest.raises(CaseNeeded):
        list_presence(order, case, tracer, *window)


def test_a_list_too_long_is_refused_with_its_number_and_never_cut(
    order: ZoneOrder, case: Case, tracer: Officer, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence_actions, "LARGEST_LIST", 3)
    with pytest.raises(TooManyPeople) as refused:
        list_presence(order, case, tracer, *window)
    assert "7" in str(refused.value.message)


def test_names_open_to_one_officer_for_one_shift_after_a_second_person(
    made: PresenceList, tracer: Officer, approver: Officer
) -> None:
    asked = request_names(made, tracer, "Gọi điện hướng dẫn theo dõi sức khỏe")
    assert open_presence_disclosure(tracer, made) is None
    with pytest.raises(SecondPersonNeeded):
        decide_names(asked, tracer, approve=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        PresenceDisclosure.objects.filter(pk=asked.pk).update(decided_by=tracer)
    decide_names(asked, approver, approve=True)
    opened = open_presence_disclosure(tracer, made)
    assert opened is not None
    assert open_presence_disclosure(approver, made) is None
    names = names_of(opened, tracer, [example_person("B"), example_person("E"), example_person("A")], "page")
    assert set(names) == {example_person("B")}, "nobody who is not on the list"
    assert AuditEntry.objects.get(action="zone.names_seen").purpose == asked.purpose
    with time_machine.travel(timezone.now() + dt.timedelta(hours=9)):
        assert open_presence_disclosure(tracer, made) is None


def test_the_people_of_a_list_are_forgotten_with_the_visits(made: PresenceList, tracer: Officer) -> None:
    tonight(0)
    assert made.rows.count() == 7
    with time_machine.travel(made.made_at + 22 * DAY):
        tonight(0)
        assert made.rows.count() == 0
        assert access_presence_list(tracer, made.pk).people == 7


def test_the_circle_is_around_the_places(order: ZoneOrder) -> None:
    assert order.made_from["points"] == [list(CENTRE)]
