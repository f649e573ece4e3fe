"""The steps of an agent on a ticket. Each takes the revision of the page it was sent from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.helpdesk.access import agents
from dauchan.helpdesk.errors import NotAnAgent
from dauchan.helpdesk.models import RUNNING, Kind, Ticket, TicketStatus
from dauchan.helpdesk.writing import opened, tell

if TYPE_CHECKING:
    from dauchan.helpdesk.knowledge.models import Article
    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue


@transaction.atomic
def take_up(ticket: Ticket, officer: Officer, revision: int) -> Ticket:
    """It is now this agent's. Raises: ChangedMeanwhile, AlreadyAnswered."""
    found = opened(ticket, revision, RUNNING)
    found.agent, found.status = officer, TicketStatus.TAKEN
    found.save()
    tell(found, Kind.TAKEN, officer)
    return found


@transaction.atomic
def hand_over(ticket: Ticket, officer: Officer, revision: int, to: Officer, words: str = "") -> Ticket:
    """Give it to another agent; the deadline stays. Raises: ChangedMeanwhile, AlreadyAnswered, NotAnAgent."""
    found = opened(ticket, revision, RUNNING)
    if not agents().filter(pk=to.pk).exists():
        raise NotAnAgent
    found.agent, found.status = to, TicketStatus.TAKEN
    found.save()
    tell(found, Kind.HANDED, officer, to=to, words=words)
    return found


@transaction.atomic
def note(ticket: Ticket, officer: Officer, words: str) -> Ticket:
    """Words among agents, at any time."""
    tell(ticket, Kind.NOTED, officer, words=words)
    return ticket


@transaction.atomic
def sort_out(ticket: Ticket, officer: Officer, revision: int, article: Article | None, venue: Venue | None) -> Ticket:
    """Say which problem it is and at which place, so that problems are counted right."""
    found = opened(ticket, revision, TicketStatus.values)
    found.article, found.venue = article, venue
    found.save()
    tell(found, Kind.NOTED, officer, words=f"{article or '–'} · {venue or '–'}")
    return found


@transaction.atomic
def answer_ticket(
    ticket: Ticket, officer: Officer, answer: str, revision: int | None = None, article: Article | None = None
) -> Ticket:
    """Answer it; everybody who holds the ticket's code reads it. Raises: AlreadyAnswered, ChangedMeanwhile."""
    found = opened(ticket, ticket.revision if revision is None else revision, RUNNING)
    found.status, found.answer = TicketStatus.ANSWERED, answer
    found.answered_by, found.answered_at = officer, timezone.now()
    found.agent = found.agent or officer
    found.article = article or found.article
    found.save()
    tell(found, Kind.ANSWERED, officer, words=answer)
    return found
