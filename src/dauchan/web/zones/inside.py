"""The venues inside a zone, on its page and as a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from dauchan.exchange.tables import Column
from dauchan.tracing.zones.models import VenueEffect
from dauchan.tracing.zones.queries import people_a_day, sees_exact_counts, use_by_day, venues_seen
from dauchan.tracing.zones.small_numbers import SMALLEST_CELL, told
from dauchan.venues.models import VenueStatus
from dauchan.venues.queries import matching
from dauchan.visits.partitions import midnight
from dauchan.web.layout.charts import Chart, Series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

    from dauchan.tracing.zones.models import ZoneOrder
    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue
    from dauchan.web.requests import OfficerRequest

VENUES_A_PAGE = 25
#: Over how many whole days before today use is measured.
DAYS_OF_USE = 7


@dataclass(frozen=True)
class VenueLine:
    """A venue with the people of an average day: exact for tracers, else as far as it may be told (None: fewer)."""

    venue: Venue
    people: int | None
    touched: bool

    @property
    def people_words(self) -> str:
        return _("dưới %(k)s") % {"k": SMALLEST_CELL} if self.people is None else str(self.people)


@dataclass(frozen=True)
class VenueChoice:
    """What part of the venues is looked at."""

    words: str
    category: str
    status: str

    @classmethod
    def read(cls, request: OfficerRequest) -> VenueChoice:
        asked = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "category", "status")}
        return cls(asked["q"], asked["category"], asked["status"])

    def of(self, venues: QuerySet[Venue]) -> QuerySet[Venue]:
        venues = matching(venues, self.words)
        if self.category:
            venues = venues.filter(category__code=self.category)
        return venues.filter(status=self.status) if self.status else venues


def window() -> tuple[dt.datetime, dt.datetime]:
    """The last whole days."""
    end = midnight(timezone.localdate())
    return end - dt.timedelta(days=DAYS_OF_USE), end


def inside_of(request: OfficerRequest, order: ZoneOrder) -> dict[str, Any]:
    venues = venues_seen(order, request.user)
    choice = VenueChoice.read(request)
    page = Paginator(choice.of(venues).order_by("sort_key", "pk"), VENUES_A_PAGE).get_page(request.GET.get("page"))
    return {
        "choice": choice,
        "page": page,
        "lines": list(lines_of(list(page), order, request.user)),
        "venue_count": venues.count(),
        "touched_count": venues.filter(category__in=order.categories.all()).count(),
        "categories": sorted({venue.category for venue in venues}, key=lambda category: category.position),
        "statuses": [VenueStatus.APPROVED, VenueStatus.SUSPENDED],
        "use_days": DAYS_OF_USE,
        **use_chart(venues, request.user, order),
    }


def lines_of(venues: Iterable[Venue], order: ZoneOrder, officer: Officer) -> Iterator[VenueLine]:
    venues = list(venues)
    people = people_a_day([venue.pk for venue in venues], *window())
    exact = sees_exact_counts(officer, order.zone)
    kinds = set(order.categories.values_list("pk", flat=True)) if order.effect != VenueEffect.NONE else set()
    for venue in venues:
        average = round(people.get(venue.pk, 0))
        yield VenueLine(venue, average if exact else told(average), venue.category_id in kinds)


def use_chart(venues: QuerySet[Venue], officer: Officer, order: ZoneOrder) -> dict[str, Any]:
    """People and visits of the whole zone by day."""
    exact = sees_exact_counts(officer, order.zone)
    days = use_by_day(venues.values_list("pk", flat=True), *window())
    people = [day.people if exact else told(day.people) for day in days]
    visits = [day.visits if exact else (day.people >= SMALLEST_CELL and told(day.visits)) or None for day in days]
    series = [Series(_("Người"), people), Series(_("Lượt"), visits, "series-2")]
    title = _("Người và lượt vào trong vùng, theo ngày")
    chart = Chart(title, _("Ngày"), [f"{day.on:%d/%m}" for day in days], series, "bars")
    return {"chart": chart if days else None, "exact": exact, "smallest": SMALLEST_CELL}


def columns() -> list[Column[VenueLine]]:
    return [
        Column(_("Tên địa điểm"), lambda line: line.venue.name),
        Column(_("Loại hình"), lambda line: line.venue.category.name),
        Column(_("Địa chỉ"), lambda line: line.venue.full_address),
        Column(_("Trạng thái"), lambda line: line.venue.get_status_display()),
        Column(_("Chịu tác động của vùng"), lambda line: _("có") if line.touched else _("không")),
        Column(_("Người mỗi ngày"), lambda line: line.people if line.people is not None else line.people_words),
        Column(_("Vĩ độ"), lambda line: line.venue.lat),
        Column(_("Kinh độ"), lambda line: line.venue.lon),
    ]
