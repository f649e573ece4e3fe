"""The only ways to a notice: for officers of its case's area, and for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from dauchan.tracing.access import access_cases
from dauchan.tracing.notices.models import Notice, NoticeStatus, NoticeVersion, VersionStatus
from dauchan.units.errors import NoSuchThing, RoleMissing
from dauchan.units.models import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.tracing.models import Case
    from dauchan.units.models import Officer


def access_notices(officer: Officer) -> QuerySet[Notice]:
    """Notices of cases in the area where *officer* traces or approves. Raises: RoleMissing."""
    return Notice.objects.filter(case__in=access_cases(officer)).select_related(
        "case__disease", "case__unit", "created_by"
    )


def access_notice(officer: Officer, notice_id: int) -> Notice:
    """Raises: RoleMissing, NoSuchThing."""
    notice = access_notices(officer).filter(pk=notice_id).first()
    if notice is None:
        raise NoSuchThing
    return notice


def published_versions() -> QuerySet[NoticeVersion]:
    """What everybody may read now."""
    return NoticeVersion.objects.filter(
        Q(notice__status=NoticeStatus.PUBLISHED, notice__expires_at__gt=timezone.now()),
        status=VersionStatus.PUBLISHED,
    ).select_related("notice__case__disease", "commune")


def require_writer(officer: Officer, case: Case) -> None:
    """Raises: RoleMissing for somebody who may read notices of the case but not write them."""
    if not officer.may_act_as(Role.TRACER, case.unit):
        raise RoleMissing


def require_approver(officer: Officer, case: Case) -> None:
    """Raises: RoleMissing."""
    if not officer.may_act_as(Role.APPROVER, case.unit):
        raise RoleMissing
