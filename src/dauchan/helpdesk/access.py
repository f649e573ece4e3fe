"""The only ways to a ticket, for agents; whoever asked follows it by its code, `asked_with`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.helpdesk.models import Ticket
from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import require_role
from dauchan.units.models import Appointment, Officer, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

ANSWERS_TICKETS = (Role.AGENT,)
#: Who sees how the hotline does: counts, never a ticket's words.
SEES_HELP_FIGURES = (Role.AGENT, Role.HEAD, Role.MONITOR, Role.LEADER)


def access_tickets(officer: Officer) -> QuerySet[Ticket]:
    """All tickets: the hotline is one for the whole province. Raises: RoleMissing."""
    require_role(officer, *ANSWERS_TICKETS)
    return Ticket.objects.select_related(
        "venue__unit", "venue__category", "answered_by", "agent", "article", "device", "opened_by"
    )


def access_ticket(officer: Officer, ticket_id: int) -> Ticket:
    """Raises: RoleMissing, NoSuchThing."""
    ticket = access_tickets(officer).filter(pk=ticket_id).first()
    if ticket is None:
        raise NoSuchThing
    return ticket


def asked_with(code: str) -> Ticket:
    """The ticket with this code: who holds it asked for help, or was given it by them. Raises: NoSuchThing."""
    ticket = Ticket.objects.select_related("article").filter(code=code.upper()).first()
    if ticket is None:
        raise NoSuchThing
    return ticket


def agents() -> QuerySet[Officer]:
    """Who answers today, in the order of the dictionary."""
    held = Appointment.objects.in_force_on(timezone.localdate()).filter(role__in=ANSWERS_TICKETS)
    return Officer.objects.filter(is_active=True, pk__in=held.values("officer")).order_by("full_name", "pk")
