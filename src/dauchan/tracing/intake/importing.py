"""A list of cases is checked beside what is known, kept in one step, and can be taken back in one step."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.tracing.errors import TracingRefused
from dauchan.tracing.intake.errors import NothingToKeep, WithdrawnBefore
from dauchan.tracing.intake.matching import people_alike
from dauchan.tracing.intake.models import CaseImport
from dauchan.tracing.intake.registration import follows_from, register_cases
from dauchan.tracing.models import Case, CaseStatus
from dauchan.units import audit
from dauchan.units.errors import NoSuchThing, RoleMissing
from dauchan.units.jurisdiction import in_area, require_role
from dauchan.units.models import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from dauchan.tracing.intake.case_list import ListRow
    from dauchan.tracing.intake.reports import Alike, CaseReport
    from dauchan.units.models import Officer, Unit

#: What an officer may say of a row that is like somebody known, beside the number of a person.
SKIP, ANOTHER = "skip", "another"


@dataclass(frozen=True)
class CheckedRow:
    """A row that can be kept.

    Attributes:
        row: as it was read.
        alike: who it may be about.
        known: the case that somebody alike already has of this disease.
        asks: only the officer can tell whether it is kept, and as whom.
    """

    row: ListRow
    report: CaseReport
    alike: tuple[Alike, ...] = ()
    known: Case | None = None
    asks: bool = False


def check_rows(rows: Sequence[ListRow], officer: Officer) -> list[CheckedRow]:
    """The rows that can be kept; what speaks against the others is added to their faults. Nothing is kept.

    The look is logged: it tells whether numbers are known. Raises: RoleMissing.
    """
    require_role(officer, Role.TRACER)
    good = [(row, row.report) for row in rows if row.report and not row.twin]
    checked = []
    for (row, report), alike in zip(good, people_alike([report for _row, report in good], officer), strict=True):
        try:
            follows = follows_from(report, alike)
        except TracingRefused as refused:
            row.faults.append(str(refused.message))
            continue
        known = _known_case(report, alike)
        checked.append(CheckedRow(row, report, alike, known, follows.must_choose or known is not None))
    audit.record(officer, "cases.list_checked", "case:list", detail={"rows": len(rows), "good": len(checked)})
    return checked


def _known_case(report: CaseReport, alike: Iterable[Alike]) -> Case | None:
    cases = (case for one in alike for case in one.cases)
    return next((c for c in cases if c.disease_id == report.disease.pk and c.status == CaseStatus.CONFIRMED), None)


@transaction.atomic
def keep_list(
    checked: Sequence[CheckedRow], decisions: Mapping[int, str], officer: Officer, unit: Unit, digest: str
) -> tuple[CaseImport, dict[str, str]]:
    """Register the good rows, and of the others those the officer decided on, all or none of them.

    Args:
        checked: as of `check_rows`.
        decisions: by number of the row: SKIP, ANOTHER or the number of a person; rows that ask and have none are left out.
        officer: who imports.
        unit: the area the import belongs to.
        digest: of the list, by which it is known when it comes again.

    Returns: the import, and by place of the row why it was refused after all.
    Raises: RoleMissing, NothingToKeep.
    """
    kept = [(one, report) for one in checked if (report := _decided(one, decisions.get(one.row.number, SKIP)))]
    if not kept:
        raise NothingToKeep
    intake = CaseImport.objects.create(officer=officer, unit=unit, rows=len(checked), kept=0, digest=digest)
    cases, refused = register_cases([report for _one, report in kept], officer, intake)
    if not cases:
        raise NothingToKeep
    intake.kept = len(cases)
    intake.save(update_fields=["kept"])
    audit.record(officer, "cases.imported", f"import:{intake.pk}", detail={"cases": len(cases), "sha256": digest})
    return intake, {kept[at][0].row.place: str(refusal.message) for at, refusal in refused.items()}


def _decided(checked: CheckedRow, decision: str) -> CaseReport | None:
    """The report as it is to be kept, None where it is not."""
    if not checked.asks:
        return checked.report
    if decision == ANOTHER:
        return dataclasses.replace(checked.report, is_another=True)
    people = {str(one.person.pk): one.person.pk for one in checked.alike}
    return dataclasses.replace(checked.report, same_as=people[decision]) if decision in people else None


@transaction.atomic
def withdraw_import(intake: CaseImport, officer: Officer, reason: str) -> int:
    """Take a whole import back: its cases are withdrawn, as one by one. Returns: how many were.

    Raises: RoleMissing, WithdrawnBefore.
    """
    from dauchan.tracing.actions import withdraw_case

    if not officer.may_act_as(Role.TRACER, intake.unit):
        raise RoleMissing
    cases = list(Case.objects.filter(intake=intake, status=CaseStatus.CONFIRMED).select_related("unit"))
    if not cases:
        raise WithdrawnBefore
    for case in cases:
        withdraw_case(case, officer, reason)
    intake.withdrawn_at = timezone.now()
    intake.save(update_fields=["withdrawn_at"])
    audit.record(officer, "cases.import_withdrawn", f"import:{intake.pk}", purpose=reason, detail={"cases": len(cases)})
    return len(cases)


def access_imports(officer: Officer) -> QuerySet[CaseImport]:
    """Imports of the area where *officer* traces, the latest first. Raises: RoleMissing."""
    require_role(officer, Role.TRACER)
    return CaseImport.objects.filter(in_area(officer.units_as(Role.TRACER))).select_related("officer", "unit")


def access_import(officer: Officer, import_id: int) -> CaseImport:
    """Raises: RoleMissing, NoSuchThing."""
    intake = access_imports(officer).filter(pk=import_id).first()
    if intake is None:
        raise NoSuchThing
    return intake
