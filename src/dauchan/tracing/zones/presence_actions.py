"""Who was in a zone at the same time as its case: listed for a confirmed case only, named only with a second person.

This is no search for people; what stands against its being used as one: docs/decisions/0014-people-in-a-zone.md.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Max, Min
from django.utils import timezone

from dauchan.people.models import Identity
from dauchan.tracing.access import access_cases, require_tracer
from dauchan.tracing.models import CaseStatus
from dauchan.tracing.zones.effects import venues_inside
from dauchan.tracing.zones.errors import (
    AlreadyAsked,
    AlreadyDecided,
    CaseNeeded,
    NotYetInForce,
    SecondPersonNeeded,
    TooManyPeople,
    WindowRefused,
)
from dauchan.tracing.zones.models import Presence, PresenceDisclosure, PresenceList
from dauchan.units import audit
from dauchan.units.errors import RoleMissing
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Role
from dauchan.visits.models import Visit
from dauchan.visits.retention import RETENTION_DAYS, first_kept_instant

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from dauchan.tracing.models import Case
    from dauchan.tracing.zones.models import ZoneOrder
    from dauchan.units.models import Officer

LARGEST_LIST = 20_000
ROWS_A_BATCH = 2000


def window_of(case: Case, now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """The longest window in which people may be listed for a case; empty where all of it is past retention."""
    begins = max(case.infectious_from, first_kept_instant(now))
    return begins, max(begins, min(case.infectious_to, now))


@transaction.atomic
def list_presence(
    order: ZoneOrder, case: Case, officer: Officer, begins_at: dt.datetime, ends_at: dt.datetime
) -> PresenceList:
    """List who visited a venue inside between two instants, without names and without their places.

    Raises: RoleMissing, NotYetInForce, CaseNeeded, WindowRefused, TooManyPeople.
    """
    require_tracer(officer, case)
    if not order.approved or order.never_held():
        raise NotYetInForce
    first, last = window_of(case, timezone.now())
    if not first <= begins_at < ends_at <= last:
        raise WindowRefused
    visits = _visits(order, officer, begins_at, ends_at)
    if not _is_listed_for(order, case, officer) or not visits.filter(person_id=case.person_id).exists():
        raise CaseNeeded
    others = visits.exclude(person_id=case.person_id)
    made = _keep(order, case, officer, others, (begins_at, ends_at))
    audit.record(
        officer,
        "zone.people_listed",
        f"case:{case.pk}",
        detail={
            "zone": order.zone_id,
            "order": order.number,
            "from": begins_at.isoformat(),
            "to": ends_at.isoformat(),
            "people": made.people,
        },
    )
    return made


def _visits(order: ZoneOrder, officer: Officer, begins_at: dt.datetime, ends_at: dt.datetime) -> QuerySet[Visit]:
    area = in_area(officer.units_as(Role.TRACER))
    venues = list(venues_inside(order).filter(area).values_list("pk", flat=True))
    return Visit.objects.filter(venue__in=venues, entered_at__lt=ends_at, ended_at__gt=begins_at)


def _is_listed_for(order: ZoneOrder, case: Case, officer: Officer) -> bool:
    confirmed = access_cases(officer).filter(status=CaseStatus.CONFIRMED)
    return order.cases.filter(pk=case.pk).exists() and confirmed.filter(pk=case.pk).exists()


def _keep(
    order: ZoneOrder, case: Case, officer: Officer, visits: QuerySet[Visit], window: tuple[dt.datetime, dt.datetime]
) -> PresenceList:
    people = visits.order_by().values("person_id")
    found = people.annotate(visits=Count("pk"), first_at=Min("entered_at"), last_at=Max("ended_at"))
    if (number := people.distinct().count()) > LARGEST_LIST:
        raise TooManyPeople(number, LARGEST_LIST)
    # By the hour of arrival and not by person: the number says nothing about who it is.
    rows = list(found.order_by("first_at", "last_at", "person_id"))
    begins_at, ends_at = window
    made = PresenceList.objects.create(
        order=order,
        case=case,
        begins_at=begins_at,
        ends_at=ends_at,
        made_by=officer,
        people=len(rows),
        visits=sum(row["visits"] for row in rows),
    )
    presences = (Presence(presence_list=made, number=number, **row) for number, row in enumerate(rows, start=1))
    Presence.objects.bulk_create(presences, batch_size=ROWS_A_BATCH)
    return made


@transaction.atomic
def request_names(presence_list: PresenceList, officer: Officer, purpose: str) -> PresenceDisclosure:
    """Ask a second person to open the names of this list. Raises: RoleMissing, AlreadyAsked."""
    require_tracer(officer, presence_list.case)
    if presence_list.disclosures.filter(requested_by=officer, approved=None).exists():
        raise AlreadyAsked
    asked = PresenceDisclosure.objects.create(presence_list=presence_list, requested_by=officer, purpose=purpose)
    _record(asked, officer, "requested")
    return asked


@transaction.atomic
def decide_names(asked: PresenceDisclosure, officer: Officer, *, approve: bool, note: str = "") -> PresenceDisclosure:
    """Approve for one shift, or decline. Raises: SecondPersonNeeded, RoleMissing, AlreadyDecided."""
    rows = PresenceDisclosure.objects.select_for_update(of=("self",)).select_related("presence_list__case__unit")
    asked = rows.get(pk=asked.pk)
    if asked.requested_by_id == officer.pk:
        raise SecondPersonNeeded
    if not officer.may_act_as(Role.APPROVER, asked.presence_list.case.unit):
        raise RoleMissing
    if asked.approved is not None:
        raise AlreadyDecided
    asked.decide(officer, approve=approve, note=note)
    _record(asked, officer, "approved" if approve else "declined")
    return asked


def names_of(asked: PresenceDisclosure, officer: Officer, people: Collection[int], how: str) -> dict[int, Identity]:
    """Names and phones of those of *people* who are on the list, by person; every look is logged.

    The caller got *asked* from `access.open_presence_disclosure`.
    """
    _record(asked, officer, "seen", how=how)
    listed = asked.presence_list.rows.filter(person_id__in=people).values_list("person_id", flat=True)
    return Identity.objects.in_bulk(list(listed))


def _record(asked: PresenceDisclosure, officer: Officer, what: str, **more: str) -> None:
    made = asked.presence_list
    detail = {"presence_list": made.pk, "people": made.people, "note": asked.decision_note, **more}
    audit.record(officer, f"zone.names_{what}", f"case:{made.case_id}", purpose=asked.purpose, detail=detail)


def forget_presences(now: dt.datetime) -> int:
    """Remove the people of lists past the retention of visits; that a list was made stays known. Returns how many."""
    old = Presence.objects.filter(presence_list__made_at__lt=now - dt.timedelta(days=RETENTION_DAYS))
    return old.delete()[0]
