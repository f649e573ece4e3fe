"""What the tracing team does with cases: register one, withdraw it, trace it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from dauchan.epi import TracePolicy
from dauchan.tracing.access import require_tracer
from dauchan.tracing.errors import CaseWithdrawn
from dauchan.tracing.intake.registration import case_from_contact, preview_case, register_case, register_cases
from dauchan.tracing.intake.reports import CaseReport, Preview
from dauchan.tracing.models import Case, CaseStatus
from dauchan.tracing.runs import run_trace, start_trace
from dauchan.units import audit
from dauchan.venues.models import Venue

if TYPE_CHECKING:
    from dauchan.tracing.models import DoctrineRule
    from dauchan.units.models import Officer

__all__ = [
    "CaseReport",
    "Preview",
    "case_from_contact",
    "policy_for",
    "preview_case",
    "register_case",
    "register_cases",
    "run_trace",
    "start_trace",
    "withdraw_case",
]


@transaction.atomic
def withdraw_case(case: Case, officer: Officer, reason: str) -> Case:
    """The case was not one: nothing is traced from it any more. Raises: RoleMissing, CaseWithdrawn."""
    require_tracer(officer, case)
    if case.status == CaseStatus.WITHDRAWN:
        raise CaseWithdrawn
    case.status = CaseStatus.WITHDRAWN
    case.save(update_fields=["status"])
    audit.record(officer, "case.withdrawn", f"case:{case.pk}", purpose=reason)
    return case


def policy_for(case: Case, **chosen: Any) -> TracePolicy:  # noqa: ANN401 - any field of TracePolicy
    """The policy of the case's rule, with what the tracer chose otherwise (generations, crowd_limit)."""
    rule = case.rule
    by_rule: dict[str, Any] = {
        "min_overlap_minutes": rule.min_overlap_minutes,
        "generation_min_overlap_minutes": tuple(rule.min_overlaps) if rule.later_min_overlap_minutes else (),
        "tail_minutes": rule.tail_minutes,
        "latent_period_hours": rule.latent_period_hours,
        "per_24_hours": rule.per_24_hours,
        "tail_minutes_by_venue": _tails_by_venue(rule),
    }
    return TracePolicy(**(by_rule | chosen))


def _tails_by_venue(rule: DoctrineRule) -> dict[int, int]:
    """The venues whose air lingers otherwise than the rule says in general."""
    tails = {tail.setting: tail.minutes for tail in rule.tails.all() if tail.minutes != rule.tail_minutes}
    venues = Venue.objects.filter(category__setting__in=tails).values_list("pk", "category__setting")
    return {pk: tails[setting] for pk, setting in venues}
