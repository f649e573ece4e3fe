"""An invented province with officers, venues and people, and clients that are signed in."""

from __future__ import annotations

import datetime as dt
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Protocol

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from dauchan.people.actions import give_consent, person_for_phone
from dauchan.people.models import Person
from dauchan.people.phones.actions import note_phone
from dauchan.units.models import Appointment, Officer, Role, Unit
from dauchan.venues.actions import approve_venue, register_venue
from dauchan.venues.models import Category, Venue
from dauchan.vietnamese import fold, sort_key
from dauchan.web.middleware import PERSON_KEY, PHONE_KEY
from tests.tracing.outbreak import make_places

if TYPE_CHECKING:
    from collections.abc import Iterator


PASSWORD = "bốn-từ-ghép-lại"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NUMBERS = count(1)


class MakeOfficer(Protocol):
    def __call__(self, role: str, unit: Unit, username: str = ..., *, second_factor: bool | None = ...) -> Officer: ...


class SignIn(Protocol):
    def __call__(self, officer: Officer) -> Client: ...


class MakeVenue(Protocol):
    def __call__(self, unit: Unit, name: str = ..., *, approved: bool = ..., **facts: object) -> Venue: ...


@pytest.fixture(autouse=True)
def _empty_throttles(db: None) -> Iterator[None]:
    """What one test was throttled for must not throttle the next."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


def make_unit(code: str, level: str, full_name: str, parent: Unit | None = None) -> Unit:
    name = full_name.removeprefix("Phường ").removeprefix("Xã ").removeprefix("Thành phố ")
    unit = Unit(
        code=code,
        parent=parent,
        level=level,
        name=name,
        full_name=full_name,
        name_en=fold(name).title(),
        path=f"new{code}",
        valid_from=dt.date(2025, 7, 1),
        lat=16.46,
        lon=107.59,
        search_key=fold(full_name),
        sort_key=sort_key(name),
    )
    unit.save()
    unit.path = f"{parent.path}.{unit.pk}" if parent else str(unit.pk)
    unit.save(update_fields=["path"])
    return unit


@pytest.fixture
def province(db: None) -> Unit:
    return make_unit("90", "province", "Thành phố Thử")


@pytest.fixture
def commune(province: Unit) -> Unit:
    return make_unit("90001", "commune", "Phường Thuận Thử", province)


@pytest.fixture
def other_commune(province: Unit) -> Unit:
    return make_unit("90002", "commune", "Xã Hương Thử", province)


def make_category(code: str = "market") -> Category:
    return Category.objects.create(
        code=code, name_vi="Chợ", name_en="Market", setting="indoor", default_stay_minutes=45, position=1
    )


@pytest.fixture
def category(db: None) -> Category:
    return make_category()


def appointed(role: str, unit: Unit, username: str = "", *, second_factor: bool | None = None) -> Officer:
    """An officer with one appointment; with a second factor where the role demands it."""
    name = username or f"{role}{next(NUMBERS)}"
    officer = Officer.objects.create_user(name, f"{name}@example.vn", PASSWORD, full_name=f"Cán bộ {name}")
    Appointment.objects.create(officer=officer, role=role, unit=unit, since=dt.date(2020, 1, 1))
    if officer.needs_second_factor() if second_factor is None else second_factor:
        TOTP.activate(officer, TOTP_SECRET)
    return officer


@pytest.fixture
def make_officer() -> MakeOfficer:
    return appointed


def browser_of(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def signed_in() -> SignIn:
    return browser_of


@pytest.fixture
def tracer(make_officer: MakeOfficer, province: Unit) -> Officer:
    return make_officer(Role.TRACER, province, "truyvet")


@pytest.fixture
def places(commune: Unit) -> dict[str, Venue]:
    """Those of the outbreak that is traced by hand, with its visits."""
    return make_places(commune)


@pytest.fixture
def officer(make_officer: MakeOfficer, commune: Unit) -> Officer:
    return make_officer(Role.OFFICER, commune, "canbo")


@pytest.fixture
def officer_client(officer: Officer, signed_in: SignIn) -> Client:
    return signed_in(officer)


@pytest.fixture
def owner(db: None) -> Person:
    return make_person("+84905000001", "Trần Thị Mẫu")


def make_person(phone: str, full_name: str) -> Person:
    person = person_for_phone(phone, full_name)
    give_consent(person, "vi")
    return person


def client_of(person: Person) -> Client:
    """A browser in which *person* has signed in by phone."""
    client = Client()
    session = client.session
    session[PERSON_KEY] = person.pk
    session[PHONE_KEY] = note_phone(person, "").pk
    session.save()
    return client


@pytest.fixture
def owner_client(owner: Person) -> Client:
    return client_of(owner)


def registered(
    owner: Person, category: Category, unit: Unit, name: str = "Chợ Thử", *, approved: bool = True, **facts: object
) -> Venue:
    """A venue as its owner handed it in, and as an officer let it pass."""
    common = {"name": name, "category": category, "address": "12 Lê Thử", "unit": unit, "lat": 16.46, "lon": 107.59}
    venue = register_venue(Venue(**common | facts), owner.pk)
    if not approved:
        return venue
    decider = Officer.objects.filter(username="decider").first() or appointed(Role.OFFICER, unit, "decider")
    return approve_venue(venue, decider)


@pytest.fixture
def make_venue(owner: Person, category: Category) -> MakeVenue:
    return partial(registered, owner, category)
