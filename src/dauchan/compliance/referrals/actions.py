"""The steps of a referral: the unit accepts, passes down, answers; the monitor closes, gives back, moves it elsewhere.

Each takes the revision of the page it was sent from. Nothing here touches the venue: a person decides about that elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from dauchan.compliance.clocks import set_clock
from dauchan.compliance.referrals.errors import NotBelow, SecondPersonNeeded
from dauchan.compliance.referrals.models import OPEN, RUNNING, Kind, Referral, ReferralPicture, State
from dauchan.compliance.referrals.writing import opened, tell
from dauchan.units.models import Unit
from dauchan.units.working_days import office_calendar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.compliance.referrals.models import ReferralEvent
    from dauchan.units.models import Officer


@transaction.atomic
def accept(referral: Referral, officer: Officer, revision: int) -> Referral:
    """Raises: ChangedMeanwhile, NotAtThisPoint."""
    found = opened(referral, revision, [State.HANDED, State.RETURNED])
    found.state = State.ACCEPTED
    found.save()
    tell(found, Kind.ACCEPTED, officer)
    return found


@transaction.atomic
def pass_down(referral: Referral, officer: Officer, revision: int, unit: Unit, words: str) -> Referral:
    """Give it to a unit below; the deadline stays. Raises: ChangedMeanwhile, NotAtThisPoint, NotBelow."""
    found = opened(referral, revision, RUNNING)
    if unit not in units_below(found.unit):
        raise NotBelow
    found.unit, found.state = unit, State.HANDED
    found.save()
    tell(found, Kind.PASSED, officer, words=words)
    return found


@transaction.atomic
def answer(
    referral: Referral, officer: Officer, revision: int, outcome: str, words: str, pictures: Sequence[bytes] = ()
) -> Referral:
    """Say what came of it; *pictures* as `venues.pictures.reencode` gives them. Raises: ChangedMeanwhile, NotAtThisPoint."""
    found = opened(referral, revision, RUNNING)
    found.state, found.outcome = State.ANSWERED, outcome
    found.answered_at, found.answered_by = timezone.now(), officer
    found.save()
    event = tell(found, Kind.ANSWERED, officer, words=words, outcome=outcome, at=found.answered_at)
    for content in pictures:
        ReferralPicture(event=event).image.save("", ContentFile(content), save=True)
    return found


@transaction.atomic
def close(referral: Referral, officer: Officer, revision: int, words: str) -> Referral:
    """Accept the answer. Raises: ChangedMeanwhile, NotAtThisPoint, SecondPersonNeeded."""
    found = _judged(referral, officer, revision)
    found.state, found.closed_at = State.CLOSED, timezone.now()
    found.save()
    tell(found, Kind.CLOSED, officer, words=words, outcome=found.outcome, at=found.closed_at)
    return found


@transaction.atomic
def give_back(referral: Referral, officer: Officer, revision: int, words: str) -> Referral:
    """The answer does not do: the unit goes on, with a new deadline. Raises: as `close`."""
    found = _judged(referral, officer, revision)
    _start_again(found)
    found.state = State.RETURNED
    found.save()
    tell(found, Kind.RETURNED, officer, words=words)
    return found


@transaction.atomic
def move(referral: Referral, officer: Officer, revision: int, unit: Unit, words: str) -> Referral:
    """Another unit answers for it, with a whole new deadline. Raises: ChangedMeanwhile, NotAtThisPoint."""
    found = opened(referral, revision, OPEN)
    found.unit, found.state = unit, State.HANDED
    _start_again(found, found.clock.days)
    found.save()
    tell(found, Kind.MOVED, officer, words=words)
    return found


@transaction.atomic
def note(referral: Referral, officer: Officer, words: str) -> ReferralEvent:
    """Words in the history, which change nothing: whoever sees it may write."""
    return tell(referral, Kind.NOTED, officer, words=words)


def units_below(unit: Unit) -> list[Unit]:
    """To whom *unit* may pass something: all below it on today's map, in the order of the dictionary."""
    below = Unit.objects.valid_on(timezone.localdate()).within(unit).exclude(pk=unit.pk)
    return list(below.order_by("sort_key"))


def _judged(referral: Referral, officer: Officer, revision: int) -> Referral:
    found = opened(referral, revision, [State.ANSWERED])
    if found.answered_by_id == officer.pk:
        raise SecondPersonNeeded
    return found


def _start_again(referral: Referral, days: int = 0) -> None:
    set_clock(referral, timezone.now(), days or referral.clock.days_returned, office_calendar())
    referral.outcome, referral.answered_at, referral.answered_by = "", None, None
    referral.reminders, referral.escalated_to = 0, None
