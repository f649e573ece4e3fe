"""What is overdue in the units that an officer answers for, and what their heads have promised about it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.compliance.referrals.models import Referral
from dauchan.compliance.referrals.queries import overdue as overdue_of
from dauchan.oversight.accountability.models import ExplainedItem, ItemKind
from dauchan.units.deadlines import working_days_between
from dauchan.units.jurisdiction import in_area
from dauchan.units.working_days import office_calendar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from dauchan.units.models import Unit


@dataclass(frozen=True)
class Overdue:
    """One thing that should have been done; *explained* is the last explanation of it, if there is one."""

    kind: ItemKind
    number: int
    unit: Unit
    place: str
    what: str
    due_at: dt.datetime
    days_over: int
    explained: ExplainedItem | None = None

    @property
    def key(self) -> str:
        """As a form sends it: `referral:12`."""
        return f"{self.kind}:{self.number}"

    @property
    def needs_explanation(self) -> bool:
        """Nobody has explained it, or the date that was promised is over."""
        return self.explained is None or self.explained.explanation.promised_on < timezone.localdate()


def overdue_items(units: Sequence[Unit], now: dt.datetime) -> list[Overdue]:
    """All that is overdue in the subtrees of *units*, the longest first; four queries however many."""
    found = overdue_of(Referral.objects.filter(in_area(units)), now).select_related("venue__unit", "unit")
    referrals = list(found.order_by("due_at", "pk"))
    calendar, today = office_calendar(), timezone.localdate(now)
    explained = _explained(ItemKind.REFERRAL, [one.pk for one in referrals])
    return [
        Overdue(
            ItemKind.REFERRAL,
            one.pk,
            one.unit,
            f"{one.venue.name}, {one.venue.full_address}",
            one.what,
            one.due_at,
            working_days_between(timezone.localdate(one.due_at), today, calendar),
            explained.get(one.pk),
        )
        for one in referrals
    ]


def overdue_count(units: Sequence[Unit], now: dt.datetime) -> int:
    return overdue_of(Referral.objects.filter(in_area(units)), now).count()


def _explained(kind: ItemKind, numbers: Iterable[int]) -> dict[int, ExplainedItem]:
    """The last explanation of each."""
    items = ExplainedItem.objects.filter(kind=kind, number__in=list(numbers)).select_related("explanation__head")
    return {item.number: item for item in items.order_by("explanation__signed_at")}


class Kept(StrEnum):
    """What became of a promise."""

    WAITING = "waiting"
    KEPT = "kept"
    BROKEN = "broken"


def promises_of(items: Iterable[ExplainedItem], today: dt.date) -> dict[int, Kept]:
    """Of each item, by its key: whether it was answered by the day that was promised; one query."""
    items = list(items)
    numbers = defaultdict(list)
    for item in items:
        numbers[item.kind].append(item.number)
    answered = dict(
        Referral.objects.filter(pk__in=numbers[ItemKind.REFERRAL]).order_by().values_list("pk", "answered_at")
    )
    return {item.pk: _kept(answered.get(item.number), item.explanation.promised_on, today) for item in items}


def _kept(answered_at: dt.datetime | None, promised_on: dt.date, today: dt.date) -> Kept:
    if answered_at is not None and timezone.localdate(answered_at) <= promised_on:
        return Kept.KEPT
    return Kept.BROKEN if today > promised_on else Kept.WAITING
