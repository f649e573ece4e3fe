"""What the pages of zones show: which held when, how much the venues inside are visited, what was done."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.db.models.functions import TruncDate

from dauchan.tracing.zones.access import SEES_ZONES, TRACES, access_zones
from dauchan.tracing.zones.effects import venues_inside
from dauchan.tracing.zones.models import Act, ZoneOrder
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import AuditEntry
from dauchan.visits.models import Visit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from dauchan.tracing.zones.models import Zone
    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue


@dataclass(frozen=True)
class DayOfUse:
    """People and visits of one local day, over several venues."""

    on: dt.date
    people: int
    visits: int


def orders_at(officer: Officer, at: dt.datetime) -> QuerySet[ZoneOrder]:
    """What held at an instant in the zones that *officer* sees, the severest first. Raises: RoleMissing."""
    orders = ZoneOrder.objects.holding_at(at).filter(zone__in=access_zones(officer))
    return _shown(orders).order_by("-level__rank", "holds_from")


def orders_coming(officer: Officer, at: dt.datetime) -> QuerySet[ZoneOrder]:
    """Approved by *at*, and to begin after it."""
    approved = ZoneOrder.objects.filter(zone__in=access_zones(officer), approved=True, decided_at__lte=at)
    orders = approved.filter(holds_from__gt=at)
    return _shown(orders.exclude(act=Act.LIFT).exclude(holds_to__lte=at)).order_by("holds_from")


def orders_undecided(officer: Officer) -> QuerySet[ZoneOrder]:
    return _shown(ZoneOrder.objects.waiting().filter(zone__in=access_zones(officer))).order_by("drafted_at")


def orders_over(officer: Officer, at: dt.datetime) -> QuerySet[ZoneOrder]:
    """The last order of each zone that no longer held at *at*, the latest first."""
    still = ZoneOrder.objects.filter(approved=True).exclude(holds_to__lte=at).values("zone")
    held = ZoneOrder.objects.filter(approved=True).exclude(act=Act.LIFT)
    last = held.order_by("zone_id", "-number").distinct("zone_id")
    orders = ZoneOrder.objects.filter(pk__in=last.values("pk"), zone__in=access_zones(officer), holds_to__lte=at)
    return _shown(orders.exclude(zone__in=still)).order_by("-holds_to")


def _shown(orders: QuerySet[ZoneOrder]) -> QuerySet[ZoneOrder]:
    return orders.select_related("zone__unit", "zone__disease", "level", "drafted_by").prefetch_related("communes")


def orders_of(zone: Zone) -> list[ZoneOrder]:
    """The whole history, the latest first."""
    orders = zone.orders.select_related("level", "drafted_by", "decided_by")
    return list(orders.prefetch_related("communes", "categories").order_by("-number"))


def log_of(zone: Zone) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(subject=f"zone:{zone.pk}").select_related("actor", "in_place_of").order_by("-id")


def venues_seen(order: ZoneOrder, officer: Officer) -> QuerySet[Venue]:
    """Venues inside, of the area where *officer* serves."""
    return venues_inside(order).filter(in_area(officer.units_as(*SEES_ZONES))).select_related("unit", "category")


def sees_exact_counts(officer: Officer, zone: Zone) -> bool:
    """Who traces there; everybody else gets no figure of fewer than ten people."""
    return any(officer.may_act_as(role, zone.unit) for role in TRACES)


def use_by_venue(venue_ids: Iterable[int], begins: dt.datetime, ends: dt.datetime) -> dict[int, tuple[int, int]]:
    """Distinct people and visits of each venue between two instants."""
    rows = _visits(venue_ids, begins, ends).values("venue").annotate(people=_PEOPLE, visits=Count("pk"))
    return {row["venue"]: (row["people"], row["visits"]) for row in rows.order_by()}


def people_a_day(venue_ids: Iterable[int], begins: dt.datetime, ends: dt.datetime) -> dict[int, float]:
    """People on an average day with visits, by venue."""
    rows = _visits(venue_ids, begins, ends).values("venue", on=_DAY).annotate(people=_PEOPLE)
    days: dict[int, list[int]] = defaultdict(list)
    for row in rows.order_by():
        days[row["venue"]].append(row["people"])
    return {venue: sum(people) / len(people) for venue, people in days.items()}


def use_by_day(venue_ids: Iterable[int], begins: dt.datetime, ends: dt.datetime) -> list[DayOfUse]:
    """Distinct people and visits of all these venues together, by the local day of arrival."""
    rows = _visits(venue_ids, begins, ends).values(on=_DAY).annotate(people=_PEOPLE, visits=Count("pk"))
    return [DayOfUse(**row) for row in rows.order_by("on")]


_PEOPLE = Count("person_id", distinct=True)
_DAY = TruncDate("entered_at")


def _visits(venue_ids: Iterable[int], begins: dt.datetime, ends: dt.datetime) -> QuerySet[Visit]:
    return Visit.objects.filter(venue__in=list(venue_ids), entered_at__lt=ends, ended_at__gt=begins)
