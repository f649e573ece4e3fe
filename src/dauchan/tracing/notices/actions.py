"""What officers do with a notice before it is public: draft, change, submit, discard; and drafting a correction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.tracing.models import Case, CaseStatus, CrowdNotice
from dauchan.tracing.notices.access import require_writer
from dauchan.tracing.notices.coarsening import in_quarters, local_days
from dauchan.tracing.notices.errors import (
    CaseNotConfirmed,
    ChangedMeanwhile,
    HoursInverted,
    NotThisVersion,
    OutsidePeriod,
    StillToCome,
    TooLong,
)
from dauchan.tracing.notices.models import Notice, NoticeStatus, NoticeVersion, VersionStatus
from dauchan.units import audit

if TYPE_CHECKING:
    from dauchan.tracing.models import TraceRun
    from dauchan.units.models import Officer, Unit
    from dauchan.venues.models import Venue

LONGEST = dt.timedelta(hours=24)
#: The same words about the same place within this time are one press too many.
SENT_TWICE = dt.timedelta(seconds=30)
IN_THE_MAKING = (VersionStatus.DRAFT, VersionStatus.WAITING)


@dataclass(frozen=True)
class Wording:
    """What a tracer wrote of a place and time. Either a venue, or a place in words with how many people were there."""

    commune: Unit
    starts_at: dt.datetime
    ends_at: dt.datetime
    advice: str
    venue: Venue | None = None
    place: str = ""
    estimated_people: int | None = None
    words_vi: str = ""
    words_en: str = ""


@transaction.atomic
def draft_notice(case: Case, officer: Officer, wording: Wording, run: TraceRun | None = None) -> Notice:
    """Write down a place and time of *case*, by hand or as *run* proposed it. The same form sent twice is one draft.

    Raises: RoleMissing, CaseNotConfirmed, HoursInverted, TooLong, StillToCome, OutsidePeriod.
    """
    require_writer(officer, case)
    if case.status != CaseStatus.CONFIRMED:
        raise CaseNotConfirmed
    Case.objects.select_for_update().get(pk=case.pk)
    if twin := _sent_before(case, officer, wording):
        return twin
    notice = Notice.objects.create(case=case, run=run, created_by=officer)
    _write(NoticeVersion(notice=notice, number=1), officer, wording)
    audit.record(officer, "notice.drafted", f"case:{case.pk}", detail={"notice": notice.pk})
    return notice


def _sent_before(case: Case, officer: Officer, wording: Wording) -> Notice | None:
    """What the officer wrote of the same place and hours a moment ago."""
    starts_at, ends_at = in_quarters((wording.starts_at, wording.ends_at))
    place = "" if wording.venue else wording.place
    lately = NoticeVersion.objects.filter(
        notice__case=case, drafted_by=officer, drafted_at__gt=timezone.now() - SENT_TWICE, status__in=IN_THE_MAKING
    )
    twin = lately.filter(venue=wording.venue, place=place, starts_at=starts_at, ends_at=ends_at).first()
    return twin.notice if twin else None


@transaction.atomic
def change_draft(notice: Notice, officer: Officer, wording: Wording, *, seen: str = "") -> NoticeVersion:
    """Write a draft anew; one that waits for approval becomes a draft again. *seen*: the `revision` that was read, if compared.

    Raises: as `draft_notice`, NotThisVersion, ChangedMeanwhile.
    """
    require_writer(officer, notice.case)
    making = version_in_the_making(notice)
    if seen and seen != making.revision:
        raise ChangedMeanwhile
    version = _write(making, officer, wording)
    audit.record(
        officer, "notice.changed", f"case:{notice.case_id}", detail={"notice": notice.pk, "version": version.number}
    )
    return version


@transaction.atomic
def correct_notice(notice: Notice, officer: Officer, wording: Wording) -> NoticeVersion:
    """Draft another version of a published notice; what is published stands until the new one is approved.

    Raises: as `draft_notice`; NotThisVersion if it is not published or a correction is under way.
    """
    require_writer(officer, notice.case)
    notice = Notice.objects.select_for_update(of=("self",)).select_related("case").get(pk=notice.pk)
    if notice.status != NoticeStatus.PUBLISHED or notice.versions.filter(status__in=IN_THE_MAKING).exists():
        raise NotThisVersion
    last = notice.versions.order_by("-number").values_list("number", flat=True)[0]
    version = _write(NoticeVersion(notice=notice, number=last + 1), officer, wording)
    audit.record(
        officer,
        "notice.correction_drafted",
        f"case:{notice.case_id}",
        detail={"notice": notice.pk, "version": version.number},
    )
    return version


@transaction.atomic
def submit_notice(notice: Notice, officer: Officer) -> NoticeVersion:
    """Hand the draft to an approver. Raises: RoleMissing, NotThisVersion, CaseNotConfirmed."""
    require_writer(officer, notice.case)
    version = version_in_the_making(notice)
    if version.status != VersionStatus.DRAFT:
        raise NotThisVersion
    if notice.case.status != CaseStatus.CONFIRMED:
        raise CaseNotConfirmed
    version.status = VersionStatus.WAITING
    version.submitted_by, version.submitted_at = officer, timezone.now()
    version.decided_by = version.decided_at = None
    version.save()
    audit.record(
        officer, "notice.submitted", f"case:{notice.case_id}", detail={"notice": notice.pk, "version": version.number}
    )
    return version


@transaction.atomic
def discard_draft(notice: Notice, officer: Officer) -> None:
    """Give up what is in the making; what is published stays. Raises: RoleMissing, NotThisVersion."""
    require_writer(officer, notice.case)
    version = version_in_the_making(notice)
    version.status = VersionStatus.DISCARDED
    version.save(update_fields=["status"])
    if notice.status == NoticeStatus.PROPOSED:
        notice.status, notice.ended_at = NoticeStatus.DISCARDED, timezone.now()
        notice.save(update_fields=["status", "ended_at"])
    audit.record(
        officer, "notice.discarded", f"case:{notice.case_id}", detail={"notice": notice.pk, "version": version.number}
    )


def version_in_the_making(notice: Notice) -> NoticeVersion:
    """The draft or what waits for approval, locked. Raises: NotThisVersion."""
    making = NoticeVersion.objects.select_for_update(of=("self",)).filter(notice=notice, status__in=IN_THE_MAKING)
    version = making.select_related(
        "venue__category", "venue__unit", "commune", "notice__case__disease", "notice__case__unit"
    ).first()
    if version is None:
        raise NotThisVersion
    return version


def _write(version: NoticeVersion, officer: Officer, wording: Wording) -> NoticeVersion:
    starts_at, ends_at = _checked_hours(version.notice, wording)
    version.venue, version.commune = wording.venue, wording.venue.unit if wording.venue else wording.commune
    version.place = "" if wording.venue else wording.place
    version.estimated_people = None if wording.venue else wording.estimated_people
    version.starts_at, version.ends_at = starts_at, ends_at
    version.advice, version.words_vi, version.words_en = wording.advice, wording.words_vi, wording.words_en
    version.status, version.drafted_by, version.drafted_at = VersionStatus.DRAFT, officer, timezone.now()
    version.submitted_by = version.submitted_at = version.decided_by = version.decided_at = None
    version.save()
    return version


def _checked_hours(notice: Notice, wording: Wording) -> tuple[dt.datetime, dt.datetime]:
    """The hours in quarters, if they may be told of at all. Raises: HoursInverted, TooLong, StillToCome, OutsidePeriod."""
    given = (wording.starts_at, wording.ends_at)
    if wording.ends_at <= wording.starts_at:
        raise HoursInverted
    if wording.ends_at - wording.starts_at > LONGEST:
        raise TooLong
    if wording.starts_at > timezone.now():
        raise StillToCome
    case = notice.case
    tail = dt.timedelta(minutes=case.rule.tail_minutes)
    within = case.infectious_from <= wording.starts_at and wording.ends_at <= case.infectious_to + tail
    if not within and not _was_crowded(case, wording.venue, given):
        raise OutsidePeriod
    return in_quarters(given)


def _was_crowded(case: Case, venue: Venue | None, hours: tuple[dt.datetime, dt.datetime]) -> bool:
    """A trace of the case found one of its contacts there on that day, among more people than it lists."""
    crowds = CrowdNotice.objects.filter(run__case=case, venue=venue, on__in=local_days(hours))
    return venue is not None and crowds.values("on").distinct().count() == len(local_days(hours))
