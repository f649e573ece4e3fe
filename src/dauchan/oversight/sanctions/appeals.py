"""The level above handles an appeal: whether the sanction rests meanwhile, and what becomes of it. Neither by who decided before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.oversight.sanctions.access import may_judge
from dauchan.oversight.sanctions.bases import copy_bases
from dauchan.oversight.sanctions.errors import (
    ChangedMeanwhile,
    EndMissing,
    NotAtThisPoint,
    NumberMissing,
    OnlyMilder,
    SecondPersonNeeded,
)
from dauchan.oversight.sanctions.holding import hold, release
from dauchan.oversight.sanctions.models import (
    DECIDED,
    Appeal,
    AppealOutcome,
    EventKind,
    Kind,
    Sanction,
    SanctionGround,
    State,
)
from dauchan.oversight.sanctions.proposing import end_replaced, take_effect
from dauchan.oversight.sanctions.writing import opened, tell
from dauchan.units.errors import RoleMissing

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.units.models import Officer

#: What a decision that changes another takes over from it.
_SAME = ("kind", "venue", "unit", "issuer_unit", "findings", "clause", "forwarded_to", "clock", "earlier_warnings")

_ANSWER = ("outcome", "answer", "document_number", "answered_by", "answered_at")


@dataclass(frozen=True)
class Judgement:
    """What the level above decides. The rest is for an outcome that changes the sanction."""

    outcome: str
    answer: str
    document_number: str = ""
    until_at: dt.datetime | None = None
    condition: str = ""
    demands: str = ""


@transaction.atomic
def set_effect(appeal: Appeal, officer: Officer, revision: int, *, is_suspensive: bool) -> Appeal:
    """Whether the sanction rests until the appeal is answered: a suspended venue opens meanwhile, or stays shut.

    Raises: RoleMissing, SecondPersonNeeded, ChangedMeanwhile, NotAtThisPoint.
    """
    appeal, sanction = _to_judge(appeal, officer, revision)
    if not sanction.is_in_force or sanction.is_paused == is_suspensive == appeal.is_suspensive:
        raise NotAtThisPoint
    appeal.is_suspensive, appeal.effect_by = is_suspensive, officer
    appeal.save(update_fields=["is_suspensive", "effect_by", "revision"])
    _pause(sanction, officer, is_paused=is_suspensive, now=timezone.now())
    sanction.save()
    return appeal


@transaction.atomic
def answer_appeal(appeal: Appeal, officer: Officer, revision: int, judgement: Judgement) -> Appeal:
    """Uphold, change or withdraw the sanction, with reasons. A change is a decision of its own that cites the old one.

    Raises: RoleMissing, SecondPersonNeeded, ChangedMeanwhile, NotAtThisPoint, and of a change EndMissing, OnlyMilder,
    NumberMissing.
    """
    appeal, sanction = _to_judge(appeal, officer, revision)
    now = timezone.now()
    appeal.outcome, appeal.answer = judgement.outcome, judgement.answer
    appeal.document_number = judgement.document_number
    appeal.answered_by, appeal.answered_at = officer, now
    appeal.save(update_fields=[*_ANSWER, "revision"])
    tell(sanction, EventKind.ANSWERED, officer, words=judgement.answer, at=now)
    if judgement.outcome == AppealOutcome.WITHDRAWN:
        _revoke(sanction, officer, now)
    elif judgement.outcome == AppealOutcome.CHANGED:
        _change(sanction, appeal, officer, judgement, now)
    else:
        if sanction.is_in_force and sanction.is_paused:
            _pause(sanction, officer, is_paused=False, now=now)
        sanction.save()
    return appeal


def _to_judge(appeal: Appeal, officer: Officer, revision: int) -> tuple[Appeal, Sanction]:
    if not may_judge(officer, appeal):
        raise RoleMissing
    sanction = opened(appeal.sanction, None, DECIDED)
    found = Appeal.objects.select_for_update(of=("self",)).select_related("unit", "clock").get(pk=appeal.pk)
    if officer.pk in {sanction.proposed_by_id, sanction.decided_by_id}:
        raise SecondPersonNeeded
    if found.revision != revision:
        raise ChangedMeanwhile
    if not found.is_open:
        raise NotAtThisPoint
    found.revision += 1
    return found, sanction


def _pause(sanction: Sanction, officer: Officer, *, is_paused: bool, now: dt.datetime) -> None:
    has_changed, sanction.is_paused = sanction.is_paused != is_paused, is_paused
    tell(sanction, EventKind.PAUSED if is_paused else EventKind.RESUMED, officer, at=now)
    if sanction.kind != Kind.SUSPENSION or not has_changed:
        return
    if is_paused:
        release(sanction, now)
    else:
        hold(sanction, now)


def _revoke(sanction: Sanction, officer: Officer, now: dt.datetime) -> None:
    if sanction.state == State.REPLACED:
        raise NotAtThisPoint
    sanction.state, sanction.ended_at, sanction.is_paused = State.REVOKED, now, False
    sanction.save()
    release(sanction, now)
    tell(sanction, EventKind.REVOKED, officer, at=now)


def _change(sanction: Sanction, appeal: Appeal, officer: Officer, judgement: Judgement, now: dt.datetime) -> None:
    if not sanction.is_in_force:
        raise NotAtThisPoint
    if not judgement.document_number:
        raise NumberMissing
    until_at = judgement.until_at or sanction.until_at
    if sanction.until_at and until_at and until_at > sanction.until_at:
        raise OnlyMilder
    condition = judgement.condition or sanction.condition
    if sanction.kind == Kind.SUSPENSION and until_at is None and not condition:
        raise EndMissing
    changed = Sanction(
        **{name: getattr(sanction, name) for name in _SAME},
        facts=sanction.facts,
        demands=judgement.demands or sanction.demands,
        until_at=until_at,
        condition=condition,
        corrects=sanction,
        by_appeal=appeal,
        document_number=judgement.document_number,
        signed_on=timezone.localdate(now),
        proposed_by=officer,
        proposed_at=now,
    )
    take_effect(changed, officer, now)
    changed.appeal_until_at = None
    old = end_replaced(sanction, now)
    changed.save()
    tell(old, EventKind.REPLACED, officer, other=changed, at=now)
    copy_bases(changed, sanction.bases.all())
    SanctionGround.objects.bulk_create(
        SanctionGround(sanction=changed, source=one.source, text_vi=one.text_vi, text_en=one.text_en, on=one.on)
        for one in sanction.grounds.all()
    )
    tell(changed, EventKind.APPROVED, officer, other=sanction, at=now)
    if changed.kind == Kind.SUSPENSION:
        hold(changed, now)
        release(sanction, now)
