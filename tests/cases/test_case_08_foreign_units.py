"""Case 8: 87,313 contacts of 180 restaurants could be read by any client that claimed to be admin.

Every route of the officers' and owners' screens that names a venue or a unit is asked by every role appointed in another
commune, and by another owner: what lies outside one's area does not exist, and nothing of it changes.
"""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.models import model_to_dict
from django.urls import URLPattern, reverse
from PIL import Image

from dauchan.units.models import Role
from dauchan.venues.access import DECIDES_VENUES
from dauchan.venues.models import Mode, ModeOrder
from dauchan.venues.modes import NewOrder, make_order
from dauchan.venues.pictures import keep_draft
from dauchan.web.officer.urls import urlpatterns as officer_routes
from dauchan.web.owner.urls import urlpatterns as owner_routes
from tests.web.conftest import appointed, browser_of, client_of, make_category, make_person, make_unit, registered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from dauchan.units.models import Unit
    from dauchan.venues.models import Venue

REFUSED = {403, 404}
NOT_ASKED_THAT_WAY = 405


@pytest.fixture
def venue(db: None, settings: Settings, tmp_path: Path) -> Venue:
    """A venue in use, with a picture and a change that waits; its commune's officer could do all there is to do."""
    settings.MEDIA_ROOT = str(tmp_path)
    province = make_unit("90", "province", "Thành phố Thử")
    commune = make_unit("90001", "commune", "Phường Thuận Thử", province)
    owner = make_person("+84905000001", "Trần Thị Mẫu")
    venue = registered(owner, make_category(), commune)
    with BytesIO() as written:
        Image.new("RGB", (400, 400)).save(written, "JPEG")
        picture = keep_draft(SimpleUploadedFile("a.jpg", written.getvalue()), owner.pk)
    picture.venue, picture.uploader = venue, None
    picture.save()
    venue.proposal = {"name": "Chợ Khác"}
    venue.save()
    day = dt.date(2026, 1, 1)
    new = NewOrder(commune, [venue.category], Mode.GATE, day, None, "7/UBND", "Về cách quét ở Chợ Thử")
    make_order(new, appointed(Role.HEAD, commune))
    return venue


@pytest.fixture
def elsewhere(venue: Venue) -> Unit:
    return make_unit("90002", "commune", "Xã Hương Thử", venue.unit.parent)


def addresses(screen: str, routes: list[URLPattern], venue: Venue) -> Iterator[str]:
    """Every address that names this venue or its unit, each sheet of a poster included."""
    picture = venue.pictures.get()
    known = {"venue_id": venue.pk, "unit_id": venue.unit_id, "picture_id": picture.pk, "sheet": "a4"}
    known["order_id"] = ModeOrder.objects.get().pk
    for route in routes:
        names = set(route.pattern.converters)
        if names:
            yield reverse(f"{screen}:{route.name}", kwargs={name: known[name] for name in names})


def assert_nothing_opens(client: Client, paths: list[str], venue: Venue) -> None:
    before = model_to_dict(venue)
    asked = {"revision": venue.revision, "reasons": ["name"], "note": "x", "venue": f"{venue.pk}:{venue.revision}"}
    for path in paths:
        for answer in (client.get(path), client.post(path, asked)):
            assert answer.status_code in {*REFUSED, NOT_ASKED_THAT_WAY}, path
            assert venue.name not in answer.content.decode(errors="replace")
    venue.refresh_from_db()
    assert model_to_dict(venue) == before
    assert ModeOrder.objects.get().withdrawn_at is None
    assert venue.posters.count() == 1


@pytest.mark.parametrize("role", Role.values)
def test_case_08_no_role_of_another_commune_reaches_a_venue(role: str, venue: Venue, elsewhere: Unit) -> None:
    client = browser_of(appointed(role, elsewhere, "ngoai"))
    paths = [*addresses("officer", officer_routes, venue), reverse("officer:approve_many")]
    assert len(paths) > len(("venue", "picture", "poster", "approve", "send_back", "undo", "unit_posters"))
    assert_nothing_opens(client, paths, venue)
    for listing in ("officer:venues", "officer:approvals", "officer:posters", "officer:home"):
        assert venue.name not in client.get(reverse(listing)).content.decode()


@pytest.mark.parametrize("role", Role.values)
def test_case_08_in_the_own_commune_only_those_who_decide_change_anything(role: str, venue: Venue) -> None:
    client = browser_of(appointed(role, venue.unit, "trong"))
    answer = client.post(reverse("officer:approve", args=[venue.pk]), {"revision": venue.revision})
    venue.refresh_from_db()
    assert (answer.status_code == 302, venue.name == "Chợ Khác") == (
        (True, True) if role in DECIDES_VENUES else (False, False)
    )
    assert answer.status_code in {302, *REFUSED}


def test_case_08_another_owner_reaches_nothing(venue: Venue) -> None:
    stranger = client_of(make_person("+84905000002", "Người Khác"))
    assert_nothing_opens(stranger, list(addresses("owner", owner_routes, venue)), venue)
    assert venue.name not in stranger.get(reverse("owner:home")).content.decode()


def test_case_08_an_appointment_that_ended_opens_nothing(venue: Venue) -> None:
    officer = appointed(Role.OFFICER, venue.unit, "cu")
    officer.appointments.update(until="2020-06-01")
    assert_nothing_opens(browser_of(officer), list(addresses("officer", officer_routes, venue)), venue)
