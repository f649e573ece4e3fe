"""Which way of scanning holds where and when; and the label of those who scanned beside a gate."""

from __future__ import annotations

import datetime as dt
from itertools import count
from uuid import UUID

import pytest
import time_machine
import uuid_utils
from django.utils import timezone

from dauchan.people.models import Person
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from dauchan.venues.models import Category, Mode, ModeOrder, Venue
from dauchan.venues.modes import NewOrder, make_order, mode_in_force, mode_of, modes_of, reach_of, withdraw_order
from dauchan.visits.console_scans import PageScan, record_check_in
from dauchan.visits.models import Visit
from dauchan.visits.registry import Source
from tests.web.conftest import appointed, make_category, make_person, make_unit, registered

pytestmark = pytest.mark.django_db
NUMBERS = count(1)
TODAY = dt.date(2026, 3, 10)
NOON = dt.datetime(2026, 3, 10, 5, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _noon() -> object:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def province() -> Unit:
    return make_unit("90", "province", "Thành phố Thử")


@pytest.fixture
def commune(province: Unit) -> Unit:
    return make_unit("90001", "commune", "Phường Thuận Thử", province)


@pytest.fixture
def leader(province: Unit) -> Officer:
    return appointed(Role.LEADER, province)


@pytest.fixture
def market() -> Category:
    return make_category()


@pytest.fixture
def owner() -> Person:
    return make_person("+84905000001", "Trần Thị Mẫu")


@pytest.fixture
def venue(owner: Person, market: Category, commune: Unit) -> Venue:
    return registered(owner, market, commune)


def order(
    officer: Officer, unit: Unit, kind: Category, mode: Mode, first: dt.date = TODAY, after: dt.date | None = None
) -> ModeOrder:
    number = f"{next(NUMBERS)}/UBND-CN"
    return make_order(NewOrder(unit, [kind], mode, first, after, number, "Về việc quét mã QR"), officer)


def test_without_an_order_the_kind_of_venue_decides(venue: Venue, market: Category) -> None:
    assert mode_of(venue, TODAY) is Mode.POSTER
    Category.objects.filter(pk=market.pk).update(mode=Mode.BOTH)
    assert mode_of(venue, TODAY) is Mode.BOTH


def test_an_order_holds_from_its_first_day_to_its_last(venue: Venue, leader: Officer, province: Unit) -> None:
    order(leader, province, venue.category, Mode.GATE, TODAY + dt.timedelta(1), TODAY + dt.timedelta(3))
    found = [mode_of(venue, TODAY + dt.timedelta(days)) for days in range(4)]
    assert found == [Mode.POSTER, Mode.GATE, Mode.GATE, Mode.POSTER]


def test_it_holds_for_its_kinds_and_its_area_only(
    venue: Venue, leader: Officer, commune: Unit, province: Unit, owner: Person
) -> None:
    other_kind = registered(owner, make_category("school"), commune, "Trường Thử")
    elsewhere = registered(owner, venue.category, make_unit("90002", "commune", "Xã Hương Thử", province), "Chợ Khác")
    order(leader, commune, venue.category, Mode.GATE)
    wanted = {venue.pk: Mode.GATE, other_kind.pk: Mode.POSTER, elsewhere.pk: Mode.POSTER}
    assert modes_of(wanted, TODAY) == wanted


def test_the_smaller_area_goes_before_the_larger_and_then_the_later_before_the_earlier(
    venue: Venue, leader: Officer, commune: Unit, province: Unit
) -> None:
    local = order(leader, commune, venue.category, Mode.GATE, TODAY)
    order(leader, province, venue.category, Mode.POSTER, TODAY + dt.timedelta(1))
    assert mode_in_force(venue, TODAY + dt.timedelta(2)).order == local
    later = order(leader, commune, venue.category, Mode.BOTH, TODAY + dt.timedelta(2))
    assert mode_in_force(venue, TODAY + dt.timedelta(2)).order == later
    withdraw_order(later, leader)
    assert mode_in_force(venue, TODAY + dt.timedelta(2)).order == local


def test_making_and_withdrawing_are_in_the_log(venue: Venue, leader: Officer, province: Unit) -> None:
    made = order(leader, province, venue.category, Mode.GATE)
    withdraw_order(made, leader)
    actions = AuditEntry.objects.filter(subject=f"mode_order:{made.pk}").values_list("action", flat=True)
    assert list(actions) == ["mode_order.made", "mode_order.withdrawn"]
    assert (made.issuer, mode_of(venue, TODAY)) == (province, Mode.POSTER)


def test_what_an_order_would_touch(venue: Venue, leader: Officer, commune: Unit, province: Unit, owner: Person) -> None:
    with_gate = registered(owner, venue.category, province, "Chợ Tỉnh")
    now = timezone.now()
    with_gate.gate_devices.create(name="Cổng", token_hash=b"x", enrolled_at=now, seen_at=now)
    registered(owner, venue.category, commune, "Chợ Chưa Duyệt", approved=False)
    order(leader, commune, venue.category, Mode.POSTER)
    new = NewOrder(province, [venue.category], Mode.GATE, TODAY, None, "1", "Về việc quét mã QR")
    reach = reach_of(new)
    assert (reach.venues, reach.without_gate, reach.excepted) == (2, 1, 1)


def scanned(venue: Venue, person: Person, source: Source) -> Visit:
    check_in_id = UUID(int=uuid_utils.uuid7().int)
    assert record_check_in(PageScan(check_in_id, person.pk, venue.pk, 1, timezone.now(), source)) is None
    return Visit.objects.get(pk=check_in_id)


def test_who_scans_beside_a_gate_is_labelled_and_stays_so(
    venue: Venue, leader: Officer, province: Unit, owner: Person
) -> None:
    made = order(leader, province, venue.category, Mode.GATE)
    beside = scanned(venue, owner, Source.LINK)
    assert "beside_gate" in beside.label_names
    assert "beside_gate" not in scanned(venue, owner, Source.GATE).label_names
    with time_machine.travel(NOON + dt.timedelta(hours=1), tick=False):
        withdraw_order(made, leader)
        assert "beside_gate" not in scanned(venue, owner, Source.LINK).label_names
    assert "beside_gate" in Visit.objects.get(pk=beside.pk).label_names


def test_an_order_for_both_ways_labels_nobody(venue: Venue, leader: Officer, province: Unit, owner: Person) -> None:
    order(leader, province, venue.category, Mode.BOTH)
    assert "beside_gate" not in scanned(venue, owner, Source.POSTER).label_names
