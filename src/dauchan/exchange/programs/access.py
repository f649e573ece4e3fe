"""The only ways of an officer to a program, its tokens, its webhooks and what was sent to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db.models import Count, Max, Q
from django.utils import timezone

from dauchan.exchange.programs.models import Delivery, Program, Token, Webhook
from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import in_area, require_role
from dauchan.units.models import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer

Row = TypeVar("Row")

#: Who lets others in, for the area they watch.
CONNECTS = (Role.MONITOR,)
#: Who consents to others reading of cases.
CONSENTS = (Role.APPROVER,)
#: Whoever runs the installation can shut a door that stands open, but not open one.
REVOKES = (*CONNECTS, Role.OPERATOR)
SEES_PROGRAMS = (*REVOKES, *CONSENTS, Role.LEADER)


def access_programs(officer: Officer, *roles: str) -> QuerySet[Program]:
    """Those of the area, with how many tokens count and when one was last used. Raises: RoleMissing."""
    wanted = roles or SEES_PROGRAMS
    require_role(officer, *wanted)
    counts = Q(tokens__revoked_at=None, tokens__expires_at__gt=timezone.now())
    return (
        Program.objects.filter(in_area(officer.units_as(*wanted)))
        .select_related("unit", "made_by", "approved_by")
        .annotate(open_tokens=Count("tokens", counts), last_used_at=Max("tokens__last_used_at"))
        .order_by("name", "pk")
    )


def access_program(officer: Officer, program_id: int, *roles: str) -> Program:
    """Raises: RoleMissing, NoSuchThing."""
    return _found(access_programs(officer, *roles).filter(pk=program_id).first())


def access_token(officer: Officer, token_id: int, *roles: str) -> Token:
    """Raises: RoleMissing, NoSuchThing."""
    tokens = Token.objects.filter(program__in=_own(officer, *roles)).select_related("program")
    return _found(tokens.filter(pk=token_id).first())


def access_webhook(officer: Officer, webhook_id: int, *roles: str) -> Webhook:
    """Raises: RoleMissing, NoSuchThing."""
    webhooks = Webhook.objects.filter(program__in=_own(officer, *roles)).select_related("program__unit", "paused_by")
    return _found(webhooks.filter(pk=webhook_id).first())


def access_delivery(officer: Officer, delivery_id: int, *roles: str) -> Delivery:
    """Raises: RoleMissing, NoSuchThing."""
    deliveries = Delivery.objects.filter(webhook__program__in=_own(officer, *roles))
    return _found(deliveries.select_related("webhook__program", "event").filter(pk=delivery_id).first())


def _own(officer: Officer, *roles: str) -> QuerySet[Program]:
    wanted = roles or SEES_PROGRAMS
    require_role(officer, *wanted)
    return Program.objects.filter(in_area(officer.units_as(*wanted)))


def _found(row: Row | None) -> Row:
    if row is None:
        raise NoSuchThing
    return row
