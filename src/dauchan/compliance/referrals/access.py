"""The only ways to a referral and to its pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.compliance.referrals.models import Referral, ReferralPicture
from dauchan.units.errors import NoSuchThing, RoleMissing
from dauchan.units.jurisdiction import in_area, require_role
from dauchan.units.models import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer

#: Who watches, hands over and judges the answers.
HANDS_OVER = (Role.MONITOR,)
#: Whose unit answers.
ANSWERS = (Role.OFFICER, Role.HEAD)
SEES_REFERRALS = (*ANSWERS, *HANDS_OVER, Role.LEADER)


def access_referrals(officer: Officer, *roles: str) -> QuerySet[Referral]:
    """Those of the area where *officer* holds one of *roles* (who see referrals, if none is named). Raises: RoleMissing."""
    require_role(officer, *(roles or SEES_REFERRALS))
    area = in_area(officer.units_as(*(roles or SEES_REFERRALS)))
    return Referral.objects.filter(area).select_related(
        "venue__unit", "venue__category", "unit", "clock", "escalated_to"
    )


def access_referral(officer: Officer, referral_id: int, *roles: str) -> Referral:
    """Raises: RoleMissing, NoSuchThing; RoleMissing too for one that is in sight but not to be acted on in *roles*."""
    referral = access_referrals(officer, *roles).filter(pk=referral_id).first()
    if referral is not None:
        return referral
    if roles and access_referrals(officer).filter(pk=referral_id).exists():
        raise RoleMissing
    raise NoSuchThing


def access_referral_picture(officer: Officer, picture_id: int) -> ReferralPicture:
    """Raises: RoleMissing, NoSuchThing."""
    require_role(officer, *SEES_REFERRALS)
    area = in_area(officer.units_as(*SEES_REFERRALS), "event__referral__unit")
    picture = ReferralPicture.objects.filter(area, pk=picture_id).first()
    if picture is None:
        raise NoSuchThing
    return picture


def may_answer(officer: Officer, referral: Referral) -> bool:
    return any(own.contains(referral.unit) for own in officer.units_as(*ANSWERS))


def may_judge(officer: Officer, referral: Referral) -> bool:
    return any(own.contains(referral.unit) for own in officer.units_as(*HANDS_OVER))
