"""What an inspector's phone takes along for the day, so that everything can be done without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Prefetch
from django.middleware.csrf import get_token
from django.utils import timezone

from dauchan.compliance.signs.models import Sign
from dauchan.oversight.inspections.access import INSPECTS
from dauchan.oversight.inspections.models import Inspection, InspectionFinding, Measure, MeasureState, RoundState, Stop
from dauchan.qr import make_venue_code
from dauchan.units import audit
from dauchan.units.deadlines import add_working_days
from dauchan.units.jurisdiction import in_area
from dauchan.units.languages import reads_english
from dauchan.units.working_days import office_calendar
from dauchan.web.inspections.words import parts_shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dauchan.units.models import Officer
    from dauchan.venues.models import Poster, Venue
    from dauchan.web.requests import OfficerRequest

MOST_STOPS = 200
#: Deadlines that the phone can say by itself, in working days.
DAYS = (1, 2, 3, 5, 7, 10, 15)


def pack_for(request: OfficerRequest) -> dict[str, Any]:
    """A fixed number of queries, however many places."""
    officer = request.user
    stops = list(_stops_of(officer))
    audit.record(officer, "inspections.taken_along", f"officer:{officer.pk}", detail={"places": len(stops)})
    now, calendar = timezone.now(), office_calendar()
    due = {days: timezone.localtime(add_working_days(now, days, calendar)).strftime("%d/%m/%Y") for days in DAYS}
    signs, last, measures = _signs(stops), _last(stops), _measures(stops)
    return {
        "officer": {"id": officer.pk, "name": officer.full_name},
        "token": get_token(request),
        "at": int(now.timestamp() * 1000),
        "due": due,
        "stops": [
            {
                **_stop(stop),
                "sign": signs.get(stop.source, ""),
                "last": last.get(stop.venue_id),
                "measures": measures.get(stop.venue_id, []),
            }
            for stop in stops
        ],
    }


def _stops_of(officer: Officer) -> Iterable[Stop]:
    """Of open rounds in whose team the officer is, at venues of the officer's own area."""
    area = in_area(officer.units_as(*INSPECTS), "venue__unit")
    stops = Stop.objects.filter(area, dropped_at=None, round__state=RoundState.OPEN, round__team__officer=officer)
    stops = stops.select_related("round", "venue__unit", "venue__category").prefetch_related(
        "venue__posters", Prefetch("inspections", Inspection.objects.select_related("inspector"))
    )
    return stops.order_by("round__first_on", "round", "position")[:MOST_STOPS]


def _stop(stop: Stop) -> dict[str, Any]:
    venue = stop.venue
    done = next(iter(stop.inspections.all()), None)
    return {
        "stop": stop.pk,
        "round_id": stop.round_id,
        "round": stop.round.title,
        "until": f"{stop.round.last_on:%d/%m/%Y}",
        "position": stop.position,
        "why": str(stop.get_chosen_by_display()),
        "score": stop.score,
        "parts": [f"{part.label} {part.points}/{part.most}" for part in parts_shown(stop.parts) if part.points],
        "follows": _followed(stop.source),
        "venue": {
            "id": venue.pk,
            "name": venue.name,
            "address": venue.full_address,
            "category": str(venue.category),
            "lat": venue.lat,
            "lon": venue.lon,
        },
        "codes": [_code(venue, poster) for poster in venue.posters.all()],
        "done": {"id": done.pk, "by": done.inspector.full_name, "client": str(done.client_id)} if done else None,
    }


def _followed(source: str) -> int | None:
    """The inspection that this stop looks at again."""
    kind, _colon, key = source.partition(":")
    return int(key) if kind == "inspection" and key.isdecimal() else None


def _code(venue: Venue, poster: Poster) -> dict[str, Any]:
    """What the QR of one issue says, which hangs at the door for everybody to read; the signature is checked by the server."""
    code = make_venue_code(venue.pk, poster.version, settings.VENUE_CODE_KEYS)
    return {"version": poster.version, "code": code, "is_current": poster.withdrawn_at is None}


def _signs(stops: list[Stop]) -> dict[str, str]:
    """The evidence of the signs that gave cause, by the name of their row; of a sensitive place none."""
    keys = [int(stop.source.removeprefix("sign:")) for stop in stops if stop.source.startswith("sign:")]
    found = Sign.objects.filter(pk__in=keys).select_related("venue__category").defer("picture")
    return {
        f"sign:{sign.pk}": sign.evidence.english if reads_english() else sign.evidence.vietnamese
        for sign in found
        if not sign.venue.is_sensitive
    }


def _last(stops: list[Stop]) -> dict[int, dict[str, Any]]:
    """The last inspection of each place, with what it found."""
    standing = Prefetch("findings", InspectionFinding.objects.filter(withdrawal=None), to_attr="standing")
    venues = [stop.venue_id for stop in stops]
    found = Inspection.objects.filter(venue__in=venues).order_by("venue_id", "-began_at", "-pk").distinct("venue_id")
    return {
        one.venue_id: {
            "id": one.pk,
            "on": f"{timezone.localdate(one.began_at):%d/%m/%Y}",
            "findings": [str(finding.get_finding_display()) for finding in one.standing],
        }
        for one in found.prefetch_related(standing)
    }


def _measures(stops: list[Stop]) -> dict[int, list[dict[str, Any]]]:
    """What earlier inspections required and nobody has seen mended."""
    waiting = Measure.objects.filter(
        inspection__venue__in=[stop.venue_id for stop in stops], state__in=[MeasureState.OPEN, MeasureState.ANSWERED]
    ).select_related("inspection")
    found: dict[int, list[dict[str, Any]]] = {}
    for one in waiting:
        told = {"id": one.pk, "words": one.words, "due": f"{timezone.localtime(one.due_at):%d/%m/%Y}"}
        found.setdefault(one.inspection.venue_id, []).append(told)
    return found
