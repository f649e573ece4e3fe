"""Assurance, source and labels of visits reach the contact list; a doubtful contact is marked and stays on it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from dauchan.simulation.example_outbreak import example_person
from dauchan.tracing.actions import policy_for, run_trace
from dauchan.tracing.models import Case, Contact
from dauchan.tracing.queries import corrected_times, encounters_of, stays_of
from dauchan.units.models import Officer
from dauchan.venues.models import Venue
from dauchan.visits.registry import Assurance, Label, Source

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
STRANGER = 2**44 + 5
SCAN = """
INSERT INTO check_in (check_in_id, person_id, venue_id, entered_at, device_at, received_at, labels, source, assurance)
VALUES (%(id)s, %(person)s, %(venue)s, %(at)s, %(device_at)s, %(at)s, %(labels)s, %(source)s, %(assurance)s)
"""
EXIT = """
INSERT INTO check_out (check_in_id, check_out_id, person_id, left_at, device_at, received_at, closed_by)
VALUES (%(id)s, %(id)s, %(person)s, %(left_at)s, %(left_at)s, %(left_at)s, 1)
"""


def at(days: int, clock: str) -> dt.datetime:
    return dt.datetime.combine(timezone.localdate() + dt.timedelta(days=days), dt.time.fromisoformat(clock), LOCAL)


def scan(  # noqa: PLR0913 - a scan has so many facts
    person: int,
    venue: Venue,
    entered_at: dt.datetime,
    left_at: dt.datetime | None = None,
    *,
    labels: int = 0,
    assurance: Assurance = Assurance.PHONE,
    source: Source = Source.POSTER,
    device_at: dt.datetime | None = None,
) -> None:
    row: dict[str, Any] = {
        "id": uuid.UUID(int=int(entered_at.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62 | person % 2**40),
        "person": person, "venue": venue.pk, "at": entered_at, "device_at": device_at or entered_at, "labels": labels,
        "source": source, "assurance": assurance, "left_at": left_at,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(SCAN, row)
        if left_at:
            cursor.execute(EXIT, row)


def contact_of(case: Case, tracer: Officer, person: int) -> Contact:
    return run_trace(case, tracer, policy_for(case)).contacts.get(person_id=person)


def test_assurance_source_and_labels_stand_with_the_contact(
    case: Case, tracer: Officer, places: dict[str, Venue]
) -> None:
    scan(STRANGER, places["cafe"], at(-3, "08:10"), at(-3, "08:50"), assurance=Assurance.CLAIMED, source=Source.CALL)
    scan(
        STRANGER, places["office"], at(-2, "09:00"), at(-2, "09:30"),
        assurance=Assurance.CARD, source=Source.GATE, labels=int(Label.OFFLINE | Label.CLOCK_SKEW),
    )  # fmt: skip
    contact = contact_of(case, tracer, STRANGER)
    assert contact.assurance == Assurance.CARD
    assert contact.sources == 1 << Source.CALL | 1 << Source.GATE
    assert contact.labels == Label.OFFLINE | Label.CLOCK_SKEW
    assert not contact.is_doubtful


@pytest.mark.parametrize("label", [Label.REMOTE, Label.CROWD, Label.REVOKED_CARD, Label.REVOKED_DEVICE])
def test_a_contact_of_doubtful_exposures_only_is_marked_and_listed(
    case: Case, tracer: Officer, places: dict[str, Venue], label: Label
) -> None:
    scan(STRANGER, places["cafe"], at(-3, "08:10"), at(-3, "08:50"), labels=int(label))
    assert contact_of(case, tracer, STRANGER).is_doubtful
    scan(STRANGER, places["office"], at(-2, "09:00"), at(-2, "09:30"))
    assert not contact_of(case, tracer, STRANGER).is_doubtful


@pytest.mark.parametrize("label", [Label.OFFLINE, Label.LATE, Label.CLOCK_SKEW, Label.OUT_OF_HOURS, Label.BESIDE_GATE])
def test_a_late_or_odd_scan_is_no_doubt_about_who_was_there(
    case: Case, tracer: Officer, places: dict[str, Venue], label: Label
) -> None:
    scan(STRANGER, places["cafe"], at(-3, "08:10"), at(-3, "08:50"), labels=int(label))
    assert not contact_of(case, tracer, STRANGER).is_doubtful


def test_an_impossible_journey_is_seen_though_it_is_never_stored(
    case: Case, tracer: Officer, places: dict[str, Venue]
) -> None:
    far = places["market"]
    Venue.objects.filter(pk=far.pk).update(lat=17.2)
    scan(STRANGER, places["cafe"], at(-3, "08:10"), at(-3, "08:50"))
    scan(STRANGER, far, at(-3, "08:12"))
    contact = contact_of(case, tracer, STRANGER)
    assert contact.labels == Label.IMPOSSIBLE_TRAVEL
    assert contact.is_doubtful
    (met,) = encounters_of(contact)
    assert met.is_doubtful
    assert met.contact.visit.labels == Label.IMPOSSIBLE_TRAVEL


def test_a_stay_of_days_that_reaches_into_the_period_is_traced(
    case: Case, tracer: Officer, places: dict[str, Venue]
) -> None:
    scan(STRANGER, places["cafe"], at(-6, "07:00"), at(-3, "08:40"))
    contact = contact_of(case, tracer, STRANGER)
    assert contact.overlap_seconds == 40 * 60
    (met,) = encounters_of(contact)
    assert met.contact.begins == at(-6, "07:00")


def test_the_case_s_own_stay_of_days_stands_on_its_page(case: Case, places: dict[str, Venue]) -> None:
    before = len(stays_of(case))
    scan(case.person_id, places["market"], at(-7, "07:00"), at(-3, "06:00"))
    stays = stays_of(case)
    assert len(stays) == before + 1
    assert (stays[0].begins, stays[0].ends) == (case.infectious_from, at(-3, "06:00"))


def test_a_flood_is_among_no_encounters(case: Case, tracer: Officer, places: dict[str, Venue]) -> None:
    scan(STRANGER, places["cafe"], at(-3, "08:10"), at(-3, "08:14"), labels=int(Label.PACE))
    scan(STRANGER, places["cafe"], at(-3, "08:15"), at(-3, "08:50"))
    scan(STRANGER, places["office"], at(-2, "09:00"), at(-2, "09:30"))
    contact = contact_of(case, tracer, STRANGER)
    assert contact.encounters == len(encounters_of(contact)) == 1


def test_both_times_are_at_hand_where_the_clock_was_wrong(
    case: Case, tracer: Officer, places: dict[str, Venue]
) -> None:
    shown = at(-3, "08:10") - dt.timedelta(days=3652)
    scan(STRANGER, places["cafe"], at(-3, "08:10"), at(-3, "08:50"), labels=int(Label.CLOCK_SKEW), device_at=shown)
    (met,) = encounters_of(contact_of(case, tracer, STRANGER))
    (times,) = corrected_times([met.source.visit, met.contact.visit]).values()
    assert (times.device_at, times.entered_at) == (shown, at(-3, "08:10"))
    assert corrected_times([met.source.visit]) == {}


def test_loaded_visits_are_claimed_and_without_doubt(case: Case, tracer: Officer) -> None:
    contacts = run_trace(case, tracer, policy_for(case)).contacts.all()
    assert example_person("B") in {contact.person_id for contact in contacts}
    assert {contact.assurance for contact in contacts} == {Assurance.CLAIMED}
    assert not any(contact.is_doubtful for contact in contacts)
