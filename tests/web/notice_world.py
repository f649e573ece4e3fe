"""A case, the places where it was, and as many people there as a test wants."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import count

import numpy as np
from django.test import Client
from django.utils import timezone

from dauchan.tracing.actions import CaseReport, register_case
from dauchan.tracing.models import Case
from dauchan.tracing.notices.models import Notice
from dauchan.units.models import Officer, Role, Unit
from dauchan.venues.models import Venue
from dauchan.vietnamese.dates import LOCAL
from dauchan.visits.actions import load_visits
from tests.tracing.outbreak import make_disease
from tests.web.conftest import appointed, browser_of, make_person

PEOPLE = count(10_000)
ILL = "+84905123456"


@dataclass(frozen=True)
class Team:
    """A tracer and an approver with their browsers, and a case of the day before yesterday."""

    case: Case
    tracer: Officer
    approver: Officer

    @property
    def writing(self) -> Client:
        return browser_of(self.tracer)

    @property
    def deciding(self) -> Client:
        return browser_of(self.approver)


def make_team(province: Unit) -> Team:
    make_person(ILL, "Nguyễn Văn Bệnh")
    tracer = appointed(Role.TRACER, province)
    sampled_on = timezone.localdate() - dt.timedelta(days=1)
    case = register_case(CaseReport(ILL, make_disease(), province, sampled_on), tracer)
    return Team(case, tracer, appointed(Role.APPROVER, province))


def yesterday(hour: int, minute: int = 0) -> dt.datetime:
    """An instant of the day before today, by the local clock."""
    midnight = dt.datetime.combine(timezone.localdate() - dt.timedelta(days=1), dt.time(), LOCAL)
    return midnight + dt.timedelta(hours=hour, minutes=minute)


def visit(person_id: int, venue: Venue, start: dt.datetime, end: dt.datetime) -> None:
    facts = (person_id, venue.pk, int(start.timestamp()), int(end.timestamp()))
    load_visits(*(np.array([fact], np.int64) for fact in facts))


def crowd(venue: Venue, people: int, start: dt.datetime, end: dt.datetime) -> None:
    """So many different people there from start to end."""
    for _ in range(people):
        visit(next(PEOPLE), venue, start, end)


def written(start: dt.datetime, end: dt.datetime, **more: object) -> dict[str, object]:
    """What a tracer types, and hands in at once."""
    form = f"{start.astimezone(LOCAL):%Y-%m-%dT%H:%M}", f"{end.astimezone(LOCAL):%Y-%m-%dT%H:%M}"
    return {"starts_at": form[0], "ends_at": form[1], "advice": "test", "then": "submit", **more}


def submitted(team: Team, venue: Venue, start: dt.datetime, end: dt.datetime, **more: object) -> Notice:
    """A notice that waits for approval, written through the form."""
    address = f"/tracer/notices/cases/{team.case.pk}/new/?venue={venue.pk}"
    answer = team.writing.post(address, written(start, end, **more))
    assert answer.status_code == 302, answer.content.decode()
    return Notice.objects.latest("pk")


def approved(team: Team, notice: Notice, **more: str) -> int:
    """The approver's answer to it, as a status."""
    version = notice.versions.first()
    assert version is not None
    form = {"version": version.pk, "decision": "approve", "reason": "", "note": "", **more}
    return team.deciding.post(f"/tracer/notices/{notice.pk}/decide/", form).status_code


def published(team: Team, venue: Venue, start: dt.datetime, end: dt.datetime, **more: str) -> Notice:
    notice = submitted(team, venue, start, end)
    assert approved(team, notice, **more) == 302
    notice.refresh_from_db()
    return notice


def feed_text(client: Client | None = None) -> str:
    return (client or Client()).get("/notices/feed.jsonl").content.decode()
