"""One place: its signs with what was to be expected beside what was seen, what was set aside, and what was found before."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dauchan.compliance.signs.access import SEES_SIGNS, access_dismissals, access_signs, may_judge
from dauchan.compliance.signs.models import Kind
from dauchan.compliance.signs.queries import latest_run, next_due_at, with_dismissals
from dauchan.venues.access import access_venue
from dauchan.web.officer.guards import officer_required
from dauchan.web.signs.faces import Face
from dauchan.web.signs.forms import DismissalForm

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from dauchan.compliance.signs.models import Dismissal, Sign
    from dauchan.venues.models import Venue
    from dauchan.web.requests import OfficerRequest

#: Screenings that the history reaches back.
MOST_SIGNS = 400
MOST_DISMISSALS = 50


@require_GET
@officer_required(*SEES_SIGNS)
def venue_signs(request: OfficerRequest, venue_id: int) -> HttpResponse:
    return shown_signs(request, access_venue(request.user, venue_id, *SEES_SIGNS))


def shown_signs(
    request: OfficerRequest, venue: Venue, refused: DismissalForm | None = None, of_sign: int | None = None
) -> HttpResponse:  # fmt: skip
    """The page; *refused* is the form of one of its signs, with what was typed, where it was not accepted."""
    today, run = timezone.localdate(), latest_run()
    own = access_signs(request.user).filter(venue=venue)
    dismissals = list(access_dismissals(request.user).filter(venue=venue)[:MOST_DISMISSALS])
    signs = [Face(sign) for sign in with_dismissals(own.filter(run=run))] if run else []
    context = {
        "venue": venue,
        "run": run,
        "next_at": next_due_at(timezone.now()),
        "items": [_item(face, dismissals, refused if face.sign.pk == of_sign else None) for face in signs],
        "episodes": episodes_of(own.defer("picture").order_by("-run__on", "-run__pk")[:MOST_SIGNS]),
        "dismissals": [(dismissal, dismissal.holds_on(today)) for dismissal in dismissals],
        "may_judge": may_judge(request.user, venue.unit),
        "today": today,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "signs/venue.html", context, status=status)


@dataclass(frozen=True)
class Item:
    """A sign of the last screening, what sets it aside, and the form to do so."""

    face: Face
    dismissal: Dismissal | None
    form: DismissalForm


def _item(face: Face, dismissals: list[Dismissal], refused: DismissalForm | None) -> Item:
    by_number = {dismissal.pk: dismissal for dismissal in dismissals}
    form = refused or DismissalForm(prefix=f"s{face.sign.pk}")
    return Item(face, by_number.get(face.dismissal_id or 0), form)


@dataclass(frozen=True)
class Episode:
    """Screenings in a row that found the same sign."""

    kind: StrOrPromise
    first_on: dt.date
    last_on: dt.date
    nights: int
    evidence: StrOrPromise


def episodes_of(signs: Iterable[Sign]) -> list[Episode]:
    """The latest first; *signs* come the latest first. A day that was screened twice counts once."""
    of_kind: dict[str, list[list[Sign]]] = {}
    for sign in signs:
        episodes = of_kind.setdefault(sign.sign, [])
        newer = episodes[-1][-1] if episodes else None
        if newer is not None and newer.run.on == sign.run.on:
            continue
        if newer is None or newer.nights == 1:
            episodes.append([])
        episodes[-1].append(sign)
    found = [_episode(signs[-1], signs[0]) for episodes in of_kind.values() for signs in episodes]
    return sorted(found, key=lambda episode: episode.last_on, reverse=True)


def _episode(first: Sign, last: Sign) -> Episode:
    return Episode(Kind(last.sign).label, first.run.on, last.run.on, last.nights, Face(last).evidence)
