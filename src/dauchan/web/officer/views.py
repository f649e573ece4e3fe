"""The console's first page: what waits for this officer, and how their area does today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dauchan.compliance.indicators import DEFINITIONS, indicators_of
from dauchan.compliance.venue_days import counted_days
from dauchan.people.invitations.queries import open_renewal
from dauchan.units.models import Role
from dauchan.units.watch.access import WATCHES, access_alarms
from dauchan.venues.access import DECIDES_VENUES, access_venues
from dauchan.venues.queries import waiting
from dauchan.web.accountability.first import first_of
from dauchan.web.officer.guards import officer_required
from dauchan.web.officer.oversight_waiting import waiting_for

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

MOST_SHOWN = 5
#: Whose work is the use of the doors; tracers and approvers have figures of their own.
WATCHES_USE = (Role.OFFICER, Role.HEAD, Role.MONITOR, Role.LEADER)


@require_GET
@officer_required()
def home(request: OfficerRequest) -> HttpResponse:
    """What waits, and today's figures of the officer's area."""
    officer = request.user
    waiting_here = waiting(access_venues(officer, *DECIDES_VENUES))
    units = list(dict.fromkeys(officer.units_as(*WATCHES_USE)))
    today = timezone.localdate()
    context = {
        "decides": bool(officer.roles() & set(DECIDES_VENUES)),
        "waiting_count": waiting_here.count(),
        "waiting": waiting_here[:MOST_SHOWN],
        "counted_at": counted_days(today, today).get(today) if units else None,
        "indicators": indicators_of(units, today) if units else [],
        "definitions": DEFINITIONS,
        "oversight_waiting": waiting_for(officer),
        "open_alarms": access_alarms(officer).filter(seen_at=None).count() if officer.roles() & set(WATCHES) else 0,
        "own_renewal": open_renewal(officer),
        **first_of(officer),
    }
    return render(request, "officer/home.html", context)
