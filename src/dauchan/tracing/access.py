"""The only ways to a case, to a trace of it and to the personal details behind one."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.utils import timezone

from dauchan.tracing.models import Case, Contact, Disclosure, TraceRun
from dauchan.units.errors import NoSuchThing, RoleMissing
from dauchan.units.jurisdiction import in_area, require_role
from dauchan.units.models import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from dauchan.units.models import Officer, Unit

Row = TypeVar("Row")


def access_cases(officer: Officer) -> QuerySet[Case]:
    """Cases of the area where *officer* traces or approves.

    Raises: RoleMissing.
    """
    require_role(officer, Role.TRACER, Role.APPROVER)
    area = in_area(officer.units_as(Role.TRACER, Role.APPROVER))
    return Case.objects.filter(area).select_related("disease", "unit", "rule")


def access_cases_in_figures(officer: Officer) -> QuerySet[Case]:
    """Cases of the area where *officer* traces, approves or leads: to be counted, never to be shown one by one.

    Raises: RoleMissing.
    """
    require_role(officer, Role.TRACER, Role.APPROVER, Role.LEADER)
    return Case.objects.filter(in_area(officer.units_as(Role.TRACER, Role.APPROVER, Role.LEADER)))


def sees_cases_of(officer: Officer, unit: Unit) -> bool:
    """Whether *officer* may look at single cases of the whole of *unit*; who only leads there sees its figures."""
    return officer.may_act_as(Role.TRACER, unit) or officer.may_act_as(Role.APPROVER, unit)


def access_case(officer: Officer, case_id: int) -> Case:
    """Raises: RoleMissing, NoSuchThing."""
    return _found(access_cases(officer).filter(pk=case_id).first())


def access_run(officer: Officer, run_id: int) -> TraceRun:
    """Raises: RoleMissing, NoSuchThing."""
    runs = TraceRun.objects.filter(case__in=access_cases(officer)).select_related("case__disease", "case__unit")
    return _found(runs.filter(pk=run_id).first())


def access_contact(officer: Officer, contact_id: int) -> Contact:
    """Raises: RoleMissing, NoSuchThing."""
    contacts = Contact.objects.filter(run__case__in=access_cases(officer)).select_related(
        "run__case__disease", "venue__unit", "interview__grade", "interview__assigned_to", "interview__team"
    )
    return _found(contacts.filter(pk=contact_id).first())


def access_disclosure(officer: Officer, disclosure_id: int) -> Disclosure:
    """A request for personal details in the officer's area, to be looked at or decided.

    Raises: RoleMissing, NoSuchThing.
    """
    disclosures = Disclosure.objects.filter(run__case__in=access_cases(officer)).select_related(
        "run__case__unit", "requested_by", "decided_by"
    )
    return _found(disclosures.filter(pk=disclosure_id).first())


def open_disclosure(officer: Officer, run: TraceRun) -> Disclosure | None:
    """The approved request under which *officer* may see the names of this run's people now, if there is one.

    It is theirs alone: a colleague states a purpose of their own.
    """
    own = run.disclosures.filter(requested_by=officer, approved=True).order_by("-expires_at").first()
    return own if own and own.is_open() else None


def lists_open_to(officer: Officer, runs: Iterable[int]) -> set[int]:
    """Those of *runs* whose names `open_disclosure` would open to *officer* now; one query."""
    own = Disclosure.objects.filter(run__in=list(runs), requested_by=officer, approved=True)
    return set(own.filter(expires_at__gt=timezone.now()).values_list("run", flat=True))


def require_tracer(officer: Officer, case: Case) -> None:
    """Raises: RoleMissing for somebody who may look at the case but not work on it."""
    if not officer.may_act_as(Role.TRACER, case.unit):
        raise RoleMissing


def _found(row: Row | None) -> Row:
    if row is None:
        raise NoSuchThing
    return row
