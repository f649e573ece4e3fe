"""Recording a breach and every step after it; each is in the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.privacy.breaches.breach_models import NOTIFY_WITHIN, Breach, BreachEvent, BreachState, BreachStep
from dauchan.privacy.breaches.errors import ChangedMeanwhile, Incomplete, NotAtThisPoint
from dauchan.units import audit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from dauchan.units.models import Officer, Unit


@dataclass(frozen=True)
class Account:
    """What is known of a breach so far; attributes as of `Breach`."""

    kind: str
    found_at: dt.datetime
    began_at: dt.datetime | None
    found_by: str
    categories: list[str]
    people: int | None
    is_estimate: bool
    what: str
    harm: str
    measures: str


@transaction.atomic
def record_breach(unit: Unit, account: Account, officer: Officer) -> Breach:
    """From the moment it was found 72 hours run, whenever it is written down."""
    breach = Breach.objects.create(
        unit=unit, recorded_by=officer, due_at=account.found_at + NOTIFY_WITHIN, **vars(account)
    )
    _tell(breach, BreachStep.RECORDED, officer)
    return breach


@transaction.atomic
def amend(breach: Breach, account: Account, officer: Officer, revision: int) -> Breach:
    """Add what became known. Raises: BreachRefused."""
    found = _opened(breach, revision, [BreachState.OPEN, BreachState.NOTIFIED, BreachState.NOT_DUE])
    for name, value in vars(account).items():
        setattr(found, name, value)
    found.due_at = account.found_at + NOTIFY_WITHIN
    found.save()
    _tell(found, BreachStep.CHANGED, officer)
    return found


@transaction.atomic
def note_notified(breach: Breach, officer: Officer, revision: int, words: str) -> Breach:
    """The authority was told; *words* say how, and under which number. Raises: BreachRefused."""
    found = _opened(breach, revision, [BreachState.OPEN])
    if not (found.harm and found.measures):
        raise Incomplete
    found.state, found.notified_at = BreachState.NOTIFIED, timezone.now()
    found.save()
    _tell(found, BreachStep.NOTIFIED, officer, words)
    return found


@transaction.atomic
def note_people_told(breach: Breach, officer: Officer, revision: int, words: str) -> Breach:
    """Those it touches were told; *words* say how. Raises: BreachRefused."""
    found = _opened(breach, revision, [BreachState.OPEN, BreachState.NOTIFIED])
    found.people_told_at = timezone.now()
    found.save()
    _tell(found, BreachStep.PEOPLE_TOLD, officer, words)
    return found


@transaction.atomic
def note_not_due(breach: Breach, officer: Officer, revision: int, words: str) -> Breach:
    """Nobody has to be told, for a reason that stays on record. Raises: BreachRefused."""
    found = _opened(breach, revision, [BreachState.OPEN])
    found.state = BreachState.NOT_DUE
    found.save()
    _tell(found, BreachStep.NOT_DUE, officer, words)
    return found


@transaction.atomic
def close(breach: Breach, officer: Officer, revision: int, words: str) -> Breach:
    """Nothing is left to do. Raises: BreachRefused."""
    found = _opened(breach, revision, [BreachState.NOTIFIED, BreachState.NOT_DUE])
    found.state, found.closed_at = BreachState.CLOSED, timezone.now()
    found.save()
    _tell(found, BreachStep.CLOSED, officer, words)
    return found


@transaction.atomic
def note_paper(breach: Breach, officer: Officer, which: str) -> None:
    """A notification was drawn up: `authority` or `people`."""
    _tell(breach, BreachStep.PAPER, officer, which)


def tell_alarm(breach: Breach, mark: str) -> None:
    """The clock struck. Raising it twice does it once."""
    _tell(breach, BreachStep.ESCALATED, None, mark=mark)


def _opened(breach: Breach, revision: int, states: Collection[str]) -> Breach:
    found = Breach.objects.select_for_update().get(pk=breach.pk)
    if found.revision != revision:
        raise ChangedMeanwhile
    if found.state not in states:
        raise NotAtThisPoint
    found.revision += 1
    return found


def _tell(breach: Breach, step: str, officer: Officer | None, words: str = "", *, mark: str = "") -> None:
    BreachEvent.objects.create(breach=breach, step=step, officer=officer, words=words, mark=mark)
    audit.record(officer, f"breach.{step}", f"breach:{breach.pk}", detail={"mark": mark} if mark else {})
