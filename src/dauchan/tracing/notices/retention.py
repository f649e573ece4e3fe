"""Notices end by themselves, and what they said is forgotten; that there was one, and when, stays for the figures."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from dauchan.tracing.notices.feed import issue_edition
from dauchan.tracing.notices.models import Edition, Notice, NoticeStatus, NoticeVersion, VersionStatus
from dauchan.units import audit
from dauchan.visits.retention import RETENTION_DAYS

if TYPE_CHECKING:
    from django.db.models import QuerySet

KEPT = dt.timedelta(days=RETENTION_DAYS)
ENDED = (NoticeStatus.WITHDRAWN, NoticeStatus.EXPIRED, NoticeStatus.DISCARDED)


@transaction.atomic
def expire_notices(now: dt.datetime) -> int:
    """End the notices that are due. Returns: how many."""
    due = Notice.objects.select_for_update().filter(status=NoticeStatus.PUBLISHED, expires_at__lte=now)
    numbers = list(due.values_list("pk", flat=True))
    if not numbers:
        return 0
    versions = NoticeVersion.objects.filter(notice__in=numbers)
    versions.filter(status=VersionStatus.PUBLISHED).update(status=VersionStatus.REPLACED)
    versions.filter(status__in=[VersionStatus.DRAFT, VersionStatus.WAITING]).update(status=VersionStatus.DISCARDED)
    Notice.objects.filter(pk__in=numbers).update(status=NoticeStatus.EXPIRED, ended_at=now)
    audit.record(None, "notice.expired", "notices", detail={"notices": numbers})
    issue_edition()
    return len(numbers)


@transaction.atomic
def forget_notices(now: dt.datetime) -> int:
    """Remove places, hours and words of notices that ended more than 21 days ago, and old editions of the feed.

    Returns: how many versions went.
    """
    newest = Edition.objects.values_list("pk", flat=True).first()
    Edition.objects.filter(issued_at__lt=now - KEPT).exclude(pk=newest or 0).delete()
    numbers = list(_forgettable(now).values_list("pk", flat=True))
    count, _ = NoticeVersion.objects.filter(notice__in=numbers).delete()
    ended = Notice.objects.filter(pk__in=numbers)
    ended.update(withdrawal_reason="")
    ended.filter(status=NoticeStatus.PROPOSED).update(status=NoticeStatus.DISCARDED, ended_at=now)
    return count


def _forgettable(now: dt.datetime) -> QuerySet[Notice]:
    limit = now - KEPT
    drafts = Notice.objects.filter(status=NoticeStatus.PROPOSED, created_at__lt=limit)
    return Notice.objects.filter(status__in=ENDED, ended_at__lt=limit) | drafts
