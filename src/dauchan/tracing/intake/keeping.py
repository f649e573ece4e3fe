"""Writing cases down, one or a thousand, with the same handful of statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.people.models import Identity
from dauchan.people.told import note_documents, people_told_of
from dauchan.tracing.intake.matching import remembered_names
from dauchan.tracing.intake.models import CaseName, LabResult
from dauchan.tracing.models import Case
from dauchan.units import audit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dauchan.people.models import Person
    from dauchan.people.told import ToldOf
    from dauchan.tracing.intake.models import CaseImport
    from dauchan.tracing.intake.reports import CaseReport, Preview
    from dauchan.tracing.models import Contact
    from dauchan.units.models import Officer

Followed = tuple["CaseReport", "Preview"]


def keep_cases(
    followed: Sequence[Followed],
    officer: Officer,
    *,
    intake: CaseImport | None = None,
    source_contact: Contact | None = None,
) -> list[Case]:
    """The cases of *followed*, in their order. The caller holds the lock of registrations, so that codes stay in a row."""
    people = _people_of(followed)
    codes = _next_codes(timezone.localdate().year, len(followed))
    cases = Case.objects.bulk_create(
        [
            _case(report, follows, person, officer, code=code, intake=intake, source_contact=source_contact)
            for (report, follows), person, code in zip(followed, people, codes, strict=True)
        ],
        batch_size=500,
    )
    reports = [report for report, _follows in followed]
    _keep_results(cases, reports, officer)
    _remember_names(cases, reports)
    note_documents(
        (case.person, report.document.kind, report.document.subject)
        for case, report in zip(cases, reports, strict=True)
        if report.document
    )
    for case, (report, follows) in zip(cases, followed, strict=True):
        _log(case, report, follows, officer)
    return cases


def _people_of(followed: Sequence[Followed]) -> list[Person]:
    """Who each report is about; somebody new is written down. A number is theirs who is written down with it first."""
    told: list[ToldOf] = []
    taken: set[str] = set()
    for report, follows in followed:
        if follows.person is None:
            is_free = report.phone not in taken and not any(one.by_phone for one in follows.alike)
            told.append(report.told_of(owns_phone=is_free))
            taken.add(report.phone)
    new = iter(people_told_of(told))
    return [follows.person or next(new) for _report, follows in followed]


def _case(
    report: CaseReport,
    follows: Preview,
    person: Person,
    officer: Officer,
    *,
    code: str,
    intake: CaseImport | None,
    source_contact: Contact | None,
) -> Case:
    return Case(
        code=code,
        person=person,
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
        symptoms=list(report.symptoms),
        isolated_where=report.isolated_where,
        address=report.address,
        intake=intake,
        source_contact=source_contact,
    )


def _next_codes(year: int, count: int) -> Iterator[str]:
    prefix = f"F0-{year}-"
    last = Case.objects.filter(code__startswith=prefix).order_by("-code").values_list("code", flat=True).first()
    first = int(last.removeprefix(prefix)) + 1 if last else 1
    return (f"{prefix}{number:05d}" for number in range(first, first + count))


def _keep_results(cases: Sequence[Case], reports: Sequence[CaseReport], officer: Officer) -> None:
    LabResult.objects.bulk_create(
        LabResult(case=case, sampled_on=report.sampled_on, recorded_by=officer, **vars(report.lab))
        for case, report in zip(cases, reports, strict=True)
        if report.lab
    )


def _remember_names(cases: Sequence[Case], reports: Sequence[CaseReport]) -> None:
    """By the name that is kept of the person, else by the one the report gives."""
    identities = Identity.objects.in_bulk([case.person_id for case in cases])
    names: list[CaseName] = []
    for case, report in zip(cases, reports, strict=True):
        kept = identities.get(case.person_id)
        if kept and not kept.full_name and report.full_name:  # a number that was only said at a gate
            kept.full_name = report.full_name
            kept.save(update_fields=["full_name"])
        full_name = (kept.full_name if kept else "") or report.full_name
        year = int(kept.birth_year) if kept and kept.birth_year else report.birth_year
        names += remembered_names(case, full_name, year)
    CaseName.objects.bulk_create(names, batch_size=1000)


def _log(case: Case, report: CaseReport, follows: Preview, officer: Officer) -> None:
    detail: dict[str, object] = {"code": case.code, "rule": follows.rule.instrument}
    if report.is_another:
        # Beside whom the officer put the case, and said: somebody else.
        detail["not_same_as"] = [one.person.pk for one in follows.alike]
    elif report.same_as is not None:
        detail["same_as"] = report.same_as
    if case.intake_id:
        detail["intake"] = case.intake_id
    audit.record(officer, "case.registered", f"case:{case.pk}", detail=detail)
