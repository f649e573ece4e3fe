"""Who sees the exchange and who steers it. It has no owner below the province: the information department's monitors run it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.exchange.national.agreement import Agreement, agreement_of, agreements
from dauchan.exchange.national.errors import AgreementRefused, NoSuchReceiver
from dauchan.exchange.national.queries import open_set_aside
from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import require_role
from dauchan.units.models import Role, UnitLevel

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.exchange.national.models import SetAside
    from dauchan.units.models import Officer

RUNS_EXCHANGE = (Role.MONITOR,)
SEES_EXCHANGE = (*RUNS_EXCHANGE, Role.OPERATOR, Role.LEADER)


def access_agreements(officer: Officer, *roles: str) -> list[Agreement]:
    """All of them, for officers of the whole province. Raises: RoleMissing, NoSuchThing, AgreementRefused."""
    require_role(officer, *(roles or SEES_EXCHANGE))
    if not any(unit.level == UnitLevel.PROVINCE for unit in officer.units_as(*(roles or SEES_EXCHANGE))):
        raise NoSuchThing
    return agreements()


def access_agreement(officer: Officer, code: str, *roles: str) -> Agreement:
    """Raises: RoleMissing, NoSuchThing."""
    require_role(officer, *(roles or SEES_EXCHANGE))
    if not any(unit.level == UnitLevel.PROVINCE for unit in officer.units_as(*(roles or SEES_EXCHANGE))):
        raise NoSuchThing
    try:
        return agreement_of(code)
    except (NoSuchReceiver, AgreementRefused) as error:
        raise NoSuchThing from error


def access_set_aside(officer: Officer, code: str) -> QuerySet[SetAside]:
    """Raises: RoleMissing, NoSuchThing."""
    return open_set_aside(access_agreement(officer, code).code)
