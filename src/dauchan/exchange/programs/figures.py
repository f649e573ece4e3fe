"""Figures of units by day, and the signs of the last screening."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from dauchan.compliance.models import UnitDay
from dauchan.compliance.signs.queries import latest_run, with_dismissals
from dauchan.exchange.programs import cursors, questions, schemas
from dauchan.exchange.programs.paging import OPEN_TO_KNOW, area_of, by_number, page_of
from dauchan.exchange.programs.problems import Code, Refused
from dauchan.units.jurisdiction import in_area

if TYPE_CHECKING:
    from dauchan.exchange.programs.admission import Caller

MOST_DAYS = 92
SMALLEST = 10


def indicators(caller: Caller, asked: questions.IndicatorsAsked) -> schemas.Page[schemas.Indicators]:
    """Rounded like public figures (docs/decisions/0010): two of them that differ by one visit tell nothing of it."""
    if not asked.first_on <= asked.last_on <= asked.first_on + dt.timedelta(days=MOST_DAYS - 1):
        raise Refused(Code.BAD_PARAMETER, "last_on")
    found = UnitDay.objects.filter(
        in_area([area_of(caller, asked.unit_id)]), day__range=(asked.first_on, asked.last_on)
    )
    if asked.level:
        found = found.filter(unit__level=asked.level)
    day, unit_id = cursors.read(asked.cursor, 2)
    if day:
        after = dt.date.fromordinal(min(day, dt.date.max.toordinal()))
        found = found.filter(Q(day__gt=after) | Q(day=after, unit_id__gt=unit_id))
    rows = list(found.order_by("day", "unit_id")[: asked.limit + 1])
    return page_of(rows, asked.limit, _indicators, lambda row: (row.day.toordinal(), row.unit_id))


def _indicators(row: UnitDay) -> schemas.Indicators:
    return schemas.Indicators(
        unit_id=row.unit_id,
        day=row.day,
        registered=row.registered,
        new=row.new,
        active=row.active,
        scans=_rounded(row.scans),
        people=_rounded(row.people),
    )


def _rounded(count: int) -> int | None:
    return count // SMALLEST * SMALLEST or None


def signs(caller: Caller, asked: questions.SignsAsked) -> schemas.Page[schemas.FoundSign]:
    run = latest_run()
    if run is None:
        return schemas.Page([], None)
    sensitive = {f"venue__{name}": value for name, value in OPEN_TO_KNOW.items()}
    found = run.signs.filter(in_area([area_of(caller, asked.unit_id)], "venue__unit"), **sensitive)
    if asked.sign:
        found = found.filter(sign=asked.sign)
    if asked.venue_id:
        found = found.filter(venue=asked.venue_id)
    return by_number(with_dismissals(found.select_related("venue", "run")), asked, _sign)


def _sign(row: Any) -> schemas.FoundSign:  # noqa: ANN401 - a sign with what sets it aside
    return schemas.FoundSign(
        venue_id=row.venue_id,
        unit_id=row.venue.unit_id,
        sign=row.sign,
        confidence=row.confidence,
        since_on=row.since_on,
        nights=row.nights,
        screened_on=row.run.on,
        set_aside=row.dismissal_id is not None,
    )
