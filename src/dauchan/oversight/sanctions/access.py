"""The only ways to a sanction, its pictures, its appeal, a legal basis and an alert."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from dauchan.oversight.sanctions.models import (
    LegalBasis,
    Sanction,
    SanctionPicture,
    State,
    SuspensionAlert,
)
from dauchan.units.errors import NoSuchThing, RoleMissing
from dauchan.units.jurisdiction import in_area, require_role
from dauchan.units.models import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.oversight.sanctions.models import Appeal
    from dauchan.units.models import Officer, Unit

PROPOSES = (Role.OFFICER, Role.HEAD)
APPROVES = (Role.APPROVER,)
#: Who answers appeals, at the level above: an approver or the head there.
JUDGES = (Role.APPROVER, Role.HEAD)
SEES_SANCTIONS = (*PROPOSES, *APPROVES, Role.MONITOR, Role.LEADER)
#: Who adds legal bases for an area.
KEEPS_BASES = (Role.HEAD, Role.MONITOR)
#: Who is told when many doors are shut at once.
SEES_ALERTS = (Role.LEADER, Role.OPERATOR)

_SHOWN = ("venue__unit", "venue__category", "unit", "issuer_unit", "proposed_by", "decided_by", "appeal", "clock")


def access_sanctions(officer: Officer, *roles: str) -> QuerySet[Sanction]:
    """Those of the area where *officer* holds one of *roles* (who see sanctions, if none is named). Raises: RoleMissing."""
    require_role(officer, *(roles or SEES_SANCTIONS))
    return Sanction.objects.filter(in_area(officer.units_as(*(roles or SEES_SANCTIONS)))).select_related(*_SHOWN)


def access_sanction(officer: Officer, sanction_id: int, *roles: str) -> Sanction:
    """Raises: RoleMissing, NoSuchThing; RoleMissing too for one that is in sight but not to be acted on in *roles*."""
    sanction = access_sanctions(officer, *roles).filter(pk=sanction_id).first()
    if sanction is not None:
        return sanction
    if roles and access_sanctions(officer).filter(pk=sanction_id).exists():
        raise RoleMissing
    raise NoSuchThing


def access_own_sanctions(person_id: int) -> QuerySet[Sanction]:
    """What was decided about venues of this person: drafts are nobody's business outside."""
    decided = Sanction.objects.exclude(state__in=[State.WAITING, State.RETURNED, State.DROPPED])
    return decided.filter(venue__owner_id=person_id).select_related(*_SHOWN)


def access_own_sanction(person_id: int, sanction_id: int) -> Sanction:
    """Raises: NoSuchThing."""
    sanction = access_own_sanctions(person_id).filter(pk=sanction_id).first()
    if sanction is None:
        raise NoSuchThing
    return sanction


def access_picture(officer: Officer, picture_id: int) -> SanctionPicture:
    """Raises: RoleMissing, NoSuchThing."""
    require_role(officer, *SEES_SANCTIONS)
    area = in_area(officer.units_as(*SEES_SANCTIONS), "event__sanction__unit")
    return _one(SanctionPicture.objects.filter(area, pk=picture_id))


def access_own_picture(person_id: int, picture_id: int) -> SanctionPicture:
    """Raises: NoSuchThing."""
    return _one(SanctionPicture.objects.filter(event__sanction__venue__owner_id=person_id, pk=picture_id))


def _one(pictures: QuerySet[SanctionPicture]) -> SanctionPicture:
    picture = pictures.first()
    if picture is None:
        raise NoSuchThing
    return picture


def may_propose(officer: Officer, unit: Unit) -> bool:
    return any(own.contains(unit) for own in officer.units_as(*PROPOSES))


def may_approve(officer: Officer, sanction: Sanction) -> bool:
    """In their area; whether they proposed it themselves is a refusal of its own."""
    return any(own.contains(sanction.unit) for own in officer.units_as(*APPROVES))


def may_judge(officer: Officer, appeal: Appeal) -> bool:
    """Appointed at the level above or higher."""
    return any(own.contains(appeal.unit) for own in officer.units_as(*JUDGES))


def issuing_unit(officer: Officer, unit: Unit) -> Unit:
    """In whose name *officer* proposes at a place in *unit*: of their own units the nearest. Raises: RoleMissing."""
    own = [area for area in officer.units_as(*PROPOSES) if area.contains(unit)]
    if not own:
        raise RoleMissing
    return max(own, key=lambda area: len(area.path))


def access_bases(officer: Officer) -> QuerySet[LegalBasis]:
    """The product's own, and those that were added for areas that touch the officer's. Raises: RoleMissing."""
    require_role(officer, *SEES_SANCTIONS)
    own = officer.units_as(*SEES_SANCTIONS)
    return LegalBasis.objects.filter(_for_all() | in_area(own) | _above(own)).select_related("unit", "added_by")


def bases_for(unit: Unit) -> QuerySet[LegalBasis]:
    """Those that may be chosen for a place in *unit*."""
    return LegalBasis.objects.filter(_for_all() | _above([unit]))


def _for_all() -> Q:
    return Q(unit=None)


def _above(units: list[Unit]) -> Q:
    return Q(unit__in={int(part) for unit in units for part in unit.path.split(".") if part.isdecimal()})


def access_basis(officer: Officer, basis_id: int) -> LegalBasis:
    """One that *officer* may end: added for an area of theirs. Raises: RoleMissing, NoSuchThing."""
    require_role(officer, *KEEPS_BASES)
    basis = LegalBasis.objects.filter(in_area(officer.units_as(*KEEPS_BASES)), pk=basis_id).first()
    if basis is None:
        raise NoSuchThing
    return basis


def access_alerts(officer: Officer) -> QuerySet[SuspensionAlert]:
    """Raises: RoleMissing."""
    require_role(officer, *SEES_ALERTS)
    return SuspensionAlert.objects.filter(in_area(officer.units_as(*SEES_ALERTS))).select_related("unit", "seen_by")


def access_alert(officer: Officer, alert_id: int) -> SuspensionAlert:
    """Raises: RoleMissing, NoSuchThing."""
    alert = access_alerts(officer).filter(pk=alert_id).first()
    if alert is None:
        raise NoSuchThing
    return alert
