"""What a second person decides, and what ends a notice: approve, return, withdraw."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.tracing.models import CaseStatus
from dauchan.tracing.notices.access import published_versions, require_approver
from dauchan.tracing.notices.actions import version_in_the_making
from dauchan.tracing.notices.advice import instruction_for
from dauchan.tracing.notices.errors import (
    CaseNotConfirmed,
    NotThisVersion,
    SecondPersonNeeded,
    TooManyPublished,
    WatchIsOver,
)
from dauchan.tracing.notices.feed import MOST_NOTICES, issue_edition, wait_for_other_editions
from dauchan.tracing.notices.models import Notice, NoticeStatus, VersionStatus
from dauchan.tracing.notices.publication import face_of, put_on
from dauchan.units import audit
from dauchan.units.errors import RoleMissing
from dauchan.units.models import Role

if TYPE_CHECKING:
    from dauchan.tracing.notices.models import NoticeVersion
    from dauchan.units.models import Officer


@transaction.atomic
def approve_notice(notice: Notice, officer: Officer, *, seen_version: int, reason: str = "", note: str = "") -> Notice:
    """Publish what waits: on the page and in the feed, at once.

    Args:
        notice: with a version that waits.
        officer: an approver who neither wrote nor submitted it.
        seen_version: the primary key of the version that was shown, and nothing else is approved.
        reason: why it is published although fewer than ten people were there.
        note: what the approver has to say.

    Raises: RoleMissing, SecondPersonNeeded, NotThisVersion, CaseNotConfirmed, ReasonNeeded, TooFewPeople, WatchIsOver,
        TooManyPublished.
    """
    version = _waiting(notice, officer)
    if version.pk != seen_version:
        raise NotThisVersion
    if version.notice.case.status != CaseStatus.CONFIRMED:
        raise CaseNotConfirmed
    wait_for_other_editions()
    face = face_of(version, reason)
    put_on(version, face)
    version.small_reason = reason if face.is_small else ""
    version.decision_note = note
    _publish(version, officer)
    detail = {"notice": notice.pk, "version": version.number, "shape": version.shape, "is_small": face.is_small}
    audit.record(officer, "notice.approved", f"case:{notice.case_id}", purpose=version.small_reason, detail=detail)
    issue_edition()
    return version.notice


def _publish(version: NoticeVersion, officer: Officer) -> None:
    now = timezone.now()
    notice = version.notice
    notice.versions.filter(status=VersionStatus.PUBLISHED).update(status=VersionStatus.REPLACED)
    version.status, version.decided_by, version.decided_at = VersionStatus.PUBLISHED, officer, now
    version.save()
    notice.status = NoticeStatus.PUBLISHED
    notice.first_published_at = notice.first_published_at or now
    notice.expires_at = _end_of_watch(version)
    if notice.expires_at <= now:
        raise WatchIsOver
    notice.save(update_fields=["status", "first_published_at", "expires_at"])
    if published_versions().count() > MOST_NOTICES:
        raise TooManyPublished


def _end_of_watch(version: NoticeVersion) -> dt.datetime:
    """Until then somebody who was there is asked to watch their health."""
    return version.ends_at + dt.timedelta(days=instruction_for(version.notice.case.disease, version.advice).days)


@transaction.atomic
def return_notice(notice: Notice, officer: Officer, *, note: str) -> NoticeVersion:
    """Send it back to be mended; *note* tells what is wrong. Raises: RoleMissing, SecondPersonNeeded, NotThisVersion."""
    version = _waiting(notice, officer)
    version.status = VersionStatus.DRAFT
    version.decided_by, version.decided_at, version.decision_note = officer, timezone.now(), note
    version.save()
    detail = {"notice": notice.pk, "version": version.number, "note": note}
    audit.record(officer, "notice.returned", f"case:{notice.case_id}", detail=detail)
    return version


def _waiting(notice: Notice, officer: Officer) -> NoticeVersion:
    version = version_in_the_making(notice)
    if officer.pk in {version.drafted_by_id, version.submitted_by_id}:
        raise SecondPersonNeeded
    require_approver(officer, notice.case)
    if version.status != VersionStatus.WAITING:
        raise NotThisVersion
    return version


@transaction.atomic
def withdraw_notice(notice: Notice, officer: Officer, reason: str) -> Notice:
    """Take a published notice back at once, by one person: what is wrong must not stand until a second one comes.

    Raises: RoleMissing, NotThisVersion.
    """
    if not any(officer.may_act_as(role, notice.case.unit) for role in (Role.TRACER, Role.APPROVER)):
        raise RoleMissing
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.status != NoticeStatus.PUBLISHED:
        raise NotThisVersion
    notice.versions.filter(status__in=[VersionStatus.DRAFT, VersionStatus.WAITING]).update(
        status=VersionStatus.DISCARDED
    )
    notice.versions.filter(status=VersionStatus.PUBLISHED).update(status=VersionStatus.REPLACED)
    notice.status, notice.withdrawn_by, notice.ended_at = NoticeStatus.WITHDRAWN, officer, timezone.now()
    notice.withdrawal_reason = reason
    notice.save()
    audit.record(officer, "notice.withdrawn", f"case:{notice.case_id}", purpose=reason, detail={"notice": notice.pk})
    issue_edition()
    return notice
