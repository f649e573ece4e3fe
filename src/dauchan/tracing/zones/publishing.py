"""Public figures: of communes as the administrative map draws them and of whole local days, each published once.

No question moves their borders: neither place nor time is a parameter of anybody's (CASE 16).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, F

from dauchan.tracing.zones.models import PublicFigure, PublishedDay
from dauchan.tracing.zones.small_numbers import told
from dauchan.units import audit
from dauchan.visits.models import Visit
from dauchan.visits.partitions import local_day, midnight
from dauchan.visits.registry import Assurance
from dauchan.visits.rules import DOUBTFUL

if TYPE_CHECKING:
    from collections.abc import Collection

#: A day is published when the gates that were without a network have had a day to hand their scans in.
DAYS_BEHIND = 2
#: How far back a machine that was off catches up.
DAYS_CAUGHT_UP = 14


def publish_due(now: dt.datetime) -> list[dt.date]:
    """Publish the days that are due and not out yet. Returns them."""
    last = local_day(now) - dt.timedelta(days=DAYS_BEHIND)
    due = [last - dt.timedelta(days=back) for back in range(DAYS_CAUGHT_UP)]
    out = set(PublishedDay.objects.filter(on__in=due).values_list("on", flat=True))
    missing = sorted(day for day in due if day not in out)
    return [day for day in missing if publish_day(day, now)]


@transaction.atomic
def publish_day(day: dt.date, now: dt.datetime) -> bool:
    """Publish the figures of a day; False if they were out before: they are never made anew."""
    if now < midnight(day + dt.timedelta(days=1)):
        raise ValueError(f"{day} is not over")
    _published, is_new = PublishedDay.objects.get_or_create(on=day, defaults={"published_at": now})
    if not is_new:
        return False
    figures = []
    for row in _cells(day):
        people = told(row["people"])
        if people is not None:
            figures.append(
                PublicFigure(unit_id=row["unit"], on=day, people=people, visits=told(row["visits"]) or people)
            )
    PublicFigure.objects.bulk_create(figures)
    audit.record(None, "figures.published", "figures", detail={"on": day.isoformat(), "communes": len(figures)})
    return True


def _cells(day: dt.date) -> list[Any]:
    """People and visits of every commune on a day.

    Only people with a verified phone count, and no scan that may have come from elsewhere: nine invented visitors must
    not lift one true one over the bound. Sensitive venues count nowhere.
    """
    visits = Visit.objects.filter(entered_at__gte=midnight(day), entered_at__lt=midnight(day + dt.timedelta(days=1)))
    visits = visits.filter(assurance__gte=Assurance.PHONE, venue__sensitive=False, venue__category__sensitive=False)
    sure = visits.annotate(doubts=F("labels").bitand(DOUBTFUL)).filter(doubts=0)
    cells = sure.order_by().values(unit=F("venue__unit"))
    return list(cells.annotate(people=Count("person_id", distinct=True), visits=Count("pk")))


def figures_of(unit_ids: Collection[int], days: int = 7) -> dict[int, dict[dt.date, PublicFigure | None]]:
    """What was published of these communes on the last published days; None: fewer than ten people."""
    published = list(PublishedDay.objects.order_by("-on").values_list("on", flat=True)[:days])
    figures = PublicFigure.objects.filter(unit__in=unit_ids, on__in=published)
    by_cell = {(figure.unit_id, figure.on): figure for figure in figures}
    return {unit: {day: by_cell.get((unit, day)) for day in published} for unit in unit_ids}


def last_published() -> dt.date | None:
    return PublishedDay.objects.order_by("-on").values_list("on", flat=True).first()
