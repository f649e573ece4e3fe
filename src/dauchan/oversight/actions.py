"""The steps of an officer on a report: accept, pass on, merge, name the venue, answer, note.

Each takes the revision of the page it was sent from. Nothing here touches the venue: a person decides about that elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.oversight.errors import CannotMerge, UnitUnknown
from dauchan.oversight.models import RUNNING, EventKind, Report, ReportStatus
from dauchan.oversight.photos import keep_photos
from dauchan.oversight.routing import may_pass_to
from dauchan.oversight.telling import tell_outcome
from dauchan.oversight.writing import opened, start_clock, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.oversight.models import ReportEvent
    from dauchan.units.models import Officer, Unit
    from dauchan.venues.models import Venue


@transaction.atomic
def accept(report: Report, officer: Officer, revision: int) -> Report:
    """Raises: ChangedMeanwhile, AlreadyAnswered, NotAtThisPoint; as every step does."""
    found = opened(report, revision, [ReportStatus.RECEIVED, ReportStatus.REOPENED])
    found.status = ReportStatus.ACCEPTED
    found.save()
    tell(found, EventKind.ACCEPTED, officer)
    return found


@transaction.atomic
def pass_on(report: Report, officer: Officer, revision: int, unit: Unit, words: str) -> Report:
    """Another commune answers: the place lies there. Only the first passing starts the clock anew. Raises: UnitUnknown."""
    found = opened(report, revision, RUNNING)
    if unit not in may_pass_to(found.unit, timezone.localdate()):
        raise UnitUnknown
    was_passed = found.events.filter(kind=EventKind.PASSED).exists()
    found.unit, found.status = unit, ReportStatus.RECEIVED
    if not was_passed:
        start_clock(found, timezone.now())
    found.save()
    tell(found, EventKind.PASSED, officer, words=words)
    return found


@transaction.atomic
def merge(report: Report, officer: Officer, revision: int, into: Report) -> Report:
    """*report* is the same matter as *into*, which is answered for both; what was merged into it comes along.

    Raises: CannotMerge.
    """
    found = opened(report, revision, RUNNING)
    kept = Report.objects.select_for_update(of=("self",)).get(pk=into.pk)
    if kept.pk == found.pk or kept.status == ReportStatus.MERGED:
        raise CannotMerge
    found.status, found.merged_into = ReportStatus.MERGED, kept
    found.save()
    found.merged.update(merged_into=kept)
    tell(found, EventKind.MERGED, officer, words=kept.code)
    tell(kept, EventKind.JOINED, officer, words=found.code, unit=found.unit)
    return found


@transaction.atomic
def name_venue(report: Report, officer: Officer, revision: int, venue: Venue) -> Report:
    """The place the citizen told of is this registered venue: from now on the report stands in its file."""
    found = opened(report, revision, RUNNING)
    found.venue = venue
    found.save()
    tell(found, EventKind.NAMED, officer, words=venue.name)
    return found


@transaction.atomic
def answer_report(
    report: Report, officer: Officer, revision: int, outcome: str, answer: str, photos: Sequence[bytes] = ()
) -> Report:
    """Answer the citizen; everybody who holds a code of it reads it."""
    found = opened(report, revision, RUNNING)
    found.status, found.outcome, found.answer = ReportStatus.ANSWERED, outcome, answer
    found.answered_by, found.answered_at = officer, timezone.now()
    found.save()
    tell(found, EventKind.ANSWERED, officer, words=answer, outcome=outcome, at=found.answered_at)
    keep_photos(found, photos, of_answer=True)
    transaction.on_commit(lambda: tell_outcome(found))
    return found


@transaction.atomic
def note(report: Report, officer: Officer, words: str) -> ReportEvent:
    """Words for colleagues, which change nothing: whoever sees the report may write."""
    return tell(report, EventKind.NOTED, officer, words=words)
