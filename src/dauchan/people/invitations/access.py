"""The only ways to another officer's account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.people.invitations.models import Invitation
from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Appointment, Officer, Proposal
from dauchan.units.roles import KEEPS_ACCOUNTS

if TYPE_CHECKING:
    from django.db.models import QuerySet


def access_accounts(officer: Officer) -> QuerySet[Officer]:
    """Accounts that hold, held or are to hold a role in the area of the reader, sorted by given name."""
    area = in_area(officer.units_as(*KEEPS_ACCOUNTS), "unit")
    held = Appointment.objects.filter(area).values("officer")
    proposed = Proposal.objects.filter(area).values("officer")
    return (Officer.objects.filter(pk__in=held) | Officer.objects.filter(pk__in=proposed)).order_by("sort_key", "pk")


def access_account(officer: Officer, account_id: int) -> Officer:
    """Raises: NoSuchThing."""
    found = access_accounts(officer).filter(pk=account_id).first()
    if found is None:
        raise NoSuchThing
    return found


def access_proposal(officer: Officer, proposal_id: int) -> Proposal:
    """A role that was proposed in the area of the reader. Raises: NoSuchThing."""
    area = in_area(officer.units_as(*KEEPS_ACCOUNTS), "unit")
    found = Proposal.objects.filter(area, pk=proposal_id).select_related("officer", "unit").first()
    if found is None:
        raise NoSuchThing
    return found


def access_renewals(officer: Officer) -> QuerySet[Invitation]:
    """New sign-ins of accounts in the area of the reader that wait for a second person."""
    waiting = Invitation.objects.waiting().filter(officer__in=access_accounts(officer))
    return waiting.select_related("officer", "made_by").order_by("made_at", "pk")


def access_renewal(officer: Officer, invitation_id: int) -> Invitation:
    """Raises: NoSuchThing."""
    asked = Invitation.objects.filter(officer__in=access_accounts(officer), needs_two=True, pk=invitation_id)
    found = asked.select_related("officer").first()
    if found is None:
        raise NoSuchThing
    return found


def access_appointment(officer: Officer, appointment_id: int) -> Appointment:
    """A role that somebody holds in the area of the reader. Raises: NoSuchThing."""
    area = in_area(officer.units_as(*KEEPS_ACCOUNTS), "unit")
    found = Appointment.objects.filter(area, pk=appointment_id).select_related("officer", "unit").first()
    if found is None:
        raise NoSuchThing
    return found
