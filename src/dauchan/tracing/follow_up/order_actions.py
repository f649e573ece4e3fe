"""An order from its draft to its end: drafted by a tracer, signed by a second person, delivered, revoked, released."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from dauchan.people.models import Identity
from dauchan.tracing.access import require_tracer
from dauchan.tracing.errors import CaseWithdrawn
from dauchan.tracing.follow_up.alerts import watch_orders
from dauchan.tracing.follow_up.errors import (
    BasisNotInForce,
    NoLegalBasis,
    NotInForce,
    NotWaiting,
    OrderExists,
    OwnDraft,
    PersonForgotten,
)
from dauchan.tracing.follow_up.exposures import exposure_of
from dauchan.tracing.follow_up.order_models import LIVE, Order, OrderKind, OrderStatus
from dauchan.tracing.follow_up.order_refusals import cannot_have_orders
from dauchan.tracing.models import CaseStatus
from dauchan.units import audit
from dauchan.units.errors import RoleMissing
from dauchan.units.models import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.tracing.follow_up.models import FollowUp
    from dauchan.tracing.follow_up.reference_models import AppealRoute, LegalBasis
    from dauchan.units.models import Officer

NUMBER_LOCK = 7255


@dataclass(frozen=True)
class Draft:
    """What a tracer decides about an order before a second person signs it."""

    place: str
    purpose: str
    bases: Sequence[LegalBasis]
    appeal_route: AppealRoute
    signing_as: str
    where: str = ""
    #: None: as the schedule has it.
    until_on: dt.date | None = field(default=None)


@transaction.atomic
def draft_order(follow_up: FollowUp, draft: Draft, officer: Officer) -> Order:
    """An order of isolation that waits for its signature. The exposure is the contact's; nobody types one.

    Raises: RoleMissing, CaseWithdrawn, NothingToIsolate, ContactNotConfirmed, NoExposure, NoLegalBasis, BasisNotInForce,
    OrderExists.
    """
    require_tracer(officer, follow_up.case)
    for refusal in cannot_have_orders([follow_up]).values():
        raise refusal
    _require_bases(draft, OrderKind.ISOLATION)
    exposure = exposure_of(follow_up.contact)
    return _keep(
        Order(
            kind=OrderKind.ISOLATION,
            follow_up=follow_up,
            contact=follow_up.contact,
            unit=follow_up.case.unit,
            begins_on=timezone.localdate(),
            until_on=draft.until_on or follow_up.quarantine_until_on,
            **vars(exposure),
        ),
        draft,
        officer,
    )


@transaction.atomic
def draft_release(order: Order, draft: Draft, officer: Officer) -> Order:
    """The order that ends an isolation. Raises: RoleMissing, NotInForce, NoLegalBasis, BasisNotInForce, OrderExists."""
    _require_role(officer, Role.TRACER, order)
    order = _locked(order)
    if order.kind != OrderKind.ISOLATION or order.status != OrderStatus.SIGNED:
        raise NotInForce
    if order.released_by.filter(status__in=LIVE).exists():
        raise OrderExists
    _require_bases(draft, OrderKind.RELEASE)
    today = timezone.localdate()
    release = Order(
        kind=OrderKind.RELEASE,
        releases=order,
        follow_up=order.follow_up,
        contact=order.contact,
        unit=order.unit,
        begins_on=today,
        until_on=max(order.until_on, today + dt.timedelta(days=1)),
    )
    return _keep(release, draft, officer)


def _keep(order: Order, draft: Draft, officer: Officer) -> Order:
    order.place, order.purpose, order.signing_as, order.where = (
        draft.place,
        draft.purpose,
        draft.signing_as,
        draft.where,
    )
    order.appeal_route, order.drafted_by, order.drafted_at = draft.appeal_route, officer, timezone.now()
    order.save()
    order.bases.set(draft.bases)
    _log(order, officer, "order.drafted")
    watch_orders(order, "drafted")
    return order


def _require_bases(draft: Draft, kind: str) -> None:
    today = timezone.localdate()
    if not draft.bases:
        raise NoLegalBasis
    for text in (*draft.bases, draft.appeal_route):
        if text.valid_from > today or (text.valid_to and text.valid_to <= today):
            raise BasisNotInForce
    if any(kind not in basis.kinds.split() for basis in draft.bases):
        raise BasisNotInForce


@transaction.atomic
def sign_order(order: Order, officer: Officer) -> Order:
    """The second person signs: the order gets its number, and keeps whom it is about.

    Raises: RoleMissing, OwnDraft, NotWaiting, NoLegalBasis, CaseWithdrawn, PersonForgotten.
    """
    _require_role(officer, Role.APPROVER, order)
    order = _locked(order)
    if order.drafted_by_id == officer.pk:
        raise OwnDraft
    if order.status != OrderStatus.DRAFT:
        raise NotWaiting
    if not order.bases.exists():
        raise NoLegalBasis
    if order.contact and order.contact.run.case.status == CaseStatus.WITHDRAWN and order.kind == OrderKind.ISOLATION:
        raise CaseWithdrawn
    order.holder = json.dumps(_holder(order), ensure_ascii=False)
    order.signed_by, order.signed_at, order.status = officer, timezone.now(), OrderStatus.SIGNED
    order.year = timezone.localdate().year
    order.number = _next_number(order)
    order.save()
    if order.releases_id:
        Order.objects.filter(pk=order.releases_id, status=OrderStatus.SIGNED).update(status=OrderStatus.RELEASED)
    _log(order, officer, "order.signed", number=order.number)
    watch_orders(order, "signed")
    return order


def holder_of(order: Order) -> dict[str, str]:
    """Name, year of birth and address: as they were signed, or of a draft as they are known now. The look is the caller's to log."""
    kept: dict[str, str] = json.loads(order.holder) if order.holder else {}
    return kept or ({} if order.person_gone or order.signed_by_id else _holder(order))


