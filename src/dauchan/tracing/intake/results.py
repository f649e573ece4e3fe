"""Further laboratory results of a case. The first confirmed it, and decides its period: it stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.tracing.access import require_tracer
from dauchan.tracing.errors import CaseWithdrawn, NothingToUndo, ResultKnown
from dauchan.tracing.intake.models import LabResult
from dauchan.tracing.models import Case, CaseStatus
from dauchan.units import audit

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.tracing.intake.reports import LabReport
    from dauchan.units.models import Officer


@transaction.atomic
def record_result(case: Case, officer: Officer, sampled_on: dt.date, lab: LabReport) -> LabResult:
    """Keep one more result of a case; the same one sent twice is refused. Raises: RoleMissing, CaseWithdrawn, ResultKnown."""
    case = _locked(case, officer)
    if case.status != CaseStatus.CONFIRMED:
        raise CaseWithdrawn
    same = case.lab_results.filter(taken_back_at=None, sampled_on=sampled_on, kind=lab.kind, result=lab.result)
    if same.filter(sampled_time=lab.sampled_time, laboratory=lab.laboratory).exists():
        raise ResultKnown
    kept = LabResult.objects.create(case=case, sampled_on=sampled_on, recorded_by=officer, **vars(lab))
    detail = {"result": kept.pk, "kind": kept.kind, "outcome": kept.result}
    audit.record(officer, "case.result_recorded", f"case:{case.pk}", detail=detail)
    return kept


@transaction.atomic
def take_back_result(case: Case, officer: Officer, result_id: int) -> LabResult:
    """A result that was written down by mistake: it stays to be read. Raises: RoleMissing, NothingToUndo."""
    case = _locked(case, officer)
    result = case.lab_results.filter(pk=result_id, taken_back_at=None).first()
    if result is None or result.pk == confirming_result_id(case):
        raise NothingToUndo
    result.taken_back_at, result.taken_back_by = timezone.now(), officer
    result.save(update_fields=["taken_back_at", "taken_back_by"])
    detail = {"result": result.pk, "kind": result.kind, "outcome": result.result}
    audit.record(officer, "case.result_taken_back", f"case:{case.pk}", detail=detail)
    return result


def confirming_result_id(case: Case) -> int | None:
    """The result with which the case was registered."""
    return case.lab_results.order_by("recorded_at", "pk").values_list("pk", flat=True).first()


def _locked(case: Case, officer: Officer) -> Case:
    require_tracer(officer, case)
    return Case.objects.select_for_update().get(pk=case.pk)
