"""A citizen files a report: within limits, sent to the unit that holds the place, with a deadline from the first minute."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from dauchan.oversight.errors import TooManyReports
from dauchan.oversight.models import EventKind, Report
from dauchan.oversight.photos import keep_photos
from dauchan.oversight.routing import route
from dauchan.oversight.rule_models import ReportRule
from dauchan.oversight.writing import start_clock, tell
from dauchan.people.encryption import keyed_hash
from dauchan.qr import make_short_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.units.models import Unit
    from dauchan.venues.models import Venue

REPORTS_AN_HOUR = 10
#: Whole halls stand behind one address; of one place, one address has rarely more to say than this in a day.
REPORTS_OF_A_VENUE_A_DAY = 3
#: More about one place within an hour, from whomever, is a campaign: those who still want to are told of the hotline.
REPORTS_OF_A_VENUE_AN_HOUR = 30
FILING_LOCK = 72530006
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@dataclass(frozen=True)
class Told:
    """What a citizen says. The place as one of: a venue, a point (lat, lon), a commune with an address in words."""

    finding: str
    words: str = ""
    venue: Venue | None = None
    point: tuple[float, float] | None = None
    commune: Unit | None = None
    place: str = ""


@transaction.atomic
def file_report(
    told: Told,
    address: str,
    *,
    photos: Sequence[bytes] = (),
    person_id: int | None = None,
    language: str = "vi",
    at: dt.datetime | None = None,
) -> Report:
    """Take a report and hand it to its unit; *photos* as `venues.pictures.reencode` gives them.

    Raises: TooManyReports, OutsideArea, PlaceMissing.
    """
    now = at or timezone.now()
    address_hash = keyed_hash(address, "report-address")
    with connection.cursor() as cursor:  # count and insert as one step, or parallel requests pass the limit
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FILING_LOCK])
    _refuse_flood(told.venue, address_hash, now)
    today = timezone.localdate(now)
    routed = route(told.venue, told.point, told.commune, today, ReportRule.on(today).border_metres)
    lat, lon = told.point or (None, None)
    report = Report(
        code=make_short_code(),
        venue=told.venue,
        unit=routed.unit,
        lat=lat,
        lon=lon,
        place=told.place,
        finding=told.finding,
        words=told.words,
        person_id=person_id,
        language=language[:5],
        address_hash=address_hash,
        reported_at=now,
    )
    start_clock(report, now)
    report.save()
    tell(report, EventKind.FILED, None, at=now)
    keep_photos(report, photos)
    return report


def _refuse_flood(venue: Venue | None, address_hash: bytes, now: dt.datetime) -> None:
    mine = Report.objects.filter(address_hash=address_hash)
    if mine.filter(reported_at__gt=now - HOUR).count() >= REPORTS_AN_HOUR:
        raise TooManyReports
    if venue is None:
        return
    if mine.filter(venue=venue, reported_at__gt=now - DAY).count() >= REPORTS_OF_A_VENUE_A_DAY:
        raise TooManyReports
    if Report.objects.filter(venue=venue, reported_at__gt=now - HOUR).count() >= REPORTS_OF_A_VENUE_AN_HOUR:
        raise TooManyReports
