"""What is overdue in the units that an officer answers for, and what their heads have promised about it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.compliance.referrals.models import Referral
from dauchan.compliance.referrals.queries import overdue as overdue_of
from dauchan.oversight.accountability.models import ExplainedItem, ItemKind
from dauchan.oversight.models import RUNNING, Report
from dauchan.units.deadlines import working_days_between
from dauchan.units.jurisdiction import in_area
from dauchan.units.working_days import office_calendar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

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
    """All that is overdue in the subtrees of *units*, the longest first; six queries however many."""
    found = [*_referrals(units, now), *_reports(units, now)]
    explained = _explained(item.number for item in found)
    items = (replace(item, explained=explained.get((item.kind, item.number))) for item in found)
    return sorted(items, key=lambda item: (item.due_at, item.key))


def _referrals(units: Sequence[Unit], now: dt.datetime) -> Iterator[Overdue]:
    calendar, today = office_calendar(), timezone.localdate(now)
    found = overdue_of(Referral.objects.filter(in_area(units)), now).select_related("venue__unit", "unit")
    for one in found:
        over = working_days_between(timezone.localdate(one.due_at), today, calendar)
        place = f"{one.venue.name}, {one.venue.full_address}"
        yield Overdue(ItemKind.REFERRAL, one.pk, one.unit, place, one.what, one.due_at, over)


def _reports(units: Sequence[Unit], now: dt.datetime) -> Iterator[Overdue]:
    """Citizens' reports. What a citizen typed of a place that is not registered stays on the report's own page."""
    calendar, today = office_calendar(), timezone.localdate(now)
    found = Report.objects.filter(in_area(units), status__in=RUNNING, due_at__lt=now)
    for one in found.select_related("venue__unit", "unit"):
        due_at = one.due_at or now
        over = working_days_between(timezone.localdate(due_at), today, calendar)
        place = f"{one.venue.name}, {one.venue.full_address}" if one.venue else one.unit.full_name
        yield Overdue(ItemKind.REPORT, one.pk, one.unit, place, str(one.get_finding_display()), due_at, over)


def _explained(numbers: Iterable[int]) -> dict[tuple[str, int], ExplainedItem]:
    """The last explanation of each item."""
    items = ExplainedItem.objects.filter(number__in=list(numbers)).select_related("explanation__head")
    return {(item.kind, item.number): item for item in items.order_by("explanation__signed_at")}


class Kept(StrEnum):
    """What became of a promise."""

    WAITING = "waiting"
    KEPT = "kept"
    BROKEN = "broken"


def promises_of(items: Iterable[ExplainedItem], today: dt.date) -> dict[int, Kept]:
    """Of each item, by its key: whether it was answered by the day that was promised; a query for each kind."""
    items = list(items)
    numbers = defaultdict(list)
    for item in items:
        numbers[item.kind].append(item.number)
    answered = {
        (kind, pk): at
        for kind, model in (("referral", Referral), ("report", Report))
        for pk, at in model.objects.filter(pk__in=numbers[kind]).order_by().values_list("pk", "answered_at")
    }
    return {
        item.pk: _kept(answered.get((item.kind, item.number)), item.explanation.promised_on, today) for item in items
    }


def _kept(answered_at: dt.datetime | None, promised_on: dt.date, today: dt.date) -> Kept:
    if answered_at is not None and timezone.localdate(answered_at) <= promised_on:
        return Kept.KEPT
    return Kept.BROKEN if today > promised_on else Kept.WAITING
