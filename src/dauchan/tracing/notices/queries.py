"""Reads across notices, cases and traces."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q
from django.utils import timezone

from dauchan.tracing.notices.access import access_notices, published_versions
from dauchan.tracing.notices.models import Notice, NoticeStatus, NoticeVersion, Shape, VersionStatus
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Role
from dauchan.vietnamese import fold
from dauchan.vietnamese.dates import LOCAL

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.tracing.models import Case
    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue

#: A notice withdrawn so lately is still told of in public.
WITHDRAWAL_SHOWN = dt.timedelta(days=7)


def with_latest(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Each notice with `latest`, a list that begins with its newest version, in one more query."""
    versions = NoticeVersion.objects.order_by("-number").select_related("venue__category", "commune")
    return notices.prefetch_related(Prefetch("versions", versions, to_attr="latest"))


def notices_as(officer: Officer, kind: str) -> QuerySet[Notice]:
    """Notices of the officer's area: `waiting`, `drafts`, `published`, `ended`, or all. Raises: RoleMissing."""
    notices = access_notices(officer)
    making = Q(versions__status=VersionStatus.WAITING), Q(versions__status=VersionStatus.DRAFT)
    kinds = {
        "waiting": making[0],
        "drafts": making[1],
        "published": Q(status=NoticeStatus.PUBLISHED),
        "ended": Q(status__in=[NoticeStatus.WITHDRAWN, NoticeStatus.EXPIRED, NoticeStatus.DISCARDED]),
    }
    return notices.filter(kinds[kind]) if kind in kinds else notices


def waiting_for_approver(officer: Officer) -> QuerySet[NoticeVersion]:
    """Versions that this approver may decide: in their area and not of their own hand."""
    area = in_area(officer.units_as(Role.APPROVER), "notice__case__unit")
    waiting = NoticeVersion.objects.filter(area, status=VersionStatus.WAITING)
    return waiting.exclude(Q(drafted_by=officer) | Q(submitted_by=officer))


def public_notices(
    words: str = "", commune_id: int | None = None, on: dt.date | None = None
) -> QuerySet[NoticeVersion]:
    """What everybody may read, the latest hours first; *words* with diacritics or without, *on* a local day."""
    versions = published_versions()
    for word in fold(words).split():
        versions = versions.filter(search_key__contains=word)
    if commune_id:
        versions = versions.filter(commune=commune_id)
    if on:
        midnight = dt.datetime.combine(on, dt.time(), LOCAL)
        versions = versions.filter(shown_from__lt=midnight + dt.timedelta(days=1), shown_to__gt=midnight)
    return versions.order_by("-shown_from", "notice__public_id")


def lately_withdrawn() -> QuerySet[Notice]:
    """For everybody: that a notice was taken back, by its number, without the place."""
    since = timezone.now() - WITHDRAWAL_SHOWN
    return Notice.objects.filter(status=NoticeStatus.WITHDRAWN, ended_at__gt=since).order_by("-ended_at")


def public_notices_at(venue: Venue) -> QuerySet[NoticeVersion]:
    """For its owner: the notices that name the place, and no sooner than everybody reads them."""
    return published_versions().filter(venue=venue, shape=Shape.NAMED).order_by("-shown_from")


@dataclass(frozen=True)
class NoticeTimes:
    """When a case's first notice took its steps; None for a step not taken yet."""

    confirmed_at: dt.datetime
    drafted_at: dt.datetime | None
    submitted_at: dt.datetime | None
    published_at: dt.datetime | None


def times_of(case: Case) -> NoticeTimes:
    """From 'confirmed' to 'published', for the team's own clock."""
    notices = case.exposure_notices.order_by("created_at")
    first = notices.first()
    published = notices.exclude(first_published_at=None).order_by("first_published_at").first()
    submitted = (
        NoticeVersion.objects.filter(notice__case=case).exclude(submitted_at=None).order_by("submitted_at").first()
    )
    return NoticeTimes(
        case.registered_at,
        first.created_at if first else None,
        submitted.submitted_at if submitted else None,
        published.first_published_at if published else None,
    )
