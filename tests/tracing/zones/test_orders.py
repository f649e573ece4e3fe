"""Orders on zones: two people, a history that stays, and venues that get back the state they had."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from dauchan.tracing.models import Disease
from dauchan.tracing.zones.access import access_order, access_zones, waiting_orders
from dauchan.tracing.zones.actions import decide_order, draft_change, draft_lift, draft_zone, withdraw_draft
from dauchan.tracing.zones.effects import settle_zones, venues_inside
from dauchan.tracing.zones.errors import (
    AlreadyDecided,
    NotYetInForce,
    OneWaits,
    PeriodOver,
    SecondPersonNeeded,
    ZoneOver,
)
from dauchan.tracing.zones.geometry import Point
from dauchan.tracing.zones.jobs import settle_now
from dauchan.tracing.zones.models import RiskLevel, Shape, VenueEffect, Zone, ZoneOrder
from dauchan.tracing.zones.outlines import outline_around, outline_of_communes
from dauchan.units.errors import NoSuchThing, RoleMissing
from dauchan.units.models import Appointment, AuditEntry, Officer, Role, Unit
from dauchan.venues.holds import Grounds, hold_venues, release_venues
from dauchan.venues.models import Category, Mode, Venue, VenueHold, VenueStatus
from dauchan.venues.modes import mode_in_force, modes_of
from tests.tracing.conftest import appointed
from tests.tracing.zones.drafts import CENTRE, approved, draft_of, zone_in_force

HOUR = dt.timedelta(hours=1)


def lifted(zone: Zone, drafter: Officer, approver: Officer) -> ZoneOrder:
    order = draft_lift(
        zone, drafter, reason="Đã qua 14 ngày không có ca mới", document_number="15/QĐ-UBND", at=timezone.now()
    )
    return approved(order, approver)


def statuses(places: dict[str, Venue]) -> dict[str, str]:
    return {key: Venue.objects.get(pk=venue.pk).status for key, venue in places.items()}


@pytest.fixture
def kinds(places: dict[str, Venue]) -> list[Category]:
    return list(Category.objects.filter(code__in=["cafe", "market"]))


@pytest.fixture
def suspending(kinds: list[Category]) -> dict[str, object]:
    return {"effect": VenueEffect.SUSPEND, "categories": kinds}


def test_nobody_approves_their_own_order_neither_in_the_program_nor_in_the_database(
    province: Unit, disease: Disease, tracer: Officer, approver: Officer
) -> None:
    Appointment.objects.create(officer=tracer, role=Role.APPROVER, unit=province)
    both = Officer.objects.get(pk=tracer.pk)
    order = draft_zone(province, disease, draft_of(), both)
    with pytest.raises(SecondPersonNeeded):
        decide_order(order, both, approve=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        ZoneOrder.objects.filter(pk=order.pk).update(approved=True, decided_by=both)
    assert list(waiting_orders(both)) == []
    assert list(waiting_orders(approver)) == [order]
    assert approved(order, approver).holds_from
    with pytest.raises(AlreadyDecided):
        decide_order(order, approver, approve=False)


def test_who_may_not_draft_or_decide_is_refused(
    province: Unit, commune: Unit, disease: Disease, tracer: Officer, approver: Officer
) -> None:
    local = appointed("canbo", Role.OFFICER, commune)
    with pytest.raises(RoleMissing):
        draft_zone(province, disease, draft_of(), local)
    with pytest.raises(RoleMissing):
        draft_zone(province, disease, draft_of(), approver)
    order = draft_zone(commune, disease, draft_of(), local)
    with pytest.raises(RoleMissing):
        decide_order(order, tracer, approve=True)
    elsewhere = Unit.objects.create(
        code="1", level="province", name="Khác", full_name="Tỉnh Khác", name_en="Other", path="77",
        valid_from=dt.date(2025, 7, 1), search_key="khac", sort_key="khac",
    )  # fmt: skip
    stranger = appointed("nguoila", Role.TRACER, elsewhere)
    assert list(access_zones(stranger)) == []
    with pytest.raises(NoSuchThing):
        access_order(stranger, order.pk)
    assert access_order(local, order.pk) == order


def test_the_history_stays_and_tells_what_held_on_any_day(
    province: Unit, commune: Unit, disease: Disease, tracer: Officer, approver: Officer
) -> None:
    start = timezone.now()
    orange = None
    with time_machine.travel(start, tick=False):
        zone = zone_in_force(province, disease, tracer, approver)
        orange = RiskLevel.objects.in_force_on(dt.date(2026, 1, 1)).get(rank=3)
    with time_machine.travel(start + 24 * HOUR, tick=False):
        smaller = draft_of(outline=outline_around(CENTRE, 100), level=orange, begins_at=timezone.now() + 2 * HOUR)
        approved(draft_change(zone, smaller, tracer), approver)
    with time_machine.travel(start + 72 * HOUR, tick=False):
        lifted(zone, tracer, approver)
        with pytest.raises(ZoneOver):
            draft_change(zone, smaller, tracer)
    held = {hours: list(zone.orders.holding_at(start + hours * HOUR)) for hours in (-1, 0, 25, 26, 71, 72)}
    assert {hours: [order.number for order in orders] for hours, orders in held.items()} == {
        -1: [], 0: [1], 25: [1], 26: [2], 71: [2], 72: [],
    }  # fmt: skip
    first = zone.orders.get(number=1)
    assert first.level.rank == 4
    assert [entry.action for entry in AuditEntry.objects.filter(subject=f"zone:{zone.pk}")] == [
        "zone_order.drafted", "zone_order.approved",
    ] * 3  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [{"geometry": None}, {"name": "Khác"}, {"holds_from": None}, {"approved": None}, {"begins_at": timezone.now()}],
)
def test_the_database_keeps_a_decided_order_as_it_is(
    change: dict[str, object], province: Unit, commune: Unit, disease: Disease, tracer: Officer, approver: Officer
) -> None:
    zone = zone_in_force(province, disease, tracer, approver, ends_at=timezone.now() + HOUR)
    orders = ZoneOrder.objects.filter(zone=zone)
    with pytest.raises(DatabaseError), transaction.atomic():
        orders.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        orders.update(holds_to=timezone.now() + 2 * HOUR)
    with pytest.raises(DatabaseError), transaction.atomic():
        orders.get().communes.add(commune)
    with pytest.raises(DatabaseError), transaction.atomic():
        orders.delete()


def test_one_order_waits_at_a_time_and_a_draft_can_be_taken_back(
    province: Unit, disease: Disease, tracer: Officer, approver: Officer
) -> None:
    order = draft_zone(province, disease, draft_of(), tracer)
    with pytest.raises(OneWaits):
        draft_change(order.zone, draft_of(), tracer)
    withdraw_draft(order, tracer)
    with pytest.raises(NotYetInForce):
        draft_change(order.zone, draft_of(), tracer)
    with pytest.raises(AlreadyDecided):
        decide_order(order, approver, approve=True)


def test_an_order_whose_end_has_passed_is_not_approved(
    province: Unit, disease: Disease, tracer: Officer, approver: Officer
) -> None:
    now = timezone.now()
    order = draft_zone(province, disease, draft_of(begins_at=now, ends_at=now + HOUR), tracer)
    with time_machine.travel(now + 2 * HOUR), pytest.raises(PeriodOver):
        decide_order(order, approver, approve=True)


def test_venues_of_the_chosen_kinds_are_suspended_on_time_and_get_their_state_back(
    province: Unit, disease: Disease, tracer: Officer, approver: Officer, places: dict[str, Venue],
    suspending: dict[str, object],
) -> None:  # fmt: skip
    now = timezone.now()
    before = statuses(places)
    zone_in_force(province, disease, tracer, approver, begins_at=now + HOUR, ends_at=now + 3 * HOUR, **suspending)
    assert statuses(places) == before
    with time_machine.travel(now + HOUR / 2):
        settle_now(0)
        assert statuses(places) == before
    with time_machine.travel(now + HOUR):
        settle_now(0)
        assert statuses(places) == {"cafe": "suspended", "market": "suspended", "office": "approved"}
        settle_now(0)
        assert VenueHold.objects.count() == 2, "settling again changes nothing"
    with time_machine.travel(now + 3 * HOUR):
        settle_now(0)
        assert statuses(places) == before
    assert not VenueHold.objects.filter(released_at=None).exists()


def test_overlapping_zones_and_a_sanction_on_top_lose_nothing(
    province: Unit, disease: Disease, tracer: Officer, approver: Officer, places: dict[str, Venue],
    suspending: dict[str, object],
) -> None:  # fmt: skip
    now = timezone.now()
    cafe, market = places["cafe"], places["market"]
    one = zone_in_force(province, disease, tracer, approver, **suspending)
    other = zone_in_force(province, disease, tracer, approver, **suspending)
    hold_venues([cafe.pk], Grounds("sanction:1", "Quyết định đình chỉ", "3/QĐ-XP"), now)
    lifted(one, tracer, approver)
    assert statuses(places) == {"cafe": "suspended", "market": "suspended", "office": "approved"}
    lifted(other, tracer, approver)
    assert statuses(places) == {"cafe": "suspended", "market": "approved", "office": "approved"}
    release_venues("sanction:1", now)
    assert statuses(places)["cafe"] == "approved"
    Venue.objects.filter(pk=market.pk).update(status=VenueStatus.SUSPENDED)
    third = zone_in_force(province, disease, tracer, approver, **suspending)
    lifted(third, tracer, approver)
    assert statuses(places)["market"] == "suspended", "it was so before the zone"


def test_a_venue_that_opens_or_moves_in_is_found_and_one_that_moves_out_is_freed(
    province: Unit, disease: Disease, tracer: Officer, approver: Officer, places: dict[str, Venue],
    suspending: dict[str, object],
) -> None:  # fmt: skip
    cafe, market = places["cafe"], places["market"]
    Venue.objects.filter(pk=cafe.pk).update(status=VenueStatus.PENDING)
    zone_in_force(province, disease, tracer, approver, **suspending)
    assert statuses(places)["cafe"] == "pending"
    Venue.objects.filter(pk=cafe.pk).update(status=VenueStatus.APPROVED)
    Venue.objects.filter(pk=market.pk).update(lat=16.60)
    settle_zones()
    assert statuses(places) == {"cafe": "suspended", "market": "approved", "office": "approved"}


def test_a_change_hands_venues_over_without_a_gap(
    province: Unit, disease: Disease, tracer: Officer, approver: Officer, places: dict[str, Venue],
    suspending: dict[str, object], kinds: list[Category],
) -> None:  # fmt: skip
    zone = zone_in_force(province, disease, tracer, approver, **suspending)
    only = [kind for kind in kinds if kind.code == "market"]
    approved(draft_change(zone, draft_of(effect=VenueEffect.SUSPEND, categories=only), tracer), approver)
    assert statuses(places) == {"cafe": "approved", "market": "suspended", "office": "approved"}
    assert Venue.objects.get(pk=places["market"].pk).holds.filter(released_at=None).count() == 1


def test_a_zone_may_lay_down_the_way_of_scanning_and_the_strictest_wins(
    province: Unit, disease: Disease, tracer: Officer, approver: Officer, places: dict[str, Venue],
    kinds: list[Category],
) -> None:  # fmt: skip
    cafe, today = places["cafe"], timezone.localdate()
    usual = modes_of([cafe.pk], today)[cafe.pk]
    facts = {"effect": VenueEffect.MODE, "categories": kinds}
    gate = zone_in_force(province, disease, tracer, approver, **facts, mode=Mode.GATE, name="Vùng cổng")
    zone_in_force(province, disease, tracer, approver, **facts, mode=Mode.BOTH)
    assert statuses(places)["cafe"] == "approved"
    found = mode_in_force(cafe, today)
    assert (found.mode, found.hold and found.hold.title) == (Mode.GATE, "Vùng cổng")
    lifted(gate, tracer, approver)
    assert modes_of([cafe.pk], today)[cafe.pk] == Mode.BOTH != usual


def test_only_venues_of_the_zones_own_area_are_inside(
    province: Unit, commune: Unit, disease: Disease, tracer: Officer, places: dict[str, Venue]
) -> None:
    other = Unit.objects.create(
        code="2", level="commune", name="Bên", full_name="Xã Bên", name_en="Beside", path="1.3", parent=province,
        valid_from=dt.date(2025, 7, 1), search_key="ben", sort_key="ben",
    )  # fmt: skip
    Venue.objects.filter(pk=places["cafe"].pk).update(unit=other)
    in_commune = draft_zone(commune, disease, draft_of(), tracer)
    assert set(venues_inside(in_commune)) == {places["market"], places["office"]}
    whole = draft_zone(province, disease, draft_of(outline=outline_of_communes([other])), tracer)
    assert whole.shape == Shape.COMMUNES
    assert set(venues_inside(whole)) == {places["cafe"]}
    away = draft_zone(province, disease, draft_of(outline=outline_around(Point(107.7, 16.5), 500)), tracer)
    assert not venues_inside(away).exists()
