"""Names are open to a head for half an hour, agency by agency, after saying what for."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from dauchan.people.roster.actions import note_look, open_roster

if TYPE_CHECKING:
    from dauchan.people.roster.models import Agency
    from dauchan.web.requests import OfficerRequest

OPEN_SECONDS = 30 * 60


def _key(agency: Agency) -> str:
    return f"roster_opened_{agency.pk}"


def open_names_of(request: OfficerRequest, agency: Agency, purpose: str) -> None:
    open_roster(agency, request.user, purpose)
    request.session[_key(agency)] = [purpose, int(time.time()) + OPEN_SECONDS]


def purpose_of(request: OfficerRequest, agency: Agency) -> str | None:
    """What names are open for, None where they are not."""
    purpose, until = request.session.get(_key(agency), (None, 0))
    return purpose if time.time() < until else None


def look(request: OfficerRequest, agency: Agency, what: str, members: int) -> None:
    """Log that names were shown; they must be open."""
    note_look(agency, request.user, purpose_of(request, agency) or "", what, members)
