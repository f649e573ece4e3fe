"""One page a venue, for officers and for its owner: who it is, how it is used, and what happened in order of time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dauchan.compliance.periods import Period
from dauchan.compliance.venue_days import counted_days
from dauchan.compliance.venue_use import use_of_venues
from dauchan.units import audit
from dauchan.venues.access import SEES_VENUES, access_own_venue
from dauchan.venues.holds import holds_on
from dauchan.web.dashboards.drawing import use_of_one
from dauchan.web.officer.guards import officer_required
from dauchan.web.venue_file.readers import PART_NAMES, PARTS_OF, Part, Reader, access_file, owner_of_it
from dauchan.web.venue_file.timeline import SOURCES, file_of
from dauchan.web.visitor.session import person_required

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from dauchan.venues.models import Venue
    from dauchan.web.requests import OfficerRequest, PersonRequest

LINES_A_PAGE = 40
#: Printed at once; longer files are printed in parts.
LINES_ON_PAPER = 1000
DAYS_OF_USE = 28


@require_safe
@officer_required(*PARTS_OF)
def officers_file(request: OfficerRequest, venue_id: int) -> HttpResponse:
    """Every look is recorded."""
    venue, reader = access_file(request.user, venue_id)
    audit.record(request.user, "venue_file.opened", f"venue_file:{venue.pk}")
    return render(request, "venue_file/file.html", _shown(request, venue, reader))


@require_safe
@person_required
def own_file(request: PersonRequest, venue_id: int) -> HttpResponse:
    venue = access_own_venue(request.person.pk, venue_id)
    return render(request, "venue_file/own.html", _shown(request, venue, owner_of_it()))


def _shown(request: HttpRequest, venue: Venue, reader: Reader) -> dict[str, Any]:
    lines = file_of(venue, reader)
    counts = Counter(line.part for line in lines)
    asked = request.GET.get("part", "")
    part = Part(asked) if asked in {source.part for source in SOURCES} & reader.parts else None
    on_paper = "paper" in request.GET
    shown = [line for line in lines if part in {None, line.part}]
    page = Paginator(shown, LINES_ON_PAPER if on_paper else LINES_A_PAGE).get_page(request.GET.get("page"))
    parts = dict.fromkeys(source.part for source in SOURCES)  # of which several may tell
    tabs = [(each.value, PART_NAMES[each], counts[each]) for each in parts]
    return {
        "venue": venue,
        "reader": reader,
        "page": page,
        "part": part,
        "total": len(lines),
        "tabs": [tab for tab in tabs if Part(tab[0]) in reader.parts],
        "on_paper": on_paper,
        "holds": holds_on(venue),
        "chart": _use(venue) if Part.USE in reader.parts else None,
        "shows_use": Part.USE in reader.parts,
        "printed_at": timezone.now(),
        "opens_venue": reader.holds(*SEES_VENUES),
    }


def _use(venue: Venue) -> Any:  # noqa: ANN401 - a Chart, or None where no day was counted
    """Numbers of people and scans by day, to yesterday."""
    period = Period.ending(timezone.localdate() - dt.timedelta(days=1), DAYS_OF_USE)
    counted = frozenset(counted_days(period.first, period.last))
    if not counted:
        return None
    (use,) = use_of_venues([venue], period, counted)
    return use_of_one(use, period)
