"""What the tracing team does with cases: register one, withdraw it, trace it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from dauchan.epi import TracePolicy
from dauchan.people.actions import person_told_of, person_with_phone
from dauchan.tracing import engine
from dauchan.tracing.access import require_tracer
from dauchan.tracing.errors import CaseWithdrawn, NobodyWithThisPhone
from dauchan.tracing.infectious import infectious_period, rule_in_force
from dauchan.tracing.models import Case, CaseStatus, Contact, CrowdNotice, TraceRun, Verdict
from dauchan.units import audit
from dauchan.units.errors import RoleMissing
from dauchan.units.models import Role

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.people.models import Person
    from dauchan.tracing.models import Disease, DoctrineRule
    from dauchan.units.models import Officer, Unit

CASE_CODE_LOCK = 7254
ROWS_A_BATCH = 2000


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
    #: Of somebody who has never scanned: with a name, an unknown number is no refusal.
    full_name: str = ""


@dataclass(frozen=True)
class Preview:
    """What would follow from a report: whose number it is (None: nobody's yet), and the infectious period with its rule."""

    person: Person | None
    rule: DoctrineRule
    begins: dt.datetime
    ends: dt.datetime


def preview_case(report: CaseReport, officer: Officer) -> Preview:
    """Look up whom the report is about, before it is kept. The look is logged: it tells whether a number is known.

    Raises: RoleMissing, NobodyWithThisPhone, NoRuleInForce, PeriodEmpty.
    """
    try:
        preview = _follows_from(report, officer)
    except NobodyWithThisPhone:
        audit.record(officer, "case.previewed", "person:none", detail={"disease": report.disease.code})
        raise
    subject = f"person:{preview.person.pk if preview.person else 'none'}"
    audit.record(officer, "case.previewed", subject, detail={"disease": report.disease.code})
    return preview


def _follows_from(report: CaseReport, officer: Officer) -> Preview:
    if not officer.may_act_as(Role.TRACER, report.unit):
        raise RoleMissing
    person = person_with_phone(report.phone)
    if person is None and not report.full_name:
        raise NobodyWithThisPhone
    rule = rule_in_force(report.disease, report.sampled_on)
    return Preview(person, rule, *infectious_period(rule, report.onset_on, report.sampled_on, report.isolated_at))


@transaction.atomic
def register_case(report: CaseReport, officer: Officer) -> Case:
    """Register a confirmed case; its infectious period follows from the rule in force on the day of the sample.

    Raises: RoleMissing, NobodyWithThisPhone, NoRuleInForce, PeriodEmpty.
    """
    follows = _follows_from(report, officer)
    case = Case.objects.create(
        code=_next_case_code(timezone.localdate().year),
        person=follows.person or person_told_of(report.phone, report.full_name),
        disease=report.disease,
        unit=report.unit,
        onset_on=report.onset_on,
        sampled_on=report.sampled_on,
        isolated_at=report.isolated_at,
        rule=follows.rule,
        infectious_from=follows.begins,
        infectious_to=follows.ends,
        registered_by=officer,
        note=report.note,
    )
    audit.record(
        officer, "case.registered", f"case:{case.pk}", detail={"code": case.code, "rule": follows.rule.instrument}
    )
    return case


def _next_case_code(year: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CASE_CODE_LOCK])
    prefix = f"F0-{year}-"
    last = Case.objects.filter(code__startswith=prefix).order_by("-code").values_list("code", flat=True).first()
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:05d}"


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
        detail={"run": run.pk, "contacts": len(found.contacts), "notices": len(found.notices)},
    )
    return run


def _keep_found(run: TraceRun, found: engine.Found) -> None:
    known = _verdicts_before(run)
    contacts = (
        Contact(
            run=run, number=number, verdict=known.get((row["person_id"], row["source_id"]), Verdict.TO_VERIFY), **row
        )
        for number, row in enumerate(found.contacts, start=1)
    )
    Contact.objects.bulk_create(contacts, batch_size=ROWS_A_BATCH)
    CrowdNotice.objects.bulk_create((CrowdNotice(run=run, **row) for row in found.notices), batch_size=ROWS_A_BATCH)


def _verdicts_before(run: TraceRun) -> dict[tuple[int, int], str]:
    """What the team found out on the case's run before this one, by contact and source: nobody is asked twice."""
    before = TraceRun.objects.filter(case=run.case_id).exclude(pk=run.pk).first()
    judged = Contact.objects.filter(run=before).exclude(verdict=Verdict.TO_VERIFY)
    return {
        (person, source): verdict for person, source, verdict in judged.values_list("person_id", "source_id", "verdict")
    }
