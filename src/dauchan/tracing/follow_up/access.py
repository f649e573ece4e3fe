"""The only ways to a follow-up, an order, an escalation, an alert, and to a contact's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db.models import Q

from dauchan.tracing.access import access_cases
from dauchan.tracing.follow_up.models import Appeal, Escalation, EscalationLevel, FollowUp, FollowUpTest, Order
from dauchan.tracing.follow_up.order_models import OrderAlert
from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import in_area, require_role
from dauchan.units.models import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.people.models import Person
    from dauchan.units.models import Officer

Row = TypeVar("Row")


def access_follow_ups(officer: Officer) -> QuerySet[FollowUp]:
    """Follow-ups of cases of the area where *officer* traces or approves. Raises: RoleMissing."""
    return FollowUp.objects.filter(case__in=access_cases(officer)).select_related(
        "case__disease", "case__unit", "contact__venue", "contact__run", "rule", "team"
    )


def access_follow_up(officer: Officer, follow_up_id: int) -> FollowUp:
    """Raises: RoleMissing, NoSuchThing."""
    return _found(access_follow_ups(officer).filter(pk=follow_up_id).first())


def access_test(officer: Officer, test_id: int) -> FollowUpTest:
    """Raises: RoleMissing, NoSuchThing."""
    tests = FollowUpTest.objects.filter(follow_up__in=access_follow_ups(officer)).select_related(
        "follow_up__case__unit"
    )
    return _found(tests.filter(pk=test_id).first())


def own_follow_ups(person: Person) -> QuerySet[FollowUp]:
    """What a signed-in person is asked for: by themselves only."""
    return FollowUp.objects.filter(person_id=person.pk, status="active").select_related("rule", "case")


def access_orders(officer: Officer) -> QuerySet[Order]:
    """Orders of the area where *officer* traces or approves. Raises: RoleMissing."""
    require_role(officer, Role.TRACER, Role.APPROVER)
    area = in_area(officer.units_as(Role.TRACER, Role.APPROVER))
    return Order.objects.filter(area).select_related(
        "unit", "contact__run__case", "exposure_venue__unit", "drafted_by", "signed_by", "appeal_route", "follow_up"
    )


def access_order(officer: Officer, order_id: int) -> Order:
    """Raises: RoleMissing, NoSuchThing."""
    return _found(access_orders(officer).filter(pk=order_id).first())


def access_appeal(officer: Officer, appeal_id: int) -> Appeal:
    """Raises: RoleMissing, NoSuchThing."""
    appeals = Appeal.objects.filter(order__in=access_orders(officer)).select_related("order__unit")
    return _found(appeals.filter(pk=appeal_id).first())


def access_escalations(officer: Officer) -> QuerySet[Escalation]:
    """Silence that was brought before this officer: of their unit's teams as its head, of their area as approver or tracer.

    Raises: RoleMissing.
    """
    require_role(officer, Role.HEAD, Role.TRACER, Role.APPROVER)
    as_head = in_area(officer.units_as(Role.HEAD), "follow_up__team") & Q(level=EscalationLevel.LEAD)
    as_approver = in_area(officer.units_as(Role.APPROVER), "follow_up__case__unit") & Q(level=EscalationLevel.APPROVER)
    as_tracer = in_area(officer.units_as(Role.TRACER), "follow_up__case__unit")
    rows = Escalation.objects.filter(as_head | as_approver | as_tracer)
    return rows.select_related("follow_up__case", "follow_up__contact", "follow_up__team", "settled_by")


def access_escalation(officer: Officer, escalation_id: int) -> Escalation:
    """Raises: RoleMissing, NoSuchThing."""
    return _found(access_escalations(officer).filter(pk=escalation_id).first())


def access_alerts(officer: Officer) -> QuerySet[OrderAlert]:
    """Alerts about many orders, for those who watch the tracing team and are no part of it. Raises: RoleMissing."""
    require_role(officer, Role.LEADER, Role.OPERATOR)
    area = in_area(officer.units_as(Role.LEADER, Role.OPERATOR))
    return OrderAlert.objects.filter(area).select_related("unit", "seen_by")


def access_alert(officer: Officer, alert_id: int) -> OrderAlert:
    """Raises: RoleMissing, NoSuchThing."""
    return _found(access_alerts(officer).filter(pk=alert_id).first())


def _found(row: Row | None) -> Row:
    if row is None:
        raise NoSuchThing
    return row
