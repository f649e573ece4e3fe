"""Case 19: rotated QR codes silently stopped matching. A visit is at a venue, whichever issue of its poster was scanned."""

from __future__ import annotations

import datetime as dt
import os
import uuid

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from dauchan.people.models import Person
from dauchan.qr import read_venue_code
from dauchan.tracing.actions import CaseReport, policy_for, register_case, run_trace
from dauchan.tracing.models import TraceRun
from dauchan.units.models import Officer, Role, Unit
from dauchan.venues.actions import code_of, reissue_poster
from dauchan.venues.models import Poster, Venue
from dauchan.visits.console_scans import PageScan, record_check_in
from dauchan.visits.models import CheckIn
from dauchan.visits.registry import Source
from tests.tracing.outbreak import make_disease
from tests.web.conftest import MakeOfficer, MakeVenue, SignIn, make_person

CASE_PHONE = "+84905000011"


@pytest.fixture
def tracer(make_officer: MakeOfficer, province: Unit) -> Officer:
    return make_officer(Role.TRACER, province, "truyvet")


@pytest.fixture
def venue(make_venue: MakeVenue, commune: Unit) -> Venue:
    return make_venue(commune, "Chợ Đổi Mã")


def scan(poster: Poster, person: Person, minutes_ago: int) -> None:
    """What a phone sends that reads *poster*: the code is verified as the door verifies it."""
    code = read_venue_code(code_of(poster), settings.VENUE_CODE_KEYS)
    entered_at = timezone.now() - dt.timedelta(minutes=minutes_ago)
    refused = record_check_in(
        PageScan(uuid7(entered_at), person.pk, code.venue_id, code.poster_version, entered_at, Source.POSTER)
    )
    assert refused is None


def uuid7(at: dt.datetime) -> uuid.UUID:
    milliseconds = int(at.timestamp() * 1000)
    random = int.from_bytes(os.urandom(10)) & ((1 << 74) - 1)
    return uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & ((1 << 62) - 1))


@pytest.fixture
def run(venue: Venue, tracer: Officer, province: Unit) -> TraceRun:
    """A comes in by the first issue; during the visit a second is posted; B uses it, C a photo of the first."""
    first = venue.posters.get()
    case, by_second, by_photo = (
        make_person(phone, name)
        for phone, name in [(CASE_PHONE, "Thử A"), ("+84905000012", "Thử B"), ("+84905000013", "Thử C")]
    )
    scan(first, case, minutes_ago=90)
    second = reissue_poster(venue)
    scan(second, by_second, minutes_ago=80)
    scan(first, by_photo, minutes_ago=75)
    versions = CheckIn.objects.order_by("entered_at").values_list("poster_version", flat=True)
    assert list(versions) == [first.version, second.version, first.version]
    sampled_on = timezone.localdate()
    registered = register_case(CaseReport(CASE_PHONE, make_disease(), province, sampled_on), tracer)
    return run_trace(registered, tracer, policy_for(registered, crowd_limit=150))


def test_case_19_both_visitors_still_match(run: TraceRun, venue: Venue) -> None:
    names = {person.pk: person.identity.full_name for person in Person.objects.select_related("identity")}
    found = {names[contact.person_id]: contact.overlap_seconds // 60 for contact in run.contacts.all()}
    # The stay at a market is taken to last 45 minutes, and the air counts 30 more: A from -90 to -15, B from -80, C from -75.
    assert found == {"Thử B": 45, "Thử C": 45}
    assert {contact.venue_id for contact in run.contacts.all()} == {venue.pk}


def test_case_19_the_page_shows_one_place(run: TraceRun, tracer: Officer, signed_in: SignIn) -> None:
    page = signed_in(tracer).get(reverse("tracer:run", args=[run.pk])).content.decode()
    assert page.count('name="contact"') == 2
    assert "Chợ Đổi Mã" in page


def test_case_19_a_withdrawn_issue_still_names_the_venue(venue: Venue) -> None:
    first = venue.posters.get()
    reissue_poster(venue)
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert read_venue_code(code_of(first), settings.VENUE_CODE_KEYS).venue_id == venue.pk
