"""How the exchange stands: lag, rate, backlog, when it will be empty, what was compared, what was set aside."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q, Sum
from django.utils import timezone

from dauchan.exchange.national.models import Batch, Comparison, Purpose, SetAside, Standing, Stream, UnitDay

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from dauchan.exchange.national.agreement import Agreement
    from dauchan.units.models import Unit

#: Over how long the rate is measured.
RECENT = dt.timedelta(minutes=15)
MOST_COMPARISONS = 10
#: A minute job and a receiver that takes a while are no delay yet.
USUAL_LAG = dt.timedelta(minutes=5)
#: Nobody promises a day that lies farther away.
FARTHEST = dt.timedelta(days=3650)


class State(StrEnum):
    """How it stands with a receiver, in a word; the first that is true."""

    PAUSED = "paused"
    FAILING = "failing"
    NOT_BEGUN = "not_begun"
    LATE = "late"
    SENDING = "sending"
    IN_ORDER = "in_order"


@dataclass(frozen=True)
class Backfill:
    """A day that is sent beside the live stream."""

    day: dt.date
    total: int
    sent: int
    finished_at: dt.datetime | None

    @property
    def percent(self) -> int:
        if self.finished_at:
            return 100
        return min(99, 100 * self.sent // self.total) if self.total else 0


@dataclass(frozen=True)
class Situation:
    """How it stands with one receiver now.

    Attributes:
        lag: how long the oldest record has waited that is not there yet; None: nothing waits.
        rate: records a second that the receiver committed, over the last minutes.
        backlog: records that wait, backfills included.
        empty_at: when the backlog will be empty at this rate; None: nothing waits, or nothing moves.
    """

    agreement: Agreement
    standing: Standing
    lag: dt.timedelta | None
    rate: float
    backlog: int
    empty_at: dt.datetime | None
    sent: int
    last_batch_at: dt.datetime | None
    backfills: list[Backfill]
    comparison: Comparison | None
    set_aside: int

    @property
    def open_backfills(self) -> list[Backfill]:
        return [each for each in self.backfills if not each.finished_at]

    @property
    def done_backfills(self) -> list[Backfill]:
        return [each for each in self.backfills if each.finished_at]

    @property
    def oldest_at(self) -> dt.datetime | None:
        return self.standing.oldest_at

    @property
    def rate_a_minute(self) -> int:
        return round(self.rate * 60)

    @property
    def is_failing(self) -> bool:
        return self.standing.failing_since is not None

    @property
    def state(self) -> State:
        if self.standing.is_paused:
            return State.PAUSED
        if self.is_failing:
            return State.FAILING
        if self.standing.contacted_at is None:
            return State.NOT_BEGUN
        if self.lag and self.lag > USUAL_LAG:
            return State.LATE
        return State.SENDING if self.backlog else State.IN_ORDER


def situation_of(agreement: Agreement, now: dt.datetime | None = None) -> Situation:
    now = now or timezone.now()
    standing = Standing.objects.filter(receiver=agreement.code).first() or Standing(receiver=agreement.code)
    backfills = backfills_of(agreement.code)
    backlog = standing.backlog + sum(max(0, each.total - each.sent) for each in backfills if not each.finished_at)
    rate = rate_of(agreement.code, now)
    batches = Batch.objects.filter(stream__receiver=agreement.code, acknowledged_at__isnull=False)
    done = batches.aggregate(records=Sum("count"), last=Max("acknowledged_at"))
    return Situation(
        agreement=agreement,
        standing=standing,
        lag=now - standing.oldest_at if standing.oldest_at and standing.backlog else None,
        rate=rate,
        backlog=backlog,
        empty_at=None if standing.failing_since or standing.is_paused else empty_at(backlog, rate, now),
        sent=done["records"] or 0,
        last_batch_at=done["last"],
        backfills=backfills,
        comparison=Comparison.objects.filter(receiver=agreement.code).first(),
        set_aside=open_set_aside(agreement.code).count(),
    )


def rate_of(receiver: str, now: dt.datetime) -> float:
    recent = Batch.objects.filter(stream__receiver=receiver, acknowledged_at__gt=now - RECENT)
    return float(recent.aggregate(records=Sum("count"))["records"] or 0) / RECENT.total_seconds()


def empty_at(backlog: int, rate: float, now: dt.datetime) -> dt.datetime | None:
    """When the last record that waits will be there, should it go on as in the last minutes."""
    if not backlog or rate <= 0:
        return None
    takes = dt.timedelta(seconds=min(backlog / rate, FARTHEST.total_seconds()))
    return now + takes


def backfills_of(receiver: str) -> list[Backfill]:
    """By day, the latest first: those under way, and those of the last 24 hours that are done. Days without a record are left out."""
    found = Stream.objects.filter(receiver=receiver, purpose=Purpose.BACKFILL).filter(
        Q(finished_at__isnull=True) | Q(finished_at__gt=timezone.now() - dt.timedelta(days=1))
    )
    counted = found.annotate(sent=Sum("batches__count", filter=Q(batches__acknowledged_at__isnull=False)))
    # Of several for a day and kind the last one asked for counts.
    latest = {(each.day, each.kind): each for each in counted.order_by("-day", "pk") if each.day}
    days: dict[dt.date, list[Stream]] = {}
    for (day, _kind), stream in latest.items():
        days.setdefault(day, []).append(stream)
    lines = [_backfill(day, of_day) for day, of_day in days.items()]
    return [line for line in lines if line.total or line.sent]


def _backfill(day: dt.date, of_day: list[Any]) -> Backfill:
    ends = [stream.finished_at for stream in of_day if stream.finished_at]
    finished_at = max(ends) if len(ends) == len(of_day) else None
    return Backfill(day, sum(each.total for each in of_day), sum(each.sent or 0 for each in of_day), finished_at)


def open_set_aside(receiver: str) -> QuerySet[SetAside]:
    return SetAside.objects.filter(receiver=receiver, settled_at__isnull=True)


def reasons_of(receiver: str) -> list[Any]:
    """How many records wait with which reason, at which end."""
    return list(
        open_set_aside(receiver).values("end", "kind", "reason").annotate(records=Count("pk")).order_by("-records")
    )


@dataclass(frozen=True)
class UnitLine:
    """A unit's records at both ends over all compared days."""

    unit: Unit | None
    code: str
    ours: int
    theirs: int
    differing: int
    days_apart: int
    compared_at: dt.datetime


def lines_of_units(receiver: str, units: Iterable[Unit]) -> list[UnitLine]:
    """By unit, those that are apart first; without a unit's name what lies in no venue that is known there."""
    by_code = {unit.code: unit for unit in units}
    rows = (
        UnitDay.objects.filter(receiver=receiver, day__isnull=False)
        .values("unit_code")
        .annotate(
            ours=Sum("ours"), theirs=Sum("theirs"), differing=Sum("differing"),
            apart=Count("pk", filter=Q(is_equal=False)), at=Max("compared_at"),
        )
    )  # fmt: skip
    lines = [
        UnitLine(
            by_code.get(row["unit_code"]), row["unit_code"], row["ours"], row["theirs"], row["differing"], row["apart"],
            row["at"],
        )
        for row in rows
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (-line.days_apart, line.unit.sort_key if line.unit else "", line.code))


def comparisons_of(receiver: str) -> list[Comparison]:
    """The latest, for the page."""
    return list(Comparison.objects.filter(receiver=receiver)[:MOST_COMPARISONS])
