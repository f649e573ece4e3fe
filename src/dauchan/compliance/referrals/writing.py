"""What every step on a referral shares: the row locked, its revision checked, the line of its history, the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from dauchan.compliance.referrals.errors import ChangedMeanwhile, NotAtThisPoint
from dauchan.compliance.referrals.models import Kind, Referral, ReferralEvent
from dauchan.units import audit, steps

if TYPE_CHECKING:
    from collections.abc import Collection

    from dauchan.units.models import Officer

_REFUSALS = steps.Refusals(ChangedMeanwhile, NotAtThisPoint)


def opened(referral: Referral, revision: int, states: Collection[str]) -> Referral:
    """The row, locked for one step, with its revision counted up. Raises: ChangedMeanwhile, NotAtThisPoint."""
    return steps.opened(Referral.objects.select_related("unit", "clock"), referral, revision, states, _REFUSALS)


def tell(referral: Referral, kind: str, officer: Officer | None, **said: Any) -> ReferralEvent:  # noqa: ANN401 - fields of the line
    """Add a line to its history and to the audit log; the words stay in the history."""
    said = {"unit": referral.unit, "due_at": referral.due_at, "at": timezone.now(), **said}
    event = ReferralEvent.objects.create(referral=referral, kind=kind, officer=officer, **said)
    detail = {"referral": referral.pk, "unit": event.unit_id}
    detail |= {name: said[name] for name in ("outcome", "mark") if said.get(name)}
    audit.record(officer, f"referral.{kind}", f"referral:{referral.pk}", detail=detail)
    if kind in {Kind.HANDED, Kind.CLOSED}:
        audit.record(officer, f"venue.referral_{kind}", f"venue:{referral.venue_id}", detail=detail)
    return event
