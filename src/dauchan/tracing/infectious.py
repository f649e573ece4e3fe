"""From the dates of a case to its infectious period, by the rule in force."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from dauchan.tracing.errors import NoRuleInForce, PeriodEmpty
from dauchan.tracing.models import DoctrineRule
from dauchan.vietnamese.dates import LOCAL

if TYPE_CHECKING:
    from dauchan.tracing.models import Disease


def rule_in_force(disease: Disease, day: dt.date) -> DoctrineRule:
    """The newest rule for *disease* that was valid on *day*, the day of the sample.

    The day of the sample and not of today: a case entered late is judged by the rule its team worked under.

    Raises: NoRuleInForce.
    """
    rule = DoctrineRule.objects.filter(disease=disease, valid_from__lte=day).order_by("-valid_from").first()
    if rule is None:
        raise NoRuleInForce
    return rule


def infectious_period(
    rule: DoctrineRule, onset_on: dt.date | None, sampled_on: dt.date, isolated_at: dt.datetime | None
) -> tuple[dt.datetime, dt.datetime]:
    """Half-open period `[from, to)` in which the case could infect others, at local midnights.

    It begins the rule's number of days before onset, or before the sample for a case without symptoms, and ends at
    isolation, or after the rule's number of days where the case is not isolated yet.

    Raises: PeriodEmpty if isolation comes before the beginning.
    """
    anchor = onset_on or sampled_on
    before = rule.days_before_onset if onset_on else rule.days_before_sample
    begins = _midnight(anchor - dt.timedelta(days=before))
    ends = isolated_at or _midnight(anchor + dt.timedelta(days=rule.days_after + 1))
    if ends <= begins:
        raise PeriodEmpty
    return begins, ends


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), LOCAL)
