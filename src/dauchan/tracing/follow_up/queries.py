"""What the pages of follow-up show: who is due, silent, ill, to be tested, ending; and the figures of the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from dauchan.tracing.follow_up.models import FollowUp, FollowUpStatus, FollowUpTest, Order, SymptomReport
from dauchan.tracing.follow_up.order_models import OrderStatus
from dauchan.tracing.follow_up.schedule import days_between
from dauchan.tracing.intake.models import LabOutcome

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from dauchan.tracing.models import Contact

#: The parts of the list, in the order of their tabs.
PARTS = ("due", "missed", "ill", "tests", "ending", "all", "ended")


def with_today(follow_ups: QuerySet[FollowUp], today: dt.date) -> QuerySet[FollowUp]:
    """Adds `answers_today`, `has_test_due` and `is_positive`, by subqueries: the number of queries stays what it is."""
    answers = SymptomReport.objects.filter(follow_up=OuterRef("pk"), for_on=today).order_by().values("follow_up")
    counted = Subquery(answers.annotate(rows=Count("pk")).values("rows"), output_field=IntegerField())
    due = FollowUpTest.objects.filter(follow_up=OuterRef("pk"), due_on__lte=today, result="")
    positive = FollowUpTest.objects.filter(follow_up=OuterRef("pk"), result=LabOutcome.POSITIVE)
    return follow_ups.annotate(
        answers_today=Coalesce(counted, Value(0)), has_test_due=Exists(due), is_positive=Exists(positive)
    )


def part_of(follow_ups: QuerySet[FollowUp], part: str, today: dt.date) -> QuerySet[FollowUp]:
    """One part of the list; *follow_ups* as of `with_today`."""
    if part == "ended":
        return follow_ups.exclude(status=FollowUpStatus.ACTIVE).order_by("-ended_at")
    active = follow_ups.filter(status=FollowUpStatus.ACTIVE).order_by("-missed_in_a_row", "case_id", "contact__number")
    return active.filter(_conditions(today)[part]) if part in _conditions(today) else active


def _conditions(today: dt.date) -> dict[str, Q]:
    is_asked = Q(asked_from__lte=today, until_on__gt=today)
    return {
        "due": is_asked & Q(answers_today__lt=F("rule__asks_per_day")),
        "missed": Q(missed_in_a_row__gt=0),
        "ill": Q(ill_since_on__isnull=False) | Q(is_positive=True),
        "tests": Q(has_test_due=True),
        "ending": Q(until_on__lte=today),
    }


def counts_of(follow_ups: QuerySet[FollowUp], today: dt.date) -> dict[str, int]:
    """How many each part has, in one query."""
    active = Q(status=FollowUpStatus.ACTIVE)
    wanted = {part: Count("pk", filter=active & condition) for part, condition in _conditions(today).items()}
    wanted |= {"all": Count("pk", filter=active), "ended": Count("pk", filter=~active)}
    counted: dict[str, int] = follow_ups.order_by().aggregate(**wanted)
    return counted


@dataclass(frozen=True)
class Day:
    """One day of a follow-up as its page shows it."""

    number: int
    on: dt.date
    reports: Sequence[SymptomReport]
    is_missed: bool
    is_today: bool
    is_quarantine: bool


def days_of(follow_up: FollowUp, exposed_on: dt.date, today: dt.date) -> list[Day]:
    """The days that were asked for until today, the latest first."""
    reports: dict[dt.date, list[SymptomReport]] = {}
    for report in follow_up.reports.select_related("officer"):
        reports.setdefault(report.for_on, []).append(report)
    missed = set(follow_up.missed_days.values_list("on", flat=True))
    days = [day for day in days_between(follow_up.asked_from, follow_up.until_on) if day <= today]
    return [
        Day(
            (day - exposed_on).days,
            day,
            reports.get(day, []),
            day in missed,
            day == today,
            day < follow_up.quarantine_until_on,
        )
        for day in reversed(days)
    ]


def proposals_of(follow_up: FollowUp, tests: Sequence[FollowUpTest], today: dt.date) -> dict[str, bool]:
    """What the page proposes; a person decides.

    `case`: a positive result. `end`: the days are over, every test that was due is negative, and nothing speaks against it.
    """
    is_positive = any(test.result == LabOutcome.POSITIVE for test in tests)
    all_negative = all(test.result == LabOutcome.NEGATIVE for test in tests)
    is_over = follow_up.until_on <= today
    return {
        "case": follow_up.is_active and is_positive,
        "end": follow_up.is_active and is_over and all_negative and not is_positive,
        "tests_missing": follow_up.is_active and is_over and not all_negative and not is_positive,
        "release": follow_up.quarantine_until_on <= today and all_negative and not is_positive,
    }


def waiting_orders(orders: QuerySet[Order]) -> QuerySet[Order]:
    return orders.filter(status=OrderStatus.DRAFT).order_by("drafted_at")


def follow_up_of(contact: Contact) -> FollowUp | None:
    """The latest follow-up of this person for the case, whichever list they stand on."""
    found = FollowUp.objects.filter(case=contact.run.case_id, person_id=contact.person_id)
    return found.order_by("-began_at").first()
