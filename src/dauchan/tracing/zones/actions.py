"""Orders on zones: drafted by one person, decided by another, changed and lifted by further orders."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils import timezone

from dauchan.tracing.zones.access import may_decide, require_drafter
from dauchan.tracing.zones.effects import settle_zone
from dauchan.tracing.zones.errors import (
    AlreadyDecided,
    ChangedMeanwhile,
    NotYetInForce,
    OneWaits,
    PeriodOver,
    SecondPersonNeeded,
    ZoneOver,
)
from dauchan.tracing.zones.geometry import Box
from dauchan.tracing.zones.models import Act, VenueEffect, Zone, ZoneOrder
from dauchan.units import audit
from dauchan.units.errors import RoleMissing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from dauchan.tracing.models import Case, Disease
    from dauchan.tracing.zones.models import RiskLevel
    from dauchan.tracing.zones.outlines import Outline
    from dauchan.units.models import Officer, Unit
    from dauchan.venues.models import Category

ZONE_CODE_LOCK = 7255


@dataclass(frozen=True)
class Draft:
    """What an officer wants to hold in a zone."""

    name: str
    area_words: str
    outline: Outline
    level: RiskLevel
    basis: str
    document_number: str
    begins_at: dt.datetime
    reason: str
    ends_at: dt.datetime | None = None
    measures: Sequence[str] = ()
    measures_words: str = ""
    effect: str = VenueEffect.NONE
    mode: str = ""
    categories: Sequence[Category] = ()
    cases: Sequence[Case] = field(default=())


@transaction.atomic
def draft_zone(unit: Unit, disease: Disease, draft: Draft, officer: Officer) -> ZoneOrder:
    """Propose a new zone in the area of *unit*. Raises: RoleMissing."""
    require_drafter(officer, unit)
    zone = Zone.objects.create(code=_next_code(timezone.localdate().year), unit=unit, disease=disease)
    return _keep(zone, Act.ESTABLISH, draft, officer)


@transaction.atomic
def draft_change(zone: Zone, draft: Draft, officer: Officer) -> ZoneOrder:
    """Propose another outline, level, period or measures; what holds goes on holding until it is approved.

    Raises: RoleMissing, OneWaits, NotYetInForce, ZoneOver.
    """
    zone = _locked(zone, officer)
    return _keep(zone, Act.CHANGE, draft, officer)


@transaction.atomic
def draft_lift(zone: Zone, officer: Officer, *, reason: str, document_number: str, at: dt.datetime) -> ZoneOrder:
    """Propose to lift the zone from *at* on. Raises: RoleMissing, OneWaits, NotYetInForce, ZoneOver."""
    zone = _locked(zone, officer)
    last = zone.orders.filter(approved=True).order_by("-number").first()
    if last is None:
        raise NotYetInForce
    parts = {name: list(getattr(last, name).all()) for name in ("communes", "cases")}
    kept = ("name", "area_words", "shape", "geometry", "west", "south", "east", "north", "level", "basis")
    facts = {name: getattr(last, name) for name in kept}
    order = ZoneOrder.objects.create(
        zone=zone,
        number=_next_number(zone),
        act=Act.LIFT,
        **facts,
        document_number=document_number,
        begins_at=at,
        effect=VenueEffect.NONE,
        reason=reason,
        drafted_by=officer,
    )
    for name, rows in parts.items():
        getattr(order, name).set(rows)
    _record(order, officer, "drafted")
    return order


def _locked(zone: Zone, officer: Officer) -> Zone:
    """The zone, if a further order on it may be drafted now. Raises: RoleMissing, OneWaits, NotYetInForce, ZoneOver."""
    require_drafter(officer, zone.unit)
    zone = Zone.objects.select_for_update(of=("self",)).select_related("unit", "disease").get(pk=zone.pk)
    if zone.orders.waiting().exists():
        raise OneWaits
    decided = zone.orders.filter(approved=True)
    if not decided.exists():
        raise NotYetInForce
    now = timezone.now()
    if not decided.filter(Q(holds_to__isnull=True) | Q(holds_to__gt=now)).exists():
        raise ZoneOver
    return zone


@transaction.atomic
def redraft(order: ZoneOrder, draft: Draft, officer: Officer) -> ZoneOrder:
    """Correct a draft; whoever corrected it last is its author, so two people are still needed.

    Raises: RoleMissing, AlreadyDecided, ChangedMeanwhile where somebody else corrected it since it was read.
    """
    require_drafter(officer, order.zone.unit)
    read_at = order.drafted_at
    order = _undecided(order)
    if order.drafted_at != read_at:
        raise ChangedMeanwhile
    order.drafted_by, order.drafted_at = officer, timezone.now()
    return _say(order, draft, officer, "redrafted")


def _keep(zone: Zone, act: Act, draft: Draft, officer: Officer) -> ZoneOrder:
    order = ZoneOrder(zone=zone, number=_next_number(zone), act=act, drafted_by=officer)
    return _say(order, draft, officer, "drafted")


def _say(order: ZoneOrder, draft: Draft, officer: Officer, what: str) -> ZoneOrder:
    outline = draft.outline
    box = outline.box._asdict() if outline.box else dict.fromkeys(Box._fields)
    said = {name: value for name, value in vars(draft).items() if name not in {"outline", "categories", "cases"}}
    said |= {"shape": outline.shape, "geometry": outline.geometry, "made_from": outline.made_from}
    for name, value in (said | box).items():
        setattr(order, name, value)
    order.save()
    order.communes.set(outline.communes)
    order.categories.set(draft.categories)
    order.cases.set(draft.cases)
    _record(order, officer, what)
    return order


def _next_number(zone: Zone) -> int:
    return int(zone.orders.aggregate(last=Max("number"))["last"] or 0) + 1


def _next_code(year: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ZONE_CODE_LOCK])
    prefix = f"KV-{year}-"
    last = Zone.objects.filter(code__startswith=prefix).order_by("-code").values_list("code", flat=True).first()
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:04d}"


@transaction.atomic
def withdraw_draft(order: ZoneOrder, officer: Officer) -> ZoneOrder:
    """Its author, or another who may draft there, takes a draft back before it is decided.

    Raises: RoleMissing, AlreadyDecided.
    """
    require_drafter(officer, order.zone.unit)
    order = _undecided(order)
    order.approved, order.decided_by, order.decided_at = False, officer, timezone.now()
    order.save()
    _record(order, officer, "withdrawn")
    return order


@transaction.atomic
def decide_order(
    order: ZoneOrder, officer: Officer, *, approve: bool, note: str = "", seen_at: dt.datetime | None = None
) -> ZoneOrder:
    """Put an order in force, or decline it; *seen_at* is `drafted_at` of what the approver read.

    Raises: SecondPersonNeeded, RoleMissing for somebody who is no approver here, AlreadyDecided, ChangedMeanwhile, PeriodOver.
    """
    order = _undecided(order)
    if seen_at not in {None, order.drafted_at}:
        raise ChangedMeanwhile
    if order.drafted_by_id == officer.pk:
        raise SecondPersonNeeded
    if not may_decide(officer, order.zone.unit):
        raise RoleMissing
    now = timezone.now()
    order.approved, order.decided_by, order.decided_at, order.decision_note = approve, officer, now, note
    if approve:
        _put_in_force(order, now)
    order.save()
    _record(order, officer, "approved" if approve else "declined")
    if approve:
        settle_zone(order.zone, now)
    return order


def _undecided(order: ZoneOrder) -> ZoneOrder:
    """Locked by way of its zone, as every order on it is. Raises: AlreadyDecided."""
    Zone.objects.select_for_update().get(pk=order.zone_id)
    order = ZoneOrder.objects.select_related("zone__unit", "zone__disease").get(pk=order.pk)
    if order.approved is not None:
        raise AlreadyDecided
    return order


def _put_in_force(order: ZoneOrder, now: dt.datetime) -> None:
    """It holds from its beginning, never from before its approval; what held until then ends there."""
    if order.ends_at is not None and order.ends_at <= now:
        raise PeriodOver
    order.holds_from = max(now, order.begins_at)
    order.holds_to = order.holds_from if order.act == Act.LIFT else order.ends_at
    standing = order.zone.orders.filter(approved=True)
    for before in standing.filter(Q(holds_to__isnull=True) | Q(holds_to__gt=order.holds_from)):
        # One that was to begin later never holds: its time is empty, half-open as every interval is.
        before.holds_to = max(order.holds_from, before.holds_from or order.holds_from)
        before.save(update_fields=["holds_to"])


def _record(order: ZoneOrder, officer: Officer, what: str) -> None:
    audit.record(
        officer,
        f"zone_order.{what}",
        f"zone:{order.zone_id}",
        purpose=order.reason[:300],
        detail={"order": order.number, "act": order.act, "document": order.document_number, "level": order.level_id},
    )
