"""The signs of the last screening in an officer's area: what is new, what lasts, what was set aside, where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from dauchan.compliance.referrals.access import HANDS_OVER
from dauchan.compliance.signs.access import JUDGES_SIGNS, SEES_SIGNS, access_signs
from dauchan.compliance.signs.models import Kind
from dauchan.compliance.signs.queries import failed_since, latest_run, next_due_at, under_way, with_dismissals
from dauchan.web.officer.guards import officer_required
from dauchan.web.signs.faces import RATHER, SURE, Face
from dauchan.web.signs.forms import SignFilter

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from dauchan.compliance.signs.models import ScreeningRun
    from dauchan.compliance.signs.queries import SignSetAside
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest

SIGNS_A_PAGE = 25
#: A map of more is a heap; they stand on the pages of the list all the same.
MOST_POINTS = 2000


@require_GET
@officer_required(*SEES_SIGNS)
def sign_list(request: OfficerRequest) -> HttpResponse:
    run = run_asked(request)
    chosen = SignFilter(request.GET, officer=request.user)
    there = chosen.of_place(signs_in(run, request.user))
    asked = chosen.narrowed(there)
    page = Paginator(asked, SIGNS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "run": run,
        "filter": chosen,
        "page": page,
        "faces": [Face(sign) for sign in page],
        "counts": counts_of(there),
        "points": points_of(asked),
        "most_points": MOST_POINTS,
        "may_hand_over": bool(request.user.units_as(*HANDS_OVER)),
        "may_judge": bool(request.user.units_as(*JUDGES_SIGNS)),
        **state_of_screening(run, timezone.now()),
    }
    return render(request, "signs/signs.html", context)


def run_asked(request: OfficerRequest) -> ScreeningRun | None:
    """The screening of the day that was asked for, or the last one."""
    try:
        on = parse_date(request.GET.get("on", ""))
    except ValueError:
        on = None
    return (latest_run(on) if on else None) or latest_run()


def signs_in(run: ScreeningRun | None, officer: Officer) -> QuerySet[SignSetAside]:
    return with_dismissals(access_signs(officer).filter(run=run))


def counts_of(signs: QuerySet[SignSetAside]) -> dict[str, Any]:
    is_open = Q(dismissal_id=None)
    kinds = {kind.value: Count("pk", filter=is_open & Q(sign=kind.value)) for kind in Kind}
    states = {
        "open": Count("pk", filter=is_open),
        "new": Count("pk", filter=is_open & Q(nights=1)),
        "lasting": Count("pk", filter=is_open & Q(nights__gt=1)),
        "aside": Count("pk", filter=~is_open),
    }
    found = signs.order_by().aggregate(**kinds, **states)
    return found | {"kinds": [(kind, found[kind.value]) for kind in Kind]}


def points_of(signs: QuerySet[SignSetAside]) -> list[dict[str, Any]]:
    """What the map shows: no sensitive place (CASE 15), and none without a place."""
    shown = signs.filter(venue__lat__isnull=False, venue__sensitive=False, venue__category__sensitive=False)
    columns = shown.values_list("venue_id", "venue__name", "venue__lat", "venue__lon", "sign", "confidence")
    return [
        {
            "lat": lat,
            "lon": lon,
            "label": name,
            "text": str(Kind(sign).label),
            "href": reverse("signs:venue", args=[venue_id]),
            "colour": "level-4" if confidence >= SURE else "level-3" if confidence >= RATHER else "level-2",
        }
        for venue_id, name, lat, lon, sign, confidence in columns[:MOST_POINTS]
    ]


def state_of_screening(run: ScreeningRun | None, now: dt.datetime) -> dict[str, Any]:
    """What the page says of the screening itself: when, whether one failed since, when the next is due."""
    last = latest_run()
    return {
        "is_last": run == last,
        "failed": failed_since(last),
        "under_way": under_way(),
        "next_at": next_due_at(now),
    }
