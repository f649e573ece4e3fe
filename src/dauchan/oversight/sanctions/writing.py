"""What every step on a sanction shares: the row locked, its revision checked, the line of its history, the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from dauchan.oversight.sanctions.errors import ChangedMeanwhile, NotAtThisPoint
from dauchan.oversight.sanctions.models import EventKind, Sanction, SanctionEvent
from dauchan.oversight.sanctions.word_to_owner import notify
from dauchan.units import audit

if TYPE_CHECKING:
    from collections.abc import Collection

    from dauchan.units.models import Officer

#: What also stands in the history of the venue.
TOLD_OF_VENUE = {
    EventKind.ISSUED,
    EventKind.APPROVED,
    EventKind.LIFTED,
    EventKind.EXPIRED,
    EventKind.REVOKED,
    EventKind.REPLACED,
}


def opened(sanction: Sanction, revision: int | None, states: Collection[str]) -> Sanction:
    """The row, locked for one step, with its revision counted up; *revision* None: of a step that needs no page.

    Raises: ChangedMeanwhile, NotAtThisPoint.
    """
    rows = Sanction.objects.select_for_update(of=("self",))
    found = rows.select_related("venue", "unit", "issuer_unit", "clock").get(pk=sanction.pk)
    if revision is not None and found.revision != revision:
        raise ChangedMeanwhile
    if found.state not in states:
        raise NotAtThisPoint
    found.revision += 1
    return found


def tell(sanction: Sanction, kind: str, officer: Officer | None, **said: Any) -> SanctionEvent:  # noqa: ANN401 - fields of the line
    """Add a line to its history and to the audit log; the words stay in the history. Of some the owner is sent word."""
    said = {"at": timezone.now(), **said}
    event = SanctionEvent.objects.create(sanction=sanction, kind=kind, officer=officer, **said)
    detail: dict[str, Any] = {"sanction": sanction.pk, "kind": sanction.kind}
    if event.mark:
        detail["mark"] = event.mark
    if event.other_id:
        detail["other"] = event.other_id
    if event.by_owner:
        detail["by_owner"] = True
    audit.record(officer, f"sanction.{kind}", f"sanction:{sanction.pk}", detail=detail)
    if kind in TOLD_OF_VENUE:
        audit.record(officer, f"venue.sanction_{kind}", f"venue:{sanction.venue_id}", detail=detail)
    notify(sanction, kind)
    return event
