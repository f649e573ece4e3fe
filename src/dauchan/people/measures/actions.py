"""Recording measures, withdrawing one that was recorded by mistake, forgetting names. The audit log tells numbers, never names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from dauchan.people.measures.errors import AlreadyWithdrawn, NobodyChosen
from dauchan.people.measures.models import NAMES_KEPT, Measure, MeasuredMember
from dauchan.units import audit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from dauchan.people.roster.models import Agency, Member
    from dauchan.units.models import Officer


@transaction.atomic
def record_measure(
    agency: Agency,
    members: Sequence[Member],
    kind: str,
    taken_on: dt.date,
    words: str,
    officer: Officer,
    group: str = "",
) -> Measure:
    """Raises: NobodyChosen."""
    if not members:
        raise NobodyChosen
    facts = {"kind": kind, "taken_on": taken_on, "words": words, "group": group, "people": len(members)}
    measure = Measure.objects.create(agency=agency, recorded_by=officer, **facts)
    MeasuredMember.objects.bulk_create(
        MeasuredMember(
            measure=measure,
            member_id=member.pk,
            full_name=member.full_name,
            employee_number=member.employee_number,
            kept_until=taken_on + NAMES_KEPT,
        )
        for member in members
    )
    detail = {"measure": measure.pk, "kind": kind, "members": [member.pk for member in members]}
    audit.record(officer, "staff.measure_taken", f"agency:{agency.pk}", detail=detail)
    return measure


@transaction.atomic
def withdraw_measure(measure: Measure, words: str, officer: Officer) -> Measure:
    """The measure was recorded by mistake: both rows stay, neither counts. Raises: AlreadyWithdrawn."""
    if measure.withdraws_id is not None:
        raise AlreadyWithdrawn
    facts = {"kind": measure.kind, "taken_on": timezone.localdate(), "words": words, "people": measure.people}
    try:
        with transaction.atomic():
            withdrawal = Measure.objects.create(
                agency_id=measure.agency_id, recorded_by=officer, withdraws=measure, **facts
            )
    except IntegrityError as known:
        raise AlreadyWithdrawn from known
    detail = {"measure": measure.pk, "by": withdrawal.pk}
    audit.record(officer, "staff.measure_withdrawn", f"agency:{measure.agency_id}", detail=detail)
    return withdrawal


def forget_names(now: dt.datetime) -> int:
    """Remove the names whose time is over. Returns: how many."""
    found, _by_model = MeasuredMember.objects.filter(kept_until__lt=timezone.localdate(now)).delete()
    return found
