"""Opening personal details: a purpose, a second person, one shift, and a line in the log for every look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from dauchan.tracing.access import require_tracer
from dauchan.tracing.errors import AlreadyAsked, AlreadyDecided, SecondPersonNeeded
from dauchan.tracing.models import Disclosure
from dauchan.units import audit
from dauchan.units.errors import RoleMissing
from dauchan.units.models import Role

if TYPE_CHECKING:
    from dauchan.tracing.models import TraceRun
    from dauchan.units.models import Officer


@transaction.atomic
def request_disclosure(run: TraceRun, officer: Officer, purpose: str) -> Disclosure:
    """Ask a second person to open the personal details of this run's people. Raises: RoleMissing, AlreadyAsked."""
    require_tracer(officer, run.case)
    if run.disclosures.filter(requested_by=officer, approved=None).exists():
        raise AlreadyAsked
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
    disclosure.decide(officer, approve=approve, note=note)
    audit.record(
        officer,
        "disclosure.approved" if approve else "disclosure.declined",
        f"case:{case.pk}",
        purpose=disclosure.purpose,
        detail={"run": disclosure.run_id, "requested_by": disclosure.requested_by_id, "note": note},
    )
    return disclosure


def record_details_seen(disclosure: Disclosure, officer: Officer, how: str) -> None:
    """Log that names and phones were shown (`how`: page, contact, csv, xlsx), each time."""
    run = disclosure.run
    audit.record(
        officer,
        "disclosure.seen",
        f"case:{run.case_id}",
        purpose=disclosure.purpose,
        detail={"run": run.pk, "how": how},
    )
