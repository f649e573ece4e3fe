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

from dauchan.people.access import ISSUES_CARDS
from dauchan.people.cards import issue_card, revoke_card
from dauchan.people.holders import Holder
from dauchan.people.models import ControlCard
from dauchan.units.models import AuditEntry, Role
from dauchan.venues.access import DECIDES_VENUES
from dauchan.venues.models import Mode, ModeOrder
from dauchan.venues.modes import NewOrder, make_order
from dauchan.venues.pictures import keep_draft
from dauchan.web.cards.urls import urlpatterns as card_routes
from dauchan.web.officer.urls import urlpatterns as officer_routes
from dauchan.web.owner.urls import urlpatterns as owner_routes
from tests.web.conftest import appointed, browser_of, client_of, make_category, make_person, make_unit, registered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer
    from pytest_django import Settings

    from dauchan.units.models import Unit
    from dauchan.venues.models import Venue

REFUSED = {403, 404}
HOLDER = Holder("Trần Thị Thẻ", 1950, "+84905000007")
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


@pytest.fixture
def card(venue: Venue) -> ControlCard:
    """A card in the venue's commune, just revoked: its own officer could print, open, undo and replace it."""
    officer = appointed(Role.OFFICER, venue.unit, "capthe")
    card = issue_card(venue.unit, officer, HOLDER)
    revoked = issue_card(venue.unit, officer, Holder("Lê Thị Thu Hồi"))
    revoke_card(revoked, officer, "lost")
    return card


def card_requests(client: Client, card: ControlCard) -> Iterator[tuple[str, Answer]]:
    """Every route of cards that names one, by both methods, with what would do it."""
    asked = {"reason": "lost", "usual": "contact", "card": card.pk, "sheet": "a4"}
    paths = [reverse(f"cards:{route.name}", args=[card.pk]) for route in card_routes if route.pattern.converters]
    assert len(paths) == len(("card", "pdf", "revoke", "undo", "replace"))
    for path in (*paths, reverse("cards:print")):
        yield path, client.get(path)
        yield path, client.post(path, asked)


@pytest.mark.parametrize("role", Role.values)
def test_case_08_no_role_of_another_commune_reaches_a_card(role: str, card: ControlCard, elsewhere: Unit) -> None:
    client = browser_of(appointed(role, elsewhere, "ngoai"))
    before, logged = states(), AuditEntry.objects.count()
    for path, answer in card_requests(client, card):
        assert answer.status_code in {*REFUSED, NOT_ASKED_THAT_WAY}, path
        assert_names_nobody(answer, card)
    for path in (reverse("cards:cards"), reverse("cards:new"), reverse("cards:many")):
        assert_names_nobody(client.get(path), card)
        for typed in (card.serial, "tran thi the 1950", "0905000007"):
            assert_names_nobody(client.post(path, {"q": typed, "full_name": typed, "text": typed}), card)
    everything = client.post(reverse("cards:print"), {"all": "1"})
    assert everything.status_code in {302, *REFUSED}
    assert (states(), AuditEntry.objects.filter(subject=f"card:{card.serial}").count()) == (before, 1)
    assert AuditEntry.objects.count() == logged


@pytest.mark.parametrize("role", sorted(set(Role.values) - set(ISSUES_CARDS)))
def test_case_08_in_the_own_commune_only_those_who_issue_reach_a_card(role: str, card: ControlCard) -> None:
    client = browser_of(appointed(role, card.unit, "trong"))
    before = states()
    for path, answer in card_requests(client, card):
        assert answer.status_code in {*REFUSED, NOT_ASKED_THAT_WAY}, path
        assert_names_nobody(answer, card)
    assert states() == before


def test_case_08_nobody_issues_a_card_for_a_foreign_commune(card: ControlCard, elsewhere: Unit) -> None:
    client = browser_of(appointed(Role.OFFICER, elsewhere, "ngoai"))
    last_on = f"{card.last_on:%Y-%m-%d}"
    for typed in ({"full_name": "Lê Lạ"}, {"text": "Lê Lạ", "issue": "1"}):
        for path in (reverse("cards:new"), reverse("cards:many")):
            client.post(path, {**typed, "unit": card.unit_id, "last_on": last_on})
    assert set(ControlCard.objects.exclude(unit=card.unit).values_list("unit", flat=True)) == {elsewhere.pk}
    assert ControlCard.objects.filter(unit=card.unit).count() == 2


def states() -> list[tuple[object, ...]]:
    return list(ControlCard.objects.order_by("pk").values_list("pk", "revoked_at", "printed_at", "replaced_by"))


def assert_names_nobody(answer: Answer, card: ControlCard) -> None:
    said = answer.content.decode(errors="replace")
    for secret in (f">{card.serial}<", "Trần Thị Thẻ</", "T••• T••• Thẻ", "0905 000 007"):
        assert secret not in said


def test_case_08_another_owner_reaches_nothing(venue: Venue) -> None:
    stranger = client_of(make_person("+84905000002", "Người Khác"))
    assert_nothing_opens(stranger, list(addresses("owner", owner_routes, venue)), venue)
    assert venue.name not in stranger.get(reverse("owner:home")).content.decode()


def test_case_08_an_appointment_that_ended_opens_nothing(venue: Venue) -> None:
    officer = appointed(Role.OFFICER, venue.unit, "cu")
    officer.appointments.update(until="2020-06-01")
    assert_nothing_opens(browser_of(officer), list(addresses("officer", officer_routes, venue)), venue)
