"""Reads of referrals: how each stands, how a unit does, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Count, F, Q
from django.utils import timezone

from dauchan.compliance.referrals.models import RUNNING, Outcome, Referral, State
from dauchan.units.deadlines import working_days_between
from dauchan.units.models import Unit
from dauchan.vietnamese import fold

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from dauchan.units.deadlines import OfficeCalendar

#: Below so many referrals a share says more of chance than of the unit.
LEAST_FOR_A_SHARE = 10
MEASURES = (Outcome.MENDED, Outcome.INSPECTED, Outcome.SANCTION, Outcome.GONE)
_IN_TIME = Q(answered_at__lte=F("due_at"))


@dataclass(frozen=True)
class Standing:
    """How the unit's clock stands: *days* working days left, or over where negative; of an answer, when it was given."""

    days: int
    is_overdue: bool
    is_running: bool


class Answered(Protocol):
    """A paper that a unit answers: a referral, a citizen's report."""

    @property
    def answered_at(self) -> Any: ...  # noqa: ANN401 - a field of a model

    @property
    def due_at(self) -> Any: ...  # noqa: ANN401 - as above

    @property
    def is_running(self) -> bool: ...


def standing_of(paper: Answered, calendar: OfficeCalendar, now: dt.datetime) -> Standing:
    at = now if paper.is_running else paper.answered_at or now
    days = working_days_between(timezone.localdate(at), timezone.localdate(paper.due_at), calendar)
    return Standing(days, at > paper.due_at, paper.is_running)


def searched(referrals: QuerySet[Referral], words: str) -> QuerySet[Referral]:
    """Those whose venue or unit holds every one of *words*, diacritics or not, or whose number it is."""
    if words.strip().isdecimal() and len(words.strip()) < 10:  # noqa: PLR2004 - no number is longer
        return referrals.filter(pk=int(words))
    for word in fold(words).split():
        referrals = referrals.filter(Q(venue__search_key__contains=word) | Q(unit__search_key__contains=word))
    return referrals


def overdue(referrals: QuerySet[Referral], now: dt.datetime) -> QuerySet[Referral]:
    return referrals.filter(state__in=RUNNING, due_at__lt=now)


def counts_of(referrals: QuerySet[Referral], now: dt.datetime) -> dict[str, int]:
    """How many are running, overdue, answered and waiting, closed; one query."""
    return referrals.order_by().aggregate(
        running=Count("pk", Q(state__in=RUNNING)),
        overdue=Count("pk", Q(state__in=RUNNING, due_at__lt=now)),
        answered=Count("pk", Q(state=State.ANSWERED)),
        closed=Count("pk", Q(state=State.CLOSED)),
    )


@dataclass(frozen=True)
class Account:
    """How one unit met its deadlines. Every share says what it is a share of.

    Attributes:
        received: handed over in the period.
        in_time, late: answered, by the deadline or after it.
        overdue: not answered, and the deadline is over.
        running: not answered, and there is time left.
        measures: answers that tell of something done at the door.
    """

    unit: Unit
    received: int
    in_time: int
    late: int
    overdue: int
    running: int
    measures: int

    @property
    def due(self) -> int:
        """The denominator: those whose deadline is over or that were answered."""
        return self.in_time + self.late + self.overdue

    @property
    def share(self) -> float | None:
        """In per cent; None where there are too few to rank by."""
        return 100 * self.in_time / self.due if self.due >= LEAST_FOR_A_SHARE else None


def accounts_of(referrals: QuerySet[Referral], now: dt.datetime) -> list[Account]:
    """A row for each unit that has any: those that can be ranked first, the best of them on top."""
    late = Q(answered_at__gt=F("due_at"))
    rows = referrals.order_by().values("unit")
    rows = rows.annotate(
        received=Count("pk"),
        in_time=Count("pk", _IN_TIME),
        late=Count("pk", late),
        overdue=Count("pk", Q(state__in=RUNNING, due_at__lt=now)),
        running=Count("pk", Q(state__in=RUNNING, due_at__gte=now)),
        measures=Count("pk", Q(outcome__in=MEASURES)),
    )
    units = Unit.objects.in_bulk([row["unit"] for row in rows])
    accounts = [Account(**{**row, "unit": units[row["unit"]]}) for row in rows]  # type: ignore[arg-type]  # the unit for its key
    return sorted(accounts, key=lambda one: (one.share is None, -(one.share or 0), one.unit.sort_key))
