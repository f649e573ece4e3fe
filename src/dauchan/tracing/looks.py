"""Which lines of the log tell that somebody looked at this person: their card, their name in a trace, their health."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from dauchan.people.models import ControlCard, Identity
from dauchan.people.roster.models import Member
from dauchan.tracing.models import Case, Contact
from dauchan.units.models import AuditEntry

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.people.models import Person

NOBODY = Q(pk__in=[])


def looks_at(person: Person) -> QuerySet[AuditEntry]:
    """Lines about looks at *person*, the latest first. What stood on a list or in a file counts for everybody on it."""
    about = _as_holder(person) | _as_member(person) | _as_contact(person) | _as_case(person)
    return AuditEntry.objects.filter(about, actor__isnull=False).order_by("-id")


def _as_holder(person: Person) -> Q:
    subjects = [
        f"card:{serial}" for serial in ControlCard.objects.filter(person=person).values_list("serial", flat=True)
    ]
    return Q(action="card.opened", subject__in=subjects)


def _as_member(person: Person) -> Q:
    """An agency knows its staff by the number with which they scan."""
    identity = Identity.objects.filter(person=person).exclude(phone_hash=None).first()
    found = NOBODY
    if identity is not None:
        for agency, joined_on in Member.objects.filter(phone_hash=identity.phone_hash).values_list(
            "agency", "joined_on"
        ):
            found |= Q(action="roster.seen", subject=f"agency:{agency}", at__date__gte=joined_on)
    return found


def _as_contact(person: Person) -> Q:
    found = NOBODY
    contacts = Contact.objects.filter(person_id=person.pk).values_list("run", "run__case", "number")
    for run, case, number in contacts:
        subject = Q(subject=f"case:{case}")
        found |= subject & Q(action="disclosure.seen", detail__run=run)
        found |= subject & Q(action="follow_up.seen", detail__number=number)
        found |= subject & Q(action="order.holder_seen", detail__contact=number)
    return found


def _as_case(person: Person) -> Q:
    cases = Case.objects.filter(person=person).values_list("pk", flat=True)
    subjects = [f"case:{case}" for case in cases]
    return Q(action__in=["case.places_seen", "case.timeline_seen"], subject__in=subjects)
