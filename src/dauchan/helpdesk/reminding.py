"""The clocks of tickets: one reminder before the deadline, then one every so many working days, until somebody answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.compliance import clocks
from dauchan.helpdesk.models import RUNNING, Ticket, TicketEvent
from dauchan.helpdesk.writing import tell

if TYPE_CHECKING:
    import datetime as dt


def keep_clocks(now: dt.datetime) -> clocks.Done:
    return clocks.keep_clocks(clocks.Papers(Ticket, TicketEvent, "ticket", RUNNING, "status", tell, _days_of), now)


def _days_of(ticket: Ticket) -> int:
    if ticket.clock is None:  # the clocks take up none without
        return 0
    return ticket.clock.days_reopened if ticket.reopened else ticket.clock.days
