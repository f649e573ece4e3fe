"""The second person decides about a draft; a decision in force gets its number, is settled, or ends with its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.oversight.sanctions.access import may_approve, may_propose
from dauchan.oversight.sanctions.alerts import watch_suspensions
from dauchan.oversight.sanctions.errors import (
    NotAtThisPoint,
    NotInForce,
    NumberMissing,
    PeriodOver,
    SecondPersonNeeded,
)
from dauchan.oversight.sanctions.holding import hold, release
from dauchan.oversight.sanctions.models import EventKind, Kind, Sanction, State
from dauchan.oversight.sanctions.proposing import end_replaced, take_effect
from dauchan.oversight.sanctions.writing import opened, tell
from dauchan.units.errors import RoleMissing

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.oversight.sanctions.models import SanctionEvent
    from dauchan.units.models import Officer

ROWS_A_STEP = 500


@transaction.atomic
def approve(
    sanction: Sanction,
    officer: Officer,
    revision: int,
    *,
    document_number: str = "",
    signing_title: str = "",
    signer: str = "",
    note: str = "",
) -> Sanction:
    """The second person lets a draft take effect: the door is shut, or opened again.

    Raises: RoleMissing, SecondPersonNeeded, ChangedMeanwhile, NotAtThisPoint, NumberMissing, PeriodOver, VenueNotInUse,
    NotInForce.
    """
    found, now = _to_decide(sanction, officer, revision), timezone.now()
    found.document_number = document_number or found.document_number
    if not found.document_number:
        raise NumberMissing
    if found.until_at is not None and found.until_at <= now:
        raise PeriodOver
    found.signing_title, found.signer = signing_title or found.signing_title, signer or found.signer
    found.signed_on, found.decision_note = timezone.localdate(now), note
    if found.corrects:
        tell(end_replaced(found.corrects, now), EventKind.REPLACED, officer, other=found, at=now)
    take_effect(found, officer, now)
    found.save()
    tell(found, EventKind.APPROVED, officer, words=note, at=now)
    if found.kind == Kind.LIFTING:
        _lift(found, officer, now)
    else:
        hold(found, now)
        if found.corrects:
            release(found.corrects, now)
        watch_suspensions(found, "approved")
    return found


@transaction.atomic
def send_back(sanction: Sanction, officer: Officer, revision: int, note: str) -> Sanction:
    """Not approved, with the reason. Raises: RoleMissing, SecondPersonNeeded, ChangedMeanwhile, NotAtThisPoint."""
    found = _to_decide(sanction, officer, revision)
    found.state, found.decided_by, found.decided_at = State.RETURNED, officer, timezone.now()
    found.decision_note = note
    found.save()
    tell(found, EventKind.RETURNED, officer, words=note, at=found.decided_at)
    return found


@transaction.atomic
def drop(sanction: Sanction, officer: Officer, revision: int) -> Sanction:
    """Whoever may propose there takes a draft back. Raises: RoleMissing, ChangedMeanwhile, NotAtThisPoint."""
    found = _own(sanction, officer, revision, [State.WAITING])
    found.state = State.DROPPED
    found.save()
    tell(found, EventKind.DROPPED, officer)
    return found


@transaction.atomic
def write_number(
    sanction: Sanction, officer: Officer, revision: int, *, document_number: str, signing_title: str, signer: str
) -> Sanction:
    """Number and signer of a warning or a proposal that was issued without: once. Raises: RoleMissing, ChangedMeanwhile, NotAtThisPoint."""
    found = _own(sanction, officer, revision, [State.IN_FORCE, State.SETTLED])
    if found.document_number:
        raise NotAtThisPoint
    found.document_number, found.signing_title, found.signer = document_number, signing_title, signer
    found.signed_on = timezone.localdate()
    found.save()
    tell(found, EventKind.NUMBERED, officer, words=document_number)
    return found


@transaction.atomic
def settle(sanction: Sanction, officer: Officer, revision: int, words: str) -> Sanction:
    """A warning or a proposal has done its work. A suspension ends by a lifting, never by this.

    Raises: RoleMissing, ChangedMeanwhile, NotAtThisPoint.
    """
    found = _own(sanction, officer, revision, [State.IN_FORCE])
    if found.kind not in {Kind.WARNING, Kind.FINE}:
        raise NotAtThisPoint
    found.state, found.ended_at = State.SETTLED, timezone.now()
    found.save()
    tell(found, EventKind.SETTLED, officer, words=words, at=found.ended_at)
    return found


@transaction.atomic
def note(sanction: Sanction, officer: Officer, words: str) -> SanctionEvent:
    """Words in the history, which change nothing: whoever sees it may write."""
    return tell(sanction, EventKind.NOTED, officer, words=words)


def expire_due(now: dt.datetime) -> int:
    """Open the doors whose suspension has come to its end, as it was decided. Running twice changes nothing."""
    due = Sanction.objects.filter(kind=Kind.SUSPENSION, state=State.IN_FORCE, until_at__lte=now).order_by("pk")
    return sum(_expire(pk, now) for pk in due.values_list("pk", flat=True)[:ROWS_A_STEP])


@transaction.atomic
def _expire(pk: int, now: dt.datetime) -> bool:
    rows = Sanction.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, state=State.IN_FORCE)
    found = rows.first()
    if found is None:
        return False
    found.state, found.ended_at, found.revision = State.EXPIRED, found.until_at, found.revision + 1
    found.save()
    release(found, now)
    tell(found, EventKind.EXPIRED, None, at=now, planned_at=found.until_at)
    return True


def _lift(lifting: Sanction, officer: Officer, now: dt.datetime) -> None:
    suspension = Sanction.objects.select_for_update(of=("self",)).filter(lifted_by=lifting).first()
    if suspension is None or not suspension.is_in_force:
        raise NotInForce
    suspension.state, suspension.ended_at, suspension.revision = State.LIFTED, now, suspension.revision + 1
    suspension.save()
    release(suspension, now)
    tell(suspension, EventKind.LIFTED, officer, other=lifting, at=now)


def _to_decide(sanction: Sanction, officer: Officer, revision: int) -> Sanction:
    if not may_approve(officer, sanction):
        raise RoleMissing
    found = opened(sanction, revision, [State.WAITING])
    if found.proposed_by_id == officer.pk:
        raise SecondPersonNeeded
    return found


def _own(sanction: Sanction, officer: Officer, revision: int, states: list[State]) -> Sanction:
    if not may_propose(officer, sanction.unit):
        raise RoleMissing
    return opened(sanction, revision, states)
