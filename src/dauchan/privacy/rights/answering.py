"""The steps of whoever answers: first answer, extension, grant, refusal; and of the person, who may call it off."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.privacy.rights.clock import act_by
from dauchan.privacy.rights.effects import carry_out
from dauchan.privacy.rights.errors import ExtendedBefore
from dauchan.privacy.rights.request_models import RUNNING, Kind, PersonRequest, State
from dauchan.privacy.rights.writing import opened, tell
from dauchan.units.working_days import office_calendar

if TYPE_CHECKING:
    from dauchan.units.models import Officer


@transaction.atomic
def accept(request: PersonRequest, officer: Officer, revision: int) -> PersonRequest:
    """The first answer: it is under way; from now on the clock of the act runs. Raises: RightsRefused."""
    found = opened(request, revision, [State.RECEIVED])
    found.state, found.due_at, found.is_provisional = State.ACCEPTED, found.act_by_at, False
    found.save()
    tell(found, Kind.ACCEPTED, officer)
    return found


@transaction.atomic
def extend(request: PersonRequest, officer: Officer, revision: int, words: str) -> PersonRequest:
    """More time, once, for a reason the person reads. Raises: RightsRefused."""
    found = opened(request, revision, [State.ACCEPTED])
    if found.extended_on is not None or not found.clock.extension_days:
        raise ExtendedBefore
    found.extended_on = timezone.localdate()
    days = found.clock.act_days + found.clock.extension_days
    found.act_by_at = found.due_at = act_by(found.received_at, days, office_calendar())
    found.save()
    tell(found, Kind.EXTENDED, officer, words=words)
    return found


@transaction.atomic
def grant(request: PersonRequest, officer: Officer, revision: int, words: str = "") -> PersonRequest:
    """Carry it out now. An erasure that a case holds up is granted, and done when the case lets go. Raises: RightsRefused."""
    found = opened(request, revision, RUNNING)
    found.state = carry_out(found)
    _answer(found, officer, words)
    tell(found, Kind.HELD if found.state == State.HELD else Kind.GRANTED, officer, words=words)
    return found


@transaction.atomic
def refuse(request: PersonRequest, officer: Officer, revision: int, refusal: str, words: str) -> PersonRequest:
    """With a reason of the list, and words that say what it means here. Raises: RightsRefused."""
    found = opened(request, revision, RUNNING)
    found.state, found.refusal = State.REFUSED, refusal
    _answer(found, officer, words)
    tell(found, Kind.REFUSED, officer, words=words)
    return found


@transaction.atomic
def call_off(request: PersonRequest, revision: int) -> PersonRequest:
    """The person no longer wants it. Raises: RightsRefused."""
    found = opened(request, revision, [*RUNNING, State.HELD])
    found.state, found.ended_at = State.CALLED_OFF, timezone.now()
    found.save()
    tell(found, Kind.CALLED_OFF, None)
    return found


def _answer(request: PersonRequest, officer: Officer, words: str) -> None:
    request.answer, request.ended_by = words, officer
    request.ended_at = None if request.state == State.HELD else dt.datetime.now(dt.UTC)
    request.save()
