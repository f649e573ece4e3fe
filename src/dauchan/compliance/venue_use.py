"""How single venues are used over a period: found, ordered, and a page of them with each day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Exists, Max, OuterRef, QuerySet

from dauchan.compliance.models import VenueDay
from dauchan.compliance.periods import Period
from dauchan.venues.models import Venue, VenueStatus
from dauchan.visits.sql import blocks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class Order(StrEnum):
    """How a list of venues is ordered: by name, or by a figure of the period."""

    NAME = "name"
    MOST = "most"
    FEWEST = "fewest"
    FAILED = "failed"


#: Days that decide an order.
ORDERED_BY = 28
#: Registered venues, which a scan is expected of.
REGISTERED = (VenueStatus.APPROVED, VenueStatus.SUSPENDED)
_NARROWED = "d.venue_id = ANY(ARRAY(SELECT v.id FROM v))"
_ORDERS = {
    Order.MOST: "scans DESC, sort_key, id",
    Order.FEWEST: "scans, sort_key, id",
    Order.FAILED: "failed DESC, sort_key, id",
}


@dataclass(frozen=True)
class VenueUse:
    """A venue over a period.

    Attributes:
        scans, people, failed: along the days of the period; None for a day that was not counted.
        last_on: the last day with a scan, of all that are kept; None where there was none.
    """

    venue: Venue
    scans: list[int | None]
    people: list[int | None]
    failed: list[int | None]
    last_on: date | None

    @property
    def counted(self) -> int:
        return sum(number is not None for number in self.scans)

    def a_day(self, numbers: list[int | None]) -> float | None:
        return sum(number or 0 for number in numbers) / self.counted if self.counted else None

    @property
    def scans_a_day(self) -> float | None:
        return self.a_day(self.scans)

    @property
    def people_a_day(self) -> float | None:
        return self.a_day(self.people)

    @property
    def failed_in_all(self) -> int:
        return sum(number or 0 for number in self.failed)


def silent_in(venues: QuerySet[Venue], period: Period) -> QuerySet[Venue]:
    """Registered venues that had no scan in the period."""
    scanned = VenueDay.objects.filter(venue=OuterRef("pk"), day__range=(period.first, period.last), scans__gt=0)
    return venues.filter(~Exists(scanned), status__in=REGISTERED)


def scanned_in(period: Period) -> QuerySet[VenueDay, int]:
    """The venues, by their keys, that had a scan in the period; some more than once."""
    return VenueDay.objects.filter(day__range=(period.first, period.last), scans__gt=0).values_list(
        "venue_id", flat=True
    )


class VenuesByUse:
    """Venues in an order of a period, to be cut into pages; counts and slices as a paginator asks for them.

    Where the order or the choice needs every day of the period, the whole order is asked for once, and pages are cut from it. Of a
    longer period its last `ORDERED_BY` days decide: each day of every venue is added up. With *is_part* the venues are few among all, and
    their days are looked up one by one.
    """

    def __init__(
        self,
        venues: QuerySet[Venue],
        period: Period,
        order: Order = Order.NAME,
        *,
        silent: bool = False,
        is_part: bool = False,
    ) -> None:
        self.venues = silent_in(venues, period) if silent else venues
        self.order = order
        self.is_part = is_part
        self.ordered_by = period if period.length <= ORDERED_BY else Period.ending(period.last, ORDERED_BY)
        self.in_one_go = silent or order != Order.NAME

    def count(self) -> int:
        return len(self.ids) if self.in_one_go else self.venues.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Venue]:
        """One page, as the paginator cuts it."""
        if not self.in_one_go:
            return list(self.venues.order_by("sort_key", "pk")[part])
        found = Venue.objects.select_related("unit", "category").in_bulk(self.ids[part])
        return [found[pk] for pk in self.ids[part] if pk in found]

    @cached_property
    def ids(self) -> list[int]:
        """All of them in their order."""
        if self.order == Order.NAME:
            return list(self.venues.order_by("sort_key", "pk").values_list("pk", flat=True))
        asked, given = self.venues.order_by().values("id", "sort_key").query.sql_with_params()
        query = blocks("days.sql", "dauchan.compliance.sql")["venues_by_use"]
        query = query.replace("{venues}", asked).replace("{order}", _ORDERS[self.order])
        query = query.replace("{narrowed}", _NARROWED if self.is_part else "true")
        with connection.cursor() as cursor:
            cursor.execute(query, [*given, self.ordered_by.first, self.ordered_by.last])
            return [pk for (pk,) in cursor.fetchall()]


def use_of_venues(venues: Sequence[Venue], period: Period, counted: frozenset[date]) -> list[VenueUse]:
    """The venues with each day of the period; *counted* are the days for which no row means no scan. Two queries."""
    rows = VenueDay.objects.filter(venue__in=venues, day__range=(period.first, period.last))
    known = {
        (pk, day): numbers for pk, day, *numbers in rows.values_list("venue_id", "day", "scans", "people", "failed")
    }
    scanned = VenueDay.objects.filter(venue__in=venues, scans__gt=0)
    last = dict(scanned.values_list("venue_id").annotate(last=Max("day")).order_by())
    days = period.days

    def along(venue: Venue, place: int) -> list[int | None]:
        quiet = (0, 0, 0)
        return [known.get((venue.pk, day), quiet)[place] if day in counted else None for day in days]

    return [VenueUse(each, along(each, 0), along(each, 1), along(each, 2), last.get(each.pk)) for each in venues]
