"""What whoever asked does with the code in hand: says whether it helped, asks again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from dauchan.helpdesk.errors import ReopenedOften
from dauchan.helpdesk.models import Kind, Ticket, TicketStatus
from dauchan.helpdesk.opening import wind_up
from dauchan.helpdesk.writing import opened, tell

TIMES_REOPENED = 3


@transaction.atomic
def rate(ticket: Ticket, rating: int) -> Ticket:
    """How well the answer helped; may be said anew as long as it is answered. Raises: AlreadyAnswered, ChangedMeanwhile."""
    found = opened(ticket, ticket.revision, [TicketStatus.ANSWERED])
    found.rating, found.rated_at = rating, timezone.now()
    found.save()
    tell(found, Kind.RATED, None)
    return found


@transaction.atomic
def ask_again(ticket: Ticket, words: str) -> Ticket:
    """The answer did not do: back to the agent who gave it, with a clock of its own.

    Raises: AlreadyAnswered, ChangedMeanwhile, ReopenedOften.
    """
    found = opened(ticket, ticket.revision, [TicketStatus.ANSWERED])
    if found.reopened >= TIMES_REOPENED:
        raise ReopenedOften
    found.status = TicketStatus.TAKEN if found.agent_id else TicketStatus.OPEN
    found.answered_at, found.answered_by = None, None
    found.rating, found.rated_at = None, None
    found.reopened += 1
    wind_up(found, timezone.now(), again=True)
    found.save()
    tell(found, Kind.REOPENED, None, words=words)
    return found
