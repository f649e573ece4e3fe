"""What has to be mended: required by a record, answered by the owner, judged by an officer or by the next inspection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from dauchan.oversight.inspections.errors import ChangedMeanwhile, NotAtThisPoint
from dauchan.oversight.inspections.measure_models import Kind
from dauchan.oversight.inspections.models import Measure, MeasureEvent, MeasurePicture, MeasureState
from dauchan.oversight.owner_notices.models import Subject
from dauchan.oversight.owner_notices.telling import tell_owner
from dauchan.units import audit
from dauchan.units.deadlines import OfficeCalendar, add_working_days, unknown_years
from dauchan.units.working_days import office_calendar
from dauchan.vietnamese.dates import LOCAL

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dauchan.oversight.inspections.models import Inspection, InspectionFinding
    from dauchan.oversight.inspections.sent import MeasureSent
    from dauchan.units.models import Officer

#: What the owner is sent a message about: one for all measures of a record.
TOLD_OWNERS = {
    Kind.REQUIRED: Subject.MEASURES,
    Kind.REMINDED: Subject.MEASURE_DUE,
    Kind.RETURNED: Subject.MEASURE_BACK,
    Kind.MENDED: Subject.MEASURE_MENDED,
}
#: Working days that a measure has anew after it was judged not to be mended.
DAYS_RETURNED = 3


def require_measures(
    inspection: Inspection, measures: Sequence[MeasureSent], findings: Sequence[InspectionFinding]
) -> None:
    """Part of taking in a record; the clock begins when the record was signed."""
    calendar = office_calendar()
    for one in measures:
        finding = None if one.finding is None else findings[one.finding]
        measure = Measure(inspection=inspection, finding=finding, words=one.words, days=one.days)
        measure.began_at = inspection.ended_at
        set_deadline(measure, one.days, calendar)
        measure.save()
        tell(measure, Kind.REQUIRED, inspection.inspector, words=one.words, at=inspection.ended_at)


def settle_by_inspection(inspection: Inspection, measure_ids: Collection[int], officer: Officer) -> None:
    """What an inspector saw mended at the door, of earlier inspections of the same venue."""
    earlier = Measure.objects.filter(inspection__venue=inspection.venue_id, pk__in=measure_ids)
    waiting = earlier.exclude(inspection=inspection).filter(state__in=[MeasureState.OPEN, MeasureState.ANSWERED])
    for measure in waiting.select_for_update(of=("self",)):
        _settle(measure, MeasureState.MENDED)
        tell(measure, Kind.MENDED, officer, words=f"inspection:{inspection.pk}")


@transaction.atomic
def answer_mended(measure: Measure, revision: int, words: str, pictures: Sequence[bytes] = ()) -> Measure:
    """The owner says that it is mended; *pictures* as `venues.pictures.reencode` gives them.

    Raises: ChangedMeanwhile, NotAtThisPoint.
    """
    found = _opened(measure, revision, [MeasureState.OPEN])
    found.state, found.answered_at = MeasureState.ANSWERED, timezone.now()
    found.save()
    event = tell(found, Kind.ANSWERED, None, by_owner=True, words=words)
    for content in pictures:
        MeasurePicture(event=event).image.save("", ContentFile(content), save=True)
    return found


@transaction.atomic
def confirm_mended(measure: Measure, officer: Officer, revision: int, words: str) -> Measure:
    """Raises: ChangedMeanwhile, NotAtThisPoint."""
    found = _opened(measure, revision, [MeasureState.OPEN, MeasureState.ANSWERED])
    _settle(found, MeasureState.MENDED)
    tell(found, Kind.MENDED, officer, words=words)
    return found


@transaction.atomic
def give_back(measure: Measure, officer: Officer, revision: int, words: str) -> Measure:
    """Not mended yet: the owner has a new deadline. Raises: ChangedMeanwhile, NotAtThisPoint."""
    found = _opened(measure, revision, [MeasureState.ANSWERED])
    found.state, found.answered_at, found.overdue_at, found.reminders = MeasureState.OPEN, None, None, 0
    found.began_at, found.days = timezone.now(), DAYS_RETURNED
    set_deadline(found, found.days, office_calendar())
    found.save()
    tell(found, Kind.RETURNED, officer, words=words)
    return found


@transaction.atomic
def lift(measure: Measure, officer: Officer, words: str) -> None:
    """It is not asked for any more: the finding it rests on was withdrawn."""
    found = Measure.objects.select_for_update().get(pk=measure.pk)
    if found.state in {MeasureState.OPEN, MeasureState.ANSWERED}:
        _settle(found, MeasureState.LIFTED)
        tell(found, Kind.LIFTED, officer, words=words)


def set_deadline(measure: Measure, days: int, calendar: OfficeCalendar) -> None:
    measure.due_at = add_working_days(measure.began_at, days, calendar)
    first, last = (at.astimezone(LOCAL).date() for at in (measure.began_at, measure.due_at))
    measure.is_provisional = bool(unknown_years(first, last, calendar))


def tell(measure: Measure, kind: str, officer: Officer | None, **said: Any) -> MeasureEvent:  # noqa: ANN401 - fields of the line
    """Add a line to its history and to the audit log; the words stay in the history. Of some the owner is sent word."""
    said = {"due_at": measure.due_at, "at": timezone.now(), **said}
    event = MeasureEvent.objects.create(measure=measure, kind=kind, officer=officer, **said)
    detail: dict[str, Any] = {"inspection": measure.inspection_id, "by_owner": event.by_owner}
    detail |= {"mark": event.mark} if event.mark else {}
    audit.record(officer, f"measure.{kind}", f"measure:{measure.pk}", detail=detail)
    if subject := TOLD_OWNERS.get(Kind(kind)):
        of = measure.inspection
        tell_owner(of.venue, of.unit, subject, f"inspection:{of.pk}")
    return event


def _settle(measure: Measure, state: str) -> None:
    measure.state, measure.settled_at = state, timezone.now()
    measure.save()


def _opened(measure: Measure, revision: int, states: Collection[str]) -> Measure:
    """The row, locked for one step, with its revision counted up."""
    found = Measure.objects.select_for_update().get(pk=measure.pk)
    if found.revision != revision:
        raise ChangedMeanwhile
    if found.state not in states:
        raise NotAtThisPoint
    found.revision += 1
    return found