def _holder(order: Order) -> dict[str, str]:
    if order.releases and order.releases.holder:
        former: dict[str, str] = json.loads(order.releases.holder)
        return former
    identity = Identity.objects.filter(person=order.contact.person_id).first() if order.contact else None
    if identity is None or not identity.full_name:
        raise PersonForgotten
    return {
        "name": identity.full_name,
        "birth_year": identity.birth_year or "",
        "address": identity.address or "",
        "phone": identity.phone,
    }


def _next_number(order: Order) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBER_LOCK])
    same = Order.objects.filter(unit=order.unit_id, signing_as=order.signing_as, year=order.year)
    return (same.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def return_order(order: Order, officer: Officer, note: str) -> Order:
    """Not signed, with the reason. Raises: RoleMissing, OwnDraft, NotWaiting."""
    _require_role(officer, Role.APPROVER, order)
    order = _locked(order)
    if order.status != OrderStatus.DRAFT:
        raise NotWaiting
    if order.drafted_by_id == officer.pk:
        raise OwnDraft
    order.status, order.returned_note = OrderStatus.RETURNED, note
    order.save(update_fields=["status", "returned_note"])
    _log(order, officer, "order.returned")
    return order


@transaction.atomic
def deliver_order(order: Order, officer: Officer) -> Order:
    """The person was told and has the order. Raises: RoleMissing, NotInForce."""
    _require_role(officer, Role.TRACER, order)
    order = _locked(order)
    if order.status != OrderStatus.SIGNED or order.delivered_at:
        raise NotInForce
    order.delivered_at, order.delivered_by = timezone.now(), officer
    order.save(update_fields=["delivered_at", "delivered_by"])
    _log(order, officer, "order.delivered")
    return order


@transaction.atomic
def revoke_order(order: Order, officer: Officer, note: str) -> Order:
    """The order should not have been, or not any more. Raises: RoleMissing, NotInForce."""
    _require_role(officer, Role.APPROVER, order)
    order = _locked(order)
    if order.status != OrderStatus.SIGNED:
        raise NotInForce
    order.status, order.revoked_at, order.revoked_by, order.revoked_note = (
        OrderStatus.REVOKED,
        timezone.now(),
        officer,
        note,
    )
    order.save(update_fields=["status", "revoked_at", "revoked_by", "revoked_note"])
    if order.releases_id:  # what a revoked release had ended is in force again
        Order.objects.filter(pk=order.releases_id, status=OrderStatus.RELEASED).update(status=OrderStatus.SIGNED)
    _log(order, officer, "order.revoked")
    return order


def record_holder_seen(order: Order, officer: Officer, how: str) -> None:
    """Log that the person of an order was shown (`how`: page, pdf), each time, with the order's purpose."""
    _log(order, officer, "order.holder_seen", how=how)


def require_signer(officer: Officer, order: Order) -> None:
    """Whoever could sign this order may see whom it is about before. Raises: RoleMissing, OwnDraft."""
    _require_role(officer, Role.APPROVER, order)
    if order.drafted_by_id == officer.pk:
        raise OwnDraft


def _require_role(officer: Officer, role: str, order: Order) -> None:
    if not officer.may_act_as(role, order.unit):
        raise RoleMissing


def _locked(order: Order) -> Order:
    rows = Order.objects.select_for_update(of=("self",)).select_related("unit", "contact__run__case", "releases")
    return rows.get(pk=order.pk)


def _log(order: Order, officer: Officer, action: str, **detail: object) -> None:
    subject = f"case:{order.contact.run.case_id}" if order.contact else f"order:{order.pk}"
    number = order.contact.number if order.contact else None
    detail = {"order": order.pk, "kind": order.kind, "contact": number, **detail}
    audit.record(officer, action, subject, purpose=order.purpose, detail=detail)
