"""Counting visitors by hand, through the pages and what a phone sends."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone

from dauchan.compliance.footfall import footfall_of, measured_footfall
from dauchan.compliance.hand_counts.models import HandCount
from dauchan.units.models import AuditEntry, Role, Unit
from dauchan.venues.models import Venue
from dauchan.visits.actions import load_visits
from dauchan.visits.arrays import MISSING
from tests.web.conftest import MakeOfficer, MakeVenue, SignIn


@pytest.fixture
def venue(commune: Unit, make_venue: MakeVenue) -> Venue:
    return make_venue(commune)


def sent(**other: object) -> dict[str, object]:
    """An hour at the door, ended just now."""
    ended = int(timezone.now().timestamp() * 1000)
    facts = {"id": uuid4(), "started": ended - 3_600_000, "ended": ended, "counted_seconds": 3600}
    return {**facts, "entered": 40, "scanned": 25, **other}


def test_a_count_is_kept_once_and_shown_with_its_uncertainty(officer_client: Client, venue: Venue) -> None:
    address = f"/officer/footfall/{venue.pk}/"
    assert "data-counting" in officer_client.get(address).content.decode()
    count = sent()
    assert officer_client.post(f"{address}counts/", count).status_code == 201
    assert officer_client.post(f"{address}counts/", {**count, "entered": 99}).status_code == 200
    kept = HandCount.objects.get()
    assert (kept.entered, kept.scanned, kept.percent, kept.minutes) == (40, 25, 62, 60)
    assert AuditEntry.objects.filter(action="venue.visitors_counted", subject=f"venue:{venue.pk}").count() == 1
    today = timezone.localdate()
    found = footfall_of([venue.pk], today)[venue.pk]
    assert found.low < found.daily < found.high
    assert measured_footfall(today) == {venue.pk: found.daily}
    assert measured_footfall(timezone.localdate(kept.started_at) - dt.timedelta(days=1)) == {}
    assert measured_footfall(today + dt.timedelta(days=91)) == {}
    shown = officer_client.get(f"/officer/venues/{venue.pk}/").content.decode()
    assert f"<strong>{found.daily:.0f}</strong>" in shown.replace(".", "")
    assert "40 người vào, 25 quét mã" in " ".join(shown.split())


@pytest.mark.parametrize(
    "wrong",
    [
        {"counted_seconds": 59},
        {"counted_seconds": 3700},
        {"scanned": 41},
        {"entered": 900_000, "scanned": 0},
        {"started": 1_600_000_000_000},
        {"ended": 4_102_000_000_000},
        {"id": "x"},
        {"entered": -1},
    ],
)
def test_what_cannot_be_is_refused_for_good(officer_client: Client, venue: Venue, wrong: dict[str, object]) -> None:
    answer = officer_client.post(f"/officer/footfall/{venue.pk}/counts/", sent(**wrong))
    assert answer.status_code == 422
    assert answer.json()["refused"]
    assert not HandCount.objects.exists()


def test_an_hour_in_which_a_category_is_busy_is_a_larger_share(
    officer_client: Client, owner: object, venue: Venue
) -> None:
    ended = timezone.now()
    quiet = sent()
    officer_client.post(f"/officer/footfall/{venue.pk}/counts/", quiet)
    before = HandCount.objects.get(pk=str(quiet["id"])).day_share
    at = [int((ended - dt.timedelta(days=1 + n % 20, minutes=30)).timestamp()) for n in range(2000)]
    people = np.arange(2000, dtype=np.int64) + 2**41
    load_visits(people, np.full(2000, venue.pk, np.int64), np.array(at), np.full(2000, MISSING, np.int64))
    busy = sent()
    officer_client.post(f"/officer/footfall/{venue.pk}/counts/", busy)
    assert HandCount.objects.get(pk=str(busy["id"])).day_share > 3 * before


def test_only_inspectors_of_the_area_count(
    venue: Venue, other_commune: Unit, commune: Unit, make_officer: MakeOfficer, signed_in: SignIn
) -> None:
    stranger = signed_in(make_officer(Role.OFFICER, other_commune, "xa"))
    tracer = signed_in(make_officer(Role.LEADER, commune, "lanhdao"))
    for client, status in ((stranger, 404), (tracer, 403)):
        assert client.get(f"/officer/footfall/{venue.pk}/").status_code == status
        assert client.post(f"/officer/footfall/{venue.pk}/counts/", sent()).status_code == status
