"""What the tracing team does: register a case, run a trace, judge a contact, open personal details."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from dauchan.epi import TracePolicy
from dauchan.people.actions import person_with_phone
from dauchan.tracing import engine
from dauchan.tracing.access import require_tracer
from dauchan.tracing.errors import AlreadyDecided, CaseWithdrawn, NobodyWithThisPhone, SecondPersonNeeded
from dauchan.tracing.infectious import infectious_period, rule_in_force
from dauchan.tracing.models import Case, CaseStatus, Contact, Disclosure, TraceRun, Verdict
from dauchan.units import audit
from dauchan.units.errors import RoleMissing
from dauchan.units.models import Role

if TYPE_CHECKING:
    from dauchan.tracing.models import Disease
    from dauchan.units.models import Officer, Unit

#: How long approved details stay open: one shift.
DISCLOSURE_HOURS = 8
CASE_CODE_LOCK = 7254
CONTACTS_A_BATCH = 2000


@dataclass(frozen=True)
class CaseReport:
    """What the tracer wrote down of a confirmed case."""

    phone: str
    disease: Disease
    unit: Unit
    sampled_on: dt.date
    onset_on: dt.date | None = None
    isolated_at: dt.datetime | None = None
    note: str = ""


@transaction.atomic
def register_case(report: CaseReport, officer: Officer) -> Case:
    """Register a confirmed case; its infectious period follows from the rule in force on the day of the sample.

    Raises: RoleMissing, NobodyWithThisPhone, NoRuleInForce, PeriodEmpty.
    """
    if not officer.may_act_as(Role.TRACER, report.unit):
        raise RoleMissing
    person = person_with_phone(report.phone)
    if person is None:
        raise NobodyWithThisPhone
    rule = rule_in_force(report.disease, report.sampled_on)
    begins, ends = infectious_period(rule, report.onset_on, report.sampled_on, report.isolated_at)
    case = Case.objects.create(
        code=_next_case_code(timezone.localdate().year),
        person=person,
        disease=report.disease,
        unit=report.unit,
        onset_on=report.onset_on,
        sampled_on=report.sampled_on,
        isolated_at=report.isolated_at,
        rule=rule,
        infectious_from=begins,
        infectious_to=ends,
        registered_by=officer,
        note=report.note,
    )
    audit.record(officer, "case.registered", f"case:{case.pk}", detail={"code": case.code, "rule": rule.instrument})
    return case


def _next_case_code(year: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CASE_CODE_LOCK])
    prefix = f"F0-{year}-"
    last = Case.objects.filter(code__startswith=prefix).order_by("-code").values_list("code", flat=True).first()
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:05d}"


@transaction.atomic
def withdraw_case(case: Case, officer: Officer, reason: str) -> Case:
    """The case was not one: nothing is traced from it any more. Raises: RoleMissing."""
    require_tracer(officer, case)
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
    rows = (Contact(run=run, number=number, **row) for number, row in enumerate(found.contacts, start=1))
    Contact.objects.bulk_create(rows, batch_size=CONTACTS_A_BATCH)
    audit.record(officer, "trace.run", f"case:{case.pk}", detail={"run": run.pk, "contacts": len(found.contacts)})
    return run


@transaction.atomic
def judge_contact(contact: Contact, officer: Officer, verdict: str) -> Contact:
    """Keep what the interview showed: confirmed, ruled out, or back to be verified. Raises: RoleMissing."""
    require_tracer(officer, contact.run.case)
    before = contact.verdict
    contact.verdict = Verdict(verdict)
    contact.save(update_fields=["verdict"])
    audit.record(
        officer, "contact.judged", f"contact:{contact.pk}", detail={"before": before, "after": contact.verdict}
    )
    return contact


@transaction.atomic
def request_disclosure(run: TraceRun, officer: Officer, purpose: str) -> Disclosure:
    """Ask a second person to open the personal details of this run's people. Raises: RoleMissing."""
    require_tracer(officer, run.case)
    disclosure = Disclosure.objects.create(run=run, requested_by=officer, purpose=purpose)
    audit.record(officer, "disclosure.requested", f"case:{run.case_id}", purpose=purpose, detail={"run": run.pk})
    return disclosure


@transaction.atomic
def decide_disclosure(disclosure: Disclosure, officer: Officer, *, approve: bool, note: str = "") -> Disclosure:
    """Approve for one shift, or decline.

    Raises: RoleMissing for somebody who is no approver here, SecondPersonNeeded, AlreadyDecided.
    """
    disclosure = Disclosure.objects.select_for_update().select_related("run__case__unit").get(pk=disclosure.pk)
    case = disclosure.run.case
    if disclosure.requested_by_id == officer.pk:
        raise SecondPersonNeeded
    if not officer.may_act_as(Role.APPROVER, case.unit):
        raise RoleMissing
    if disclosure.approved is not None:
        raise AlreadyDecided
    disclosure.approved = approve
    disclosure.decided_by = officer
    disclosure.decided_at = timezone.now()
    disclosure.decision_note = note
    disclosure.expires_at = disclosure.decided_at + dt.timedelta(hours=DISCLOSURE_HOURS) if approve else None
    disclosure.save()
    audit.record(
        officer,
        "disclosure.approved" if approve else "disclosure.declined",
        f"case:{case.pk}",
        purpose=disclosure.purpose,
        detail={"run": disclosure.run_id, "requested_by": disclosure.requested_by_id, "note": note},
    )
    return disclosure


def record_details_seen(disclosure: Disclosure, officer: Officer, how: str) -> None:
    """Log that names and phones were shown (`how`: page, csv, xlsx), each time."""
    run = disclosure.run
    audit.record(
        officer,
        "disclosure.seen",
        f"case:{run.case_id}",
        purpose=disclosure.purpose,
        detail={"run": run.pk, "how": how},
    )
