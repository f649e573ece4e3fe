"""Which steps on a sanction the owner of the place is sent a message about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.oversight.owner_notices.models import Subject
from dauchan.oversight.owner_notices.telling import tell_owner
from dauchan.oversight.sanctions.models import Appeal, EventKind, Kind

if TYPE_CHECKING:
    from dauchan.oversight.sanctions.models import Sanction

DECIDED = {
    Kind.WARNING: Subject.WARNING,
    Kind.FINE: Subject.FINE,
    Kind.SUSPENSION: Subject.SUSPENSION,
    Kind.LIFTING: Subject.LIFTING,
}
FOLLOWED = {
    EventKind.EXPIRED: Subject.EXPIRED,
    EventKind.PAUSED: Subject.PAUSED,
    EventKind.RESUMED: Subject.RESUMED,
    EventKind.SETTLED: Subject.SETTLED,
    EventKind.ANSWERED: Subject.APPEAL,
}


def notify(sanction: Sanction, kind: str) -> None:
    """A message about this step, if it is one that changes something for the owner."""
    subject = _subject(sanction, kind)
    if subject:
        tell_owner(sanction.venue, sanction.issuer_unit, subject, f"sanction:{sanction.pk}")


def _subject(sanction: Sanction, kind: str) -> str:
    """Of an appeal that was answered one message tells all: what became of the sanction stands in the answer."""
    if kind in {EventKind.ISSUED, EventKind.APPROVED}:
        return "" if sanction.by_appeal_id else DECIDED[Kind(sanction.kind)]
    if kind == EventKind.RESUMED and not Appeal.objects.filter(sanction=sanction, outcome="").exists():
        return ""
    return FOLLOWED.get(EventKind(kind), "")
