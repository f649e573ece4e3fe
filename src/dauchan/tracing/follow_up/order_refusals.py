"""Who cannot have an order of isolation, whatever would be written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.tracing.errors import CaseWithdrawn
from dauchan.tracing.follow_up.errors import ContactNotConfirmed, NothingToIsolate, OrderExists
from dauchan.tracing.follow_up.order_models import LIVE, Order
from dauchan.tracing.follow_up.reference_models import Place
from dauchan.tracing.models import CaseStatus, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.tracing.errors import TracingRefused
    from dauchan.tracing.follow_up.models import FollowUp


def cannot_have_orders(follow_ups: Sequence[FollowUp]) -> dict[int, TracingRefused]:
    """Why, by the follow-up's key, for each who cannot. One query for all."""
    orders = Order.objects.filter(contact__person_id__in={one.person_id for one in follow_ups}, status__in=LIVE)
    have = set(orders.values_list("contact__person_id", "contact__run__case_id"))
    found = ((one.pk, _refusal(one, has_order=(one.person_id, one.case_id) in have)) for one in follow_ups)
    return {key: refusal for key, refusal in found if refusal}


def _refusal(follow_up: FollowUp, *, has_order: bool) -> TracingRefused | None:
    if follow_up.case.status == CaseStatus.WITHDRAWN:
        return CaseWithdrawn()
    if follow_up.place == Place.NONE:
        return NothingToIsolate()
    if follow_up.contact.verdict != Verdict.CONFIRMED:
        return ContactNotConfirmed()
    return OrderExists() if has_order else None
