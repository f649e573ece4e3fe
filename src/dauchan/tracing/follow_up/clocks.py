"""The team's clock: list, decision and notice, each with the time the rule allows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.tracing.follow_up.reference_models import Step, StepLimit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dauchan.tracing.follow_up.models import Order


@dataclass(frozen=True)
class Clock:
    """One step: from when, until when at the latest, when it was done (None: not yet), and how it stands at *now*."""

    step: Step
    began_at: dt.datetime
    due_at: dt.datetime
    done_at: dt.datetime | None
    now: dt.datetime
    instrument: str

    @property
    def is_overdue(self) -> bool:
        return (self.done_at or self.now) > self.due_at

    @property
    def label(self) -> str:
        return str(self.step.label)

    @property
    def minutes(self) -> int:
        """What it took, or has taken until now."""
        return round(((self.done_at or self.now) - self.began_at).total_seconds() / 60)


def limits_on(day: dt.date) -> dict[str, StepLimit]:
    """The limit of each step on *day*; one query for any number of orders."""
    limits: dict[str, StepLimit] = {}
    for limit in StepLimit.objects.filter(valid_from__lte=day).order_by("step", "-valid_from"):
        limits.setdefault(limit.step, limit)
    return limits


def clocks_of(order: Order, limits: Mapping[str, StepLimit], now: dt.datetime | None = None) -> list[Clock]:
    """The clocks of an order: listed after its case was registered, decided after listing, told after the decision."""
    now = now or timezone.now()
    began = order.contact.run.case.registered_at if order.contact else order.drafted_at
    steps: list[tuple[Step, dt.datetime | None, dt.datetime | None]] = [
        (Step.LIST, began, order.drafted_at),
        (Step.DECISION, order.drafted_at, order.signed_at),
        (Step.NOTICE, order.signed_at, order.delivered_at),
    ]
    return [
        Clock(step, begins, begins + dt.timedelta(minutes=limits[step].minutes), done, now, limits[step].instrument)
        for step, begins, done in steps
        if begins is not None and step in limits
    ]
