"""What is overdue in the units that an officer answers for, and what their heads have promised about it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, F, OuterRef, Q, Subquery, Value, When
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
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from django.db.models import QuerySet

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


@dataclass(frozen=True)
class OverdueWork:
    """Attributes:
    count: of all that is overdue.
    unexplained: of it, what nobody has explained, or with a promised date that is over.
    first: what nobody has explained before the rest, the longest overdue first; as many as were asked for.
    """

    count: int
    unexplained: int
    first: list[Overdue]


def overdue_work(units: Sequence[Unit], now: dt.datetime, most: int) -> OverdueWork:
    """What is overdue in the subtrees of *units*, *most* of it in full. Six queries; the database counts and puts in order."""
    today = timezone.localdate(now)
    kinds = [
        _with_needs(_overdue_referrals(units, now), ItemKind.REFERRAL, today),
        _with_needs(_overdue_reports(units, now), ItemKind.REPORT, today),
    ]
    counts = [rows.aggregate(all=Count("pk"), needing=Count("pk", Q(needs=True))) for rows in kinds]
    columns = ("kind_of", "number", "due_at", "needs")
    referrals, reports = (rows.values_list(*columns) for rows in kinds)
    first = referrals.union(reports, all=True).order_by("-needs", "due_at", "kind_of", "number")[:most]
    return OverdueWork(
        sum(count["all"] for count in counts),
        sum(count["needing"] for count in counts),
        _shown_in_full([(kind, number) for kind, number, _due_at, _needs in first], now),
    )


def _with_needs(rows: QuerySet[Any], kind: ItemKind, today: dt.date) -> QuerySet[Any]:
    """Each with its kind, its number, and whether the last explanation of it, if any, does not hold any more."""
    own = ExplainedItem.objects.filter(kind=kind, number=OuterRef("pk")).order_by("-explanation__signed_at", "-pk")
    promised = Subquery(own.values("explanation__promised_on")[:1])
    found: QuerySet[Any] = rows.order_by().annotate(
        kind_of=Value(str(kind), output_field=CharField()),
        number=F("pk"),
        promised_on=promised,
        needs=Case(When(promised_on__gte=today, then=False), default=True),
    )
    return found


def _shown_in_full(items: Sequence[tuple[str, int]], now: dt.datetime) -> list[Overdue]:
    """What is known of each, in the order of *items*; three queries however many."""
    numbers = defaultdict(list)
    for kind, number in items:
        numbers[kind].append(number)
    found = _in_full(
        Referral.objects.filter(pk__in=numbers[ItemKind.REFERRAL]),
        Report.objects.filter(pk__in=numbers[ItemKind.REPORT]),
        now,
    )
    by_key = {(str(one.kind), one.number): one for one in found}
    return [by_key[kind, number] for kind, number in items if (kind, number) in by_key]


def overdue_items(units: Sequence[Unit], now: dt.datetime) -> list[Overdue]:
    """All that is overdue in the subtrees of *units* in full, the longest first; six queries however many."""
    found = _in_full(_overdue_referrals(units, now), _overdue_reports(units, now), now)
    return sorted(found, key=lambda item: (item.due_at, item.key))


def _overdue_referrals(units: Sequence[Unit], now: dt.datetime) -> QuerySet[Referral]:
    return overdue_of(Referral.objects.filter(in_area(units)), now)


def _overdue_reports(units: Sequence[Unit], now: dt.datetime) -> QuerySet[Report]:
    return Report.objects.filter(in_area(units), status__in=RUNNING, due_at__lt=now)


def _in_full(referrals: QuerySet[Referral], reports: QuerySet[Report], now: dt.datetime) -> list[Overdue]:
    explained = {(item.kind, item.number): item for item in _explained_among(referrals, reports)}
    days_over = _counting_to(timezone.localdate(now))
    items = [*_of_referrals(referrals, days_over), *_of_reports(reports, days_over, now)]
    return [replace(item, explained=explained.get((item.kind, item.number))) for item in items]


def _counting_to(today: dt.date) -> Callable[[dt.date], int]:
    """Working days since a day, counted once for each day: many deadlines fall on one."""
    calendar = office_calendar()
    return cache(lambda day: working_days_between(day, today, calendar))


def _of_referrals(referrals: QuerySet[Referral], days_over: Callable[[dt.date], int]) -> Iterator[Overdue]:
    for one in referrals.select_related("venue__unit", "unit"):
        over, place = days_over(timezone.localdate(one.due_at)), f"{one.venue.name}, {one.venue.full_address}"
        yield Overdue(ItemKind.REFERRAL, one.pk, one.unit, place, one.what, one.due_at, over)


def _of_reports(reports: QuerySet[Report], days_over: Callable[[dt.date], int], now: dt.datetime) -> Iterator[Overdue]:
    """Citizens' reports. What a citizen typed of a place that is not registered stays on the report's own page."""
    for one in reports.select_related("venue__unit", "unit"):
        due_at = one.due_at or now
        over = days_over(timezone.localdate(due_at))
        place = f"{one.venue.name}, {one.venue.full_address}" if one.venue else one.unit.full_name
        yield Overdue(ItemKind.REPORT, one.pk, one.unit, place, str(one.get_finding_display()), due_at, over)


def _explained_among(referrals: QuerySet[Referral], reports: QuerySet[Report]) -> QuerySet[ExplainedItem]:
    """The explanations of these, the last of each at the end."""
    of_referrals = Q(kind=ItemKind.REFERRAL, number__in=referrals.order_by().values("pk"))
    of_reports = Q(kind=ItemKind.REPORT, number__in=reports.order_by().values("pk"))
    items = ExplainedItem.objects.filter(of_referrals | of_reports).select_related("explanation__head")
    return items.order_by("explanation__signed_at")


class Kept(StrEnum):
    """What became of a promise."""

    WAITING = "waiting"
    KEPT = "kept"
    BROKEN = "broken"


def references_of(items: Iterable[ExplainedItem]) -> dict[int, str]:
    """Of each item, by its key: what people know it by, the number of a referral, the code of a report. One query."""
    items = list(items)
    reports = [item.number for item in items if item.kind == ItemKind.REPORT]
    codes = dict(Report.objects.filter(pk__in=reports).order_by().values_list("pk", "code"))
    return {item.pk: codes.get(item.number, "") if item.kind == ItemKind.REPORT else str(item.number) for item in items}


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
