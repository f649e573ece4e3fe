"""Appeals against orders: recorded, answered, and where they are right the order ends with the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.tracing.follow_up.errors import AppealAnswered, NotInForce
from dauchan.tracing.follow_up.models import Appeal, Order
from dauchan.tracing.follow_up.order_actions import revoke_order
from dauchan.tracing.follow_up.order_models import OrderStatus
from dauchan.units import audit
from dauchan.units.errors import RoleMissing
from dauchan.units.models import Role

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.units.models import Officer


@transaction.atomic
def record_appeal(order: Order, officer: Officer, received_on: dt.date, words: str) -> Appeal:
    """Raises: RoleMissing, NotInForce for what was never signed."""
    if not (officer.may_act_as(Role.TRACER, order.unit) or officer.may_act_as(Role.APPROVER, order.unit)):
        raise RoleMissing
    if order.signed_by_id is None:
        raise NotInForce
    appeal = Appeal.objects.create(order=order, received_on=received_on, words=words, recorded_by=officer)
    audit.record(officer, "order.appealed", f"order:{order.pk}", detail={"appeal": appeal.pk})
    return appeal


@transaction.atomic
def answer_appeal(appeal: Appeal, officer: Officer, answer: str, *, is_upheld: bool) -> Appeal:
    """Where the appeal is right (*is_upheld*) the order is revoked. Raises: RoleMissing, AppealAnswered."""
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("order__unit").get(pk=appeal.pk)
    if not officer.may_act_as(Role.APPROVER, appeal.order.unit):
        raise RoleMissing
    if appeal.answered_at:
        raise AppealAnswered
    appeal.answer, appeal.is_upheld, appeal.answered_by, appeal.answered_at = answer, is_upheld, officer, timezone.now()
    appeal.save()
    audit.record(
        officer, "order.appeal_answered", f"order:{appeal.order_id}", detail={"appeal": appeal.pk, "upheld": is_upheld}
    )
    if is_upheld and appeal.order.status == OrderStatus.SIGNED:
        revoke_order(appeal.order, officer, answer)
    return appeal
