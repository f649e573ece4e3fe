"""What every step on a ticket shares: the line of its history and the audit log; words stay in the history, sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dauchan.helpdesk.errors import AlreadyAnswered, ChangedMeanwhile
from dauchan.helpdesk.history_models import TicketEvent
from dauchan.helpdesk.models import Ticket
from dauchan.units import audit, steps

if TYPE_CHECKING:
    from collections.abc import Collection

    from dauchan.units.models import Officer

_REFUSALS = steps.Refusals(ChangedMeanwhile, AlreadyAnswered)


def opened(ticket: Ticket, revision: int, states: Collection[str]) -> Ticket:
    """The row, locked for one step. Raises: ChangedMeanwhile, AlreadyAnswered."""
    return steps.opened(Ticket.objects.select_related("clock"), ticket, revision, states, _REFUSALS, "status")


def tell(ticket: Ticket, kind: str, officer: Officer | None, **said: Any) -> TicketEvent:  # noqa: ANN401 - fields of the line
    event = TicketEvent.objects.create(ticket=ticket, kind=kind, officer=officer, **said)
    detail = {"to": said["to"].pk} if said.get("to") else {}
    audit.record(officer, f"ticket.{kind}", f"ticket:{ticket.pk}", detail=detail)
    return event
