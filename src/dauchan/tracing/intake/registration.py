"""A report becomes a case: who it is about, the period that follows, what is kept; one, many, or a contact who fell ill."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from dauchan.people.models import Person
from dauchan.tracing.access import require_tracer
from dauchan.tracing.errors import (
    AlreadyACase,
    ContactForgotten,
    NobodyWithThisPhone,
    NoNameGiven,
    NotAmongThem,
    NotPositive,
    TracingRefused,
    WhoIsIt,
)
from dauchan.tracing.infectious import infectious_period, rule_in_force
from dauchan.tracing.intake.keeping import keep_cases
from dauchan.tracing.intake.matching import people_alike
from dauchan.tracing.intake.models import LabOutcome
from dauchan.tracing.intake.reports import Alike, Preview
from dauchan.tracing.interviews.contact_work import interviews_for
from dauchan.tracing.interviews.models import TestResult
from dauchan.tracing.models import Case, CaseStatus
from dauchan.units import audit
from dauchan.units.errors import RoleMissing
from dauchan.units.models import Role
from dauchan.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.tracing.intake.models import CaseImport
    from dauchan.tracing.intake.reports import CaseReport
    from dauchan.tracing.models import Contact
    from dauchan.units.models import Officer


REGISTRATION_LOCK = 7254


def preview_case(report: CaseReport, officer: Officer) -> Preview:
    """Look up whom the report is about, before it is kept. The look is logged: it tells whether a number is known.

    Raises: RoleMissing, NobodyWithThisPhone, NoNameGiven, NotAmongThem, NotPositive, NoRuleInForce, PeriodEmpty.
    """
    alike = _alike_to(report, officer)
    subject = f"person:{alike[0].person.pk if alike else 'none'}"
    audit.record(officer, "case.previewed", subject, detail={"disease": report.disease.code, "alike": len(alike)})
    return follows_from(report, alike)


def _alike_to(report: CaseReport, officer: Officer) -> tuple[Alike, ...]:
    if not officer.may_act_as(Role.TRACER, report.unit):
        raise RoleMissing
    return people_alike([report], officer)[0]


def follows_from(report: CaseReport, alike: tuple[Alike, ...]) -> Preview:
    """What would follow, given who it may be about.

    Raises: NobodyWithThisPhone, NoNameGiven, NotAmongThem, NotPositive, NoRuleInForce, PeriodEmpty.
    """
    if report.lab and report.lab.result != LabOutcome.POSITIVE:
        raise NotPositive
    person, must_choose = _who_it_is(report, alike)
    rule = rule_in_force(report.disease, report.sampled_on)
    begins, ends = infectious_period(rule, report.onset_on, report.sampled_on, report.isolated_at)
    return Preview(person, rule, begins, ends, alike, must_choose)


def _who_it_is(report: CaseReport, alike: tuple[Alike, ...]) -> tuple[Person | None, bool]:
    """The person the report is about, None for somebody new; and whether only the officer can tell."""
    if report.is_another or not alike:
        if not report.full_name:
            raise NoNameGiven if report.is_another or not report.phone else NobodyWithThisPhone
        return None, False
    if report.same_as is not None:
        chosen = next((one.person for one in alike if one.person.pk == report.same_as), None)
        if chosen is None:
            raise NotAmongThem
        return chosen, False
    likeliest = alike[0]
    if not likeliest.is_sure:
        return None, True
    return likeliest.person, len(alike) > 1 or _is_called_otherwise(report, likeliest)


def _is_called_otherwise(report: CaseReport, alike: Alike) -> bool:
    """The number or the document is of somebody with another name: a family's phone, a borrowed card, a mistake."""
    known = alike.identity.full_name if alike.identity else ""
    return bool(report.full_name and known) and fold(report.full_name) != fold(known)


@transaction.atomic
def register_case(report: CaseReport, officer: Officer) -> Case:
    """Register a confirmed case; its infectious period follows from the rule in force on the day of the sample.

    Raises: RoleMissing, WhoIsIt, and as `follows_from`.
    """
    _one_registration_at_a_time()
    follows = follows_from(report, _alike_to(report, officer))
    if follows.must_choose:
        raise WhoIsIt
    return keep_cases([(report, follows)], officer)[0]


@transaction.atomic
def register_cases(
    reports: Sequence[CaseReport], officer: Officer, intake: CaseImport
) -> tuple[list[Case], dict[int, TracingRefused]]:
    """Register the reports of a list in one step.

    Returns: the cases, and by place in *reports* those that could not be kept and why.
    """
    _one_registration_at_a_time()
    if any(not officer.may_act_as(Role.TRACER, unit) for unit in {report.unit for report in reports}):
        raise RoleMissing
    good, refused = [], {}
    for at, (report, alike) in enumerate(zip(reports, people_alike(reports, officer), strict=True)):
        try:
            follows = follows_from(report, alike)
            if follows.must_choose:
                raise WhoIsIt
        except TracingRefused as refusal:
            refused[at] = refusal
        else:
            good.append((report, follows))
    return keep_cases(good, officer, intake=intake), refused


@transaction.atomic
def case_from_contact(contact: Contact, report: CaseReport, officer: Officer) -> Case:
    """A contact fell ill: register them as a case, whose chain leads back through the contact to the case before.

    The report needs neither number nor name: who it is about is known. The contact's test counts as positive.

    Raises: RoleMissing, ContactForgotten, AlreadyACase, NotPositive, NoRuleInForce, PeriodEmpty.
    """
    _one_registration_at_a_time()
    require_tracer(officer, contact.run.case)
    if not officer.may_act_as(Role.TRACER, report.unit):
        raise RoleMissing
    person = Person.objects.select_related("identity").filter(pk=contact.person_id).first()
    if person is None:
        raise ContactForgotten
    before = Case.objects.filter(person=person, disease=report.disease, status=CaseStatus.CONFIRMED)
    if before.filter(source_contact__run__case=contact.run.case_id).exists():
        raise AlreadyACase
    follows = follows_from(
        dataclasses.replace(report, same_as=person.pk), (Alike(person, getattr(person, "identity", None)),)
    )
    case = keep_cases([(report, follows)], officer, source_contact=contact)[0]
    _note_positive(contact, report)
    detail = {"run": contact.run_id, "number": contact.number, "case": case.code}
    audit.record(officer, "contact.became_case", f"case:{contact.run.case_id}", detail=detail)
    return case


def _note_positive(contact: Contact, report: CaseReport) -> None:
    interview = interviews_for(contact.run, [contact.number])[0]
    interview.result = TestResult.POSITIVE
    interview.tested_at = interview.tested_at or (report.lab and report.lab.resulted_at) or timezone.now()
    interview.save(update_fields=["result", "tested_at"])


def _one_registration_at_a_time() -> None:
    """Whom a report is about must still be true when it is kept: two officers may have the same case before them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REGISTRATION_LOCK])
