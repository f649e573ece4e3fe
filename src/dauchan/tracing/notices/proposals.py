"""What a case suggests to make public: where it was, by scan or by word, and the crowds of its latest trace."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dauchan.tracing.interviews.timeline import Span, timeline_of, told_stays_of
from dauchan.tracing.models import CrowdNotice
from dauchan.tracing.notices.coarsening import in_quarters
from dauchan.tracing.notices.models import Advice, Notice, NoticeStatus, NoticeVersion, VersionStatus
from dauchan.tracing.queries import stays_of
from dauchan.vietnamese.dates import LOCAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from dauchan.tracing.models import Case
    from dauchan.venues.models import Venue


@dataclass(frozen=True)
class Proposal:
    """A place and time that a case or its latest trace suggests.

    Attributes:
        venue: None for a place in words, of which the case told.
        place: what officers call it.
        run_id: the trace that found a crowd there; None for a stay of the case itself.
        visits: how many visits the crowd's day had.
        told_id: the stay that the case told of and nobody scanned.
        notice: what was made of it already.
    """

    venue: Venue | None
    place: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    advice: str
    run_id: int | None = None
    visits: int | None = None
    told_id: int | None = None
    notice: Notice | None = None


def proposals_for(case: Case) -> list[Proposal]:
    """Stays of the case, with the tail of its rule, then crowds. What was told of a stay that was scanned stands once."""
    made = list(_living(case))
    return [_with_notice(proposal, made) for proposal in (*_stays_of(case), *_crowds_of(case))]


def _stays_of(case: Case) -> Iterator[Proposal]:
    tail = dt.timedelta(minutes=case.rule.tail_minutes)
    for row in timeline_of(case, stays_of(case), told_stays_of(case)):
        span = row.span
        if span.begins < span.ends and not (span.told and row.agrees):
            yield _proposed(span, tail)


def _proposed(span: Span, tail: dt.timedelta) -> Proposal:
    told_id = span.told.pk if span.told else None
    return Proposal(span.venue, span.place, *in_quarters((span.begins, span.ends + tail)), Advice.TEST, told_id=told_id)


def _crowds_of(case: Case) -> Iterator[Proposal]:
    run = case.runs.first()
    crowds = CrowdNotice.objects.filter(run=run).select_related("venue__unit", "venue__category") if run else []
    for crowd in crowds:
        midnight = dt.datetime.combine(crowd.on, dt.time(), LOCAL)
        next_day = midnight + dt.timedelta(days=1)
        yield Proposal(
            crowd.venue, crowd.venue.name, midnight, next_day, Advice.WATCH, run_id=crowd.run_id, visits=crowd.visits
        )


def _living(case: Case) -> QuerySet[NoticeVersion]:
    statuses = [NoticeStatus.PROPOSED, NoticeStatus.PUBLISHED]
    versions = NoticeVersion.objects.filter(notice__case=case, notice__status__in=statuses)
    return versions.exclude(status=VersionStatus.DISCARDED).select_related("notice")


def _with_notice(proposal: Proposal, made: list[NoticeVersion]) -> Proposal:
    where = proposal.venue.pk if proposal.venue else proposal.place
    for version in made:
        overlaps = version.starts_at < proposal.ends_at and proposal.starts_at < version.ends_at
        if overlaps and where == (version.venue_id or version.place):
            return replace(proposal, notice=version.notice)
    return proposal
