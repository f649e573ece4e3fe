"""Somebody asks for help; an agent answers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.helpdesk.errors import AlreadyAnswered, TooManyTickets
from dauchan.helpdesk.models import Ticket, TicketStatus
from dauchan.people.encryption import keyed_hash
from dauchan.qr import make_short_code
from dauchan.units import audit
from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import require_role
from dauchan.units.models import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue

TICKETS_AN_HOUR = 10


def open_ticket(topic: str, words: str, address: str, *, phone: str = "", venue: Venue | None = None) -> Ticket:
    """Take a request for help; *phone* (E.164 or empty) is for calling back. Raises: TooManyTickets."""
    now = timezone.now()
    address_hash = keyed_hash(address, "ticket-address")
    recent = Ticket.objects.filter(address_hash=address_hash, opened_at__gt=now - dt.timedelta(hours=1))
    if recent.count() >= TICKETS_AN_HOUR:
        raise TooManyTickets
    return Ticket.objects.create(
        code=make_short_code(),
        topic=topic,
        words=words,
        phone=phone,
        venue=venue,
        address_hash=address_hash,
        opened_at=now,
    )


@transaction.atomic
def answer_ticket(ticket: Ticket, officer: Officer, answer: str) -> Ticket:
    """Answer it; everybody who holds the ticket's code reads it. Raises: AlreadyAnswered."""
    ticket = Ticket.objects.select_for_update().get(pk=ticket.pk)
    if ticket.status == TicketStatus.ANSWERED:
        raise AlreadyAnswered
    ticket.status, ticket.answer = TicketStatus.ANSWERED, answer
    ticket.answered_by, ticket.answered_at = officer, timezone.now()
    ticket.save()
    audit.record(officer, "ticket.answered", f"ticket:{ticket.pk}")
    return ticket


def access_tickets(officer: Officer) -> QuerySet[Ticket]:
    """All tickets: the hotline is one for the whole province. Raises: RoleMissing."""
    require_role(officer, Role.AGENT)
    return Ticket.objects.select_related("venue__unit", "venue__category", "answered_by")


def access_ticket(officer: Officer, ticket_id: int) -> Ticket:
    """Raises: RoleMissing, NoSuchThing."""
    ticket = access_tickets(officer).filter(pk=ticket_id).first()
    if ticket is None:
        raise NoSuchThing
    return ticket
