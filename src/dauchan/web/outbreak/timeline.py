"""Who was where when: a case and its contacts at the case's places, a day at a time, by number and never by name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from dauchan.tracing.access import access_case
from dauchan.tracing.engine import policy_of
from dauchan.tracing.queries import stays_of
from dauchan.tracing.risk_of_contacts import risk_times
from dauchan.units import audit
from dauchan.units.models import Role
from dauchan.visits.models import Visit
from dauchan.visits.rules import is_flood
from dauchan.web.layout.stays import Lane, Stay, Stays
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.words import contact_name, duration, source_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpResponse

    from dauchan.tracing.models import Contact, TraceRun
    from dauchan.tracing.queries import Stay as CaseStay
    from dauchan.web.requests import OfficerRequest

#: Contacts drawn at a place, the highest risk first; the table below has them all.
MOST_LANES = 8


@dataclass(frozen=True)
class Met:
    """A contact's visit at a place of the case, and what of it was shared."""

    contact: Contact
    visit: Visit
    shared: tuple[dt.datetime, dt.datetime]

    @property
    def label(self) -> str:
        return contact_name(self.contact.number)

    @property
    def length(self) -> str:
        start, end = self.shared
        return duration(round((end - start).total_seconds()))


@dataclass(frozen=True)
class PlaceOfDay:
    """One stay of the case on the day, and who was there."""

    stay: CaseStay
    met: list[Met]

    @property
    def people(self) -> dict[int, list[Met]]:
        """The visits of each contact by number, the highest risk first."""
        found: dict[int, list[Met]] = {}
        for met in self.met:
            found.setdefault(met.contact.number, []).append(met)
        return found

    @property
    def left_out(self) -> int:
        """How many people the picture has no room for."""
        return max(0, len(self.people) - MOST_LANES)


@officer_required(Role.TRACER, Role.APPROVER)
def timeline(request: OfficerRequest, case_id: int) -> HttpResponse:
    """Within the infectious period only: stays outside it are no part of the case's page either."""
    case = access_case(request.user, case_id)
    audit.record(request.user, "case.timeline_seen", f"case:{case.pk}")
    run = case.runs.first()
    stays = stays_of(case)
    days = sorted({timezone.localtime(stay.begins).date() for stay in stays})
    day = _asked_day(request.GET.get("day", ""), days)
    of_day = [stay for stay in stays if timezone.localtime(stay.begins).date() == day]
    places = _places(run, of_day) if run else [PlaceOfDay(stay, []) for stay in of_day]
    context: dict[str, Any] = {
        "case": case,
        "run": run,
        "days": days,
        "day": day,
        "places": places,
        "picture": _picture(places, day) if places and day else None,
    }
    return render(request, "outbreak/timeline.html", context)


def _asked_day(asked: str, days: list[dt.date]) -> dt.date | None:
    """The day that is asked for if the case was anywhere on it, else the first."""
    try:
        day = parse_date(asked)
    except ValueError:
        day = None
    return day if day in days else next(iter(days), None)


def _places(run: TraceRun, stays: list[CaseStay]) -> list[PlaceOfDay]:
    """Two queries, however many people there are."""
    if not stays:
        return []
    ranked = run.contacts.filter(generation=1).alias(risk=risk_times()).order_by("-risk", "number")
    contacts = {contact.person_id: contact for contact in ranked}
    tail = dt.timedelta(minutes=policy_of(run).tail_minutes)
    visits = Visit.objects.filter(
        person_id__in=list(contacts),
        venue__in={stay.visit.venue_id for stay in stays},
        entered_at__lt=max(stay.ends for stay in stays) + tail,
        ended_at__gt=min(stay.begins for stay in stays),
    )
    there = [visit for visit in visits if not is_flood(visit.labels)]
    order = {person: place for place, person in enumerate(contacts)}
    there.sort(key=lambda visit: (order[visit.person_id], visit.entered_at))
    return [PlaceOfDay(stay, list(_met(stay, there, contacts, tail))) for stay in stays]


def _met(
    stay: CaseStay, visits: list[Visit], contacts: Mapping[int, Contact], tail: dt.timedelta
) -> Iterable[Met]:  # fmt: skip
    for visit in visits:
        start, end = max(stay.begins, visit.entered_at), min(stay.ends + tail, visit.ended_at)
        if visit.venue_id == stay.visit.venue_id and start < end:
            yield Met(contacts[visit.person_id], visit, (start, end))


def _picture(places: list[PlaceOfDay], day: dt.date) -> Stays:
    """The places of the day one below the other on one axis: the case's stay, then those who were there."""
    lanes = []
    for place in places:
        stay = place.stay
        label = f"{stay.visit.venue.name}: {source_name(None)}"
        lanes.append(Lane(label, [Stay(stay.begins, stay.ends, is_imputed=stay.imputed)], is_index=True))
        lanes += [_lane(met) for met in list(place.people.values())[:MOST_LANES]]
    title = _("Ca bệnh và những người có mặt cùng nơi, ngày %(day)s") % {"day": formats.date_format(day, "d/m/Y")}
    return Stays(title, lanes)


def _lane(met: list[Met]) -> Lane:
    """One person at one place of the case."""
    visits = [each.visit for each in met]
    stays = [Stay(visit.entered_at, visit.ended_at, is_imputed=visit.left_at is None) for visit in visits]
    return Lane(met[0].label, stays, [each.shared for each in met])
