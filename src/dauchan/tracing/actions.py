"""What the tracing team does with cases: register one, withdraw it, trace it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from dauchan.epi import TracePolicy
from dauchan.tracing import engine
from dauchan.tracing.access import require_tracer
from dauchan.tracing.errors import CaseWithdrawn
from dauchan.tracing.intake.registration import case_from_contact, preview_case, register_case, register_cases
from dauchan.tracing.intake.reports import CaseReport, Preview
from dauchan.tracing.interviews.contact_work import link_interviews
from dauchan.tracing.interviews.named import with_named
from dauchan.tracing.models import Case, CaseStatus, Contact, CrowdNotice, TraceRun, Verdict
from dauchan.units import audit

if TYPE_CHECKING:
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
    "withdraw_case",
]

ROWS_A_BATCH = 2000


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
    by_rule: dict[str, Any] = {
        "min_overlap_minutes": case.rule.min_overlap_minutes,
        "tail_minutes": case.rule.tail_minutes,
        "latent_period_hours": case.rule.latent_period_hours,
    }
    return TracePolicy(**(by_rule | chosen))


@transaction.atomic
def run_trace(case: Case, officer: Officer, policy: TracePolicy) -> TraceRun:
    """Trace the case through the ledger as it stands now and keep the contacts found.

    Raises: RoleMissing, CaseWithdrawn.
    """
    require_tracer(officer, case)
    if case.status != CaseStatus.CONFIRMED:
        raise CaseWithdrawn
    started = timezone.now()
    found = engine.contacts_of(case, policy, horizon=started)
    run = TraceRun.objects.create(
        case=case,
        policy=dataclasses.asdict(found.policy),
        horizon=started,
        requested_by=officer,
        started_at=started,
        finished_at=timezone.now(),
        visits_read=found.visits_read,
        imputed_stays=found.imputed_stays,
    )
    _keep_found(run, found)
    audit.record(
        officer,
        "trace.run",
        f"case:{case.pk}",
        detail={"run": run.pk, "contacts": run.contacts.count(), "notices": len(found.notices)},
    )
    return run


def _keep_found(run: TraceRun, found: engine.Found) -> None:
    known = _verdicts_before(run)
    contacts = (
        Contact(
            run=run, number=number, verdict=known.get((row["person_id"], row["source_id"]), Verdict.TO_VERIFY), **row
        )
        for number, row in enumerate(with_named(run.case, found.contacts), start=1)
    )
    Contact.objects.bulk_create(contacts, batch_size=ROWS_A_BATCH)
    link_interviews(run)
    CrowdNotice.objects.bulk_create((CrowdNotice(run=run, **row) for row in found.notices), batch_size=ROWS_A_BATCH)


def _verdicts_before(run: TraceRun) -> dict[tuple[int, int], str]:
    """What the team found out on the case's run before this one, by contact and source: nobody is asked twice."""
    before = TraceRun.objects.filter(case=run.case_id).exclude(pk=run.pk).first()
    judged = Contact.objects.filter(run=before).exclude(verdict=Verdict.TO_VERIFY)
    return {
        (person, source): verdict for person, source, verdict in judged.values_list("person_id", "source_id", "verdict")
    }
