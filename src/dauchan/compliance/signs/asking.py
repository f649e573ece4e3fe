"""A screening by hand: an officer asks for it, the worker does it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dauchan.compliance.signs.errors import DayNotOver, DayTooOld, OneUnderWay
from dauchan.compliance.signs.jobs import screen_by_hand
from dauchan.compliance.signs.models import Origin, Outcome, ScreeningRun
from dauchan.compliance.signs.queries import under_way
from dauchan.compliance.signs.reading import first_day
from dauchan.compliance.signs.running import INTERRUPTED
from dauchan.units import audit

if TYPE_CHECKING:
    from dauchan.units.models import Officer

#: No screening takes nearly as long: one that still waits or runs has been forgotten.
FORGOTTEN_AFTER = dt.timedelta(hours=2)


def check_day(on: dt.date) -> None:
    """Raises: DayNotOver, DayTooOld."""
    if on >= timezone.localdate():
        raise DayNotOver
    if on < first_day():
        raise DayTooOld


@transaction.atomic
def ask_for_screening(officer: Officer, on: dt.date) -> ScreeningRun:
    """Have the ledger screened up to a past day. Raises: DayNotOver, DayTooOld, OneUnderWay."""
    check_day(on)
    _let_go_of_forgotten()
    if under_way() is not None:
        raise OneUnderWay
    run = ScreeningRun.objects.create(on=on, origin=Origin.PAGE, asked_by=officer)
    audit.record(officer, "screening.asked", f"screening:{run.pk}", detail={"on": on.isoformat()})
    screen_by_hand.defer(run_id=run.pk)
    return run


def _let_go_of_forgotten() -> None:
    now = timezone.now()
    old = Q(asked_at__lt=now - FORGOTTEN_AFTER, outcome=Outcome.WAITING)
    old |= Q(started_at__lt=now - FORGOTTEN_AFTER, outcome=Outcome.RUNNING)
    ScreeningRun.objects.filter(old).update(outcome=Outcome.FAILED, failure=INTERRUPTED, ended_at=now)
