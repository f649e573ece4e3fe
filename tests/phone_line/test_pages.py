"""Where the code of the line is shown: to who holds the poster and to who answers for the venue, and to nobody else."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from dauchan.people.models import Person
from dauchan.units.models import Role, Unit
from dauchan.venues.line_codes import line_code_of
from dauchan.venues.models import Venue
from dauchan.venues.poster_faces import faces_of
from tests.web.conftest import MakeOfficer, MakeVenue, browser_of, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def venue(make_venue: MakeVenue, commune: Unit) -> Venue:
    return make_venue(commune)


def test_it_stands_on_the_poster_and_on_the_pages_of_the_venue(
    venue: Venue, owner: Person, make_officer: MakeOfficer, commune: Unit
) -> None:
    code = line_code_of(venue.pk)
    (face,) = faces_of(Venue.objects.filter(pk=venue.pk))
    assert (face.line, face.line_code) == ("1900 1075", code)
    pages = (
        client_of(owner).get(f"/owner/{venue.pk}/"),
        browser_of(make_officer(Role.OFFICER, commune)).get(f"/officer/venues/{venue.pk}/"),
        Client().get(f"/q/{venue.posters.get().short_code}"),
    )
    for page in pages:
        assert f"VAO {code}" in page.content.decode()


def test_a_page_that_everybody_can_find_does_not_give_it_away(venue: Venue) -> None:
    """Who reads it at home could check in from there."""
    for address in (f"/places/{venue.pk}/", "/places/"):
        assert line_code_of(venue.pk) not in Client().get(address).content.decode()


def test_without_a_line_nothing_speaks_of_one(venue: Venue, owner: Person, settings: Settings) -> None:
    settings.PHONE_LINE = ""
    assert line_code_of(venue.pk) == ""
    for page in (client_of(owner).get(f"/owner/{venue.pk}/"), Client().get(f"/q/{venue.posters.get().short_code}")):
        assert "Không có điện thoại thông minh" not in page.content.decode().replace(
            "Không có điện thoại thông minh thì", ""
        )
    assert faces_of(Venue.objects.filter(pk=venue.pk))[0].line == ""
