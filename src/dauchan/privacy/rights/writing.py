"""What every step on a request shares: the row locked, its revision checked, the line of its history, the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from dauchan.privacy.rights.errors import ChangedMeanwhile, NotAtThisPoint
from dauchan.privacy.rights.request_models import PersonRequest, RequestEvent
from dauchan.units import audit, steps

if TYPE_CHECKING:
    from collections.abc import Collection

    from dauchan.units.models import Officer

_REFUSALS = steps.Refusals(ChangedMeanwhile, NotAtThisPoint)


def opened(request: PersonRequest, revision: int, states: Collection[str]) -> PersonRequest:
    """The row, locked for one step, with its revision counted up. Raises: ChangedMeanwhile, NotAtThisPoint."""
    return steps.opened(PersonRequest.objects.select_related("unit", "clock"), request, revision, states, _REFUSALS)


def tell(request: PersonRequest, kind: str, officer: Officer | None, **said: Any) -> RequestEvent:  # noqa: ANN401 - fields of the line
    """Add a line to its history and to the audit log; words stay in the history, sealed."""
    said = {"unit": request.unit, "due_at": request.due_at, "at": timezone.now(), **said}
    event = RequestEvent.objects.create(request=request, kind=kind, officer=officer, **said)
    detail = {"right": request.right, "unit": event.unit_id}
    if said.get("mark"):
        detail["mark"] = said["mark"]
    if request.refusal:
        detail["refusal"] = request.refusal
    audit.record(officer, f"rights.{kind}", f"person_request:{request.pk}", detail=detail)
    return event
