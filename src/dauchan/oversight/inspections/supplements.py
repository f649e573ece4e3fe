"""What is done to a record after it was signed: it gets its number, and mistakes are put right beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from dauchan.oversight.inspections.errors import NothingPutRight, NumberGiven, NumberTaken
from dauchan.oversight.inspections.measuring import lift
from dauchan.oversight.inspections.models import InspectionFinding, Measure, RecordNumber, Supplement, Withdrawal
from dauchan.units import audit

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from dauchan.oversight.inspections.models import Inspection
    from dauchan.units.models import Officer


@transaction.atomic
def number_record(inspection: Inspection, officer: Officer, number: str) -> RecordNumber:
    """Raises: NumberGiven, NumberTaken."""
    if RecordNumber.objects.filter(inspection=inspection).exists():
        raise NumberGiven
    try:
        with transaction.atomic():
            given = RecordNumber.objects.create(
                inspection=inspection, unit=inspection.unit, number=number, given_by=officer
            )
    except IntegrityError as error:
        taken = RecordNumber.objects.filter(inspection=inspection).exists()
        raise (NumberGiven if taken else NumberTaken) from error
    audit.record(officer, "inspection.numbered", inspection.audit_name, detail={"number": number})
    return given


@transaction.atomic
def supplement(
    inspection: Inspection, officer: Officer, words: str, withdrawn: Collection[int], added: str, added_words: str
) -> Supplement:
    """Put a record right beside it: withdraw findings by their keys, add one, or only say what was wrong.

    A measure that rests on a withdrawn finding is not asked for any more. Raises: NothingPutRight.
    """
    if not words:
        raise NothingPutRight
    made = Supplement.objects.create(inspection=inspection, words=words, written_by=officer)
    for finding in findings_that_stand(inspection).filter(pk__in=withdrawn):
        Withdrawal.objects.create(finding=finding, supplement=made)
        for measure in Measure.objects.filter(finding=finding):
            lift(measure, officer, f"inspection:{inspection.pk}")
    if added:
        InspectionFinding.objects.create(inspection=inspection, supplement=made, finding=added, words=added_words)
    detail = {"supplement": made.pk, "withdrawn": sorted(withdrawn), "added": added}
    audit.record(officer, "inspection.supplemented", inspection.audit_name, detail=detail)
    return made


def findings_that_stand(inspection: Inspection) -> QuerySet[InspectionFinding]:
    """Those that no supplement withdrew."""
    return inspection.findings.filter(withdrawal=None)
