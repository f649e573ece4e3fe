"""What an owner does about a sanction: acknowledges it, shows that things are mended, appeals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from dauchan.oversight.sanctions.errors import AppealLate, NotAtThisPoint
from dauchan.oversight.sanctions.models import Appeal, EventKind, Kind, Sanction, SanctionPicture, State
from dauchan.oversight.sanctions.reference_models import AppealClock
from dauchan.oversight.sanctions.writing import opened, tell
from dauchan.units.deadlines import add_working_days, unknown_years
from dauchan.units.models import Unit
from dauchan.units.working_days import office_calendar
from dauchan.vietnamese.dates import LOCAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.oversight.sanctions.models import SanctionEvent
    from dauchan.units.deadlines import OfficeCalendar


@transaction.atomic
def acknowledge(sanction: Sanction) -> Sanction:
    """The owner has read it: their time to appeal is counted from here, which only makes it longer. Twice changes nothing.

    Raises: NotAtThisPoint.
    """
    found, now = opened(sanction, None, [State.IN_FORCE]), timezone.now()
    if found.acknowledged_at is not None:
        return found
    found.acknowledged_at = now
    if found.appeal_until_at is not None:
        found.appeal_until_at = found.clock.appeal_until(now, office_calendar())
    found.save()
    tell(found, EventKind.ACKNOWLEDGED, None, by_owner=True, at=now)
    return found


@transaction.atomic
def say_mended(sanction: Sanction, words: str, pictures: Sequence[bytes] = ()) -> SanctionEvent:
    """The owner says that things are mended; *pictures* as `venues.pictures.reencode` gives them. The door stays as it is.

    Raises: NotAtThisPoint.
    """
    found, now = opened(sanction, None, [State.IN_FORCE]), timezone.now()
    if found.kind == Kind.LIFTING:
        raise NotAtThisPoint
    found.mended_at = now
    found.save()
    event = tell(found, EventKind.MENDED, None, by_owner=True, words=words, at=now)
    for content in pictures:
        SanctionPicture(event=event).image.save("", ContentFile(content), save=True)
    return event


@transaction.atomic
def appeal(sanction: Sanction, words: str) -> Appeal:
    """The owner appeals: the level above has so many working days to answer. Raises: NotAtThisPoint, AppealLate."""
    found, now = opened(sanction, None, [State.IN_FORCE]), timezone.now()
    if Appeal.objects.filter(sanction=found).exists() or found.kind == Kind.LIFTING or found.by_appeal_id:
        raise NotAtThisPoint
    if not found.may_be_appealed_at(now):
        raise AppealLate
    rule = AppealClock.on(timezone.localdate(now))
    made = Appeal(sanction=found, unit=level_above(found.issuer_unit), filed_at=now, words=words, clock=rule)
    set_due(made, office_calendar())
    made.save()
    found.save()
    tell(found, EventKind.APPEALED, None, by_owner=True, at=now, unit=made.unit)
    return made


def set_due(appeal: Appeal, calendar: OfficeCalendar) -> None:
    """When the answer is due, and whether all holidays till then are known."""
    appeal.due_at = add_working_days(appeal.filed_at, appeal.clock.days_to_answer, calendar)
    first, last = (instant.astimezone(LOCAL).date() for instant in (appeal.filed_at, appeal.due_at))
    appeal.is_provisional = bool(unknown_years(first, last, calendar))


def level_above(unit: Unit) -> Unit:
    """The unit above; the top answers for itself, by another person."""
    above = unit.path.split(".")[-2:-1]
    return Unit.objects.get(pk=int(above[0])) if above else unit
