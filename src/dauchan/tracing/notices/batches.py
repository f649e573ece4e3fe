"""Many notices at once: a draft for every crowd of a case's latest trace, then all its drafts to the second person.

Each is checked and protected as one that is written by hand: a sensitive place stays unnamed, and where fewer than ten people were
there the draft is held back, for they are called instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from dauchan.tracing.models import TraceRun
from dauchan.tracing.notices.access import require_writer
from dauchan.tracing.notices.actions import Wording, draft_notice, submit_notice
from dauchan.tracing.notices.errors import NoticeRefused, TooFewPeople
from dauchan.tracing.notices.models import Notice, NoticeVersion, VersionStatus
from dauchan.tracing.notices.proposals import proposals_for
from dauchan.tracing.notices.publication import face_of

if TYPE_CHECKING:
    from dauchan.tracing.models import Case
    from dauchan.tracing.notices.proposals import Proposal
    from dauchan.units.models import Officer

#: What one person still reads through; the rest is drafted by pressing again.
MOST_AT_ONCE = 100


@dataclass
class Handed:
    """What became of the drafts of a case.

    Attributes:
        submitted: they wait for a second person.
        few: held back as drafts: so few people are called.
        refused: not to be handed in at all, with the reason.
    """

    submitted: list[Notice] = field(default_factory=list)
    few: list[Notice] = field(default_factory=list)
    refused: list[tuple[Notice, NoticeRefused]] = field(default_factory=list)


@transaction.atomic
def draft_crowds(case: Case, officer: Officer) -> list[Notice]:
    """A draft for each crowd of the latest trace that has none: its place, the whole day, what a trace advises.

    Raises: RoleMissing, CaseNotConfirmed.
    """
    require_writer(officer, case)
    type(case).objects.select_for_update().get(pk=case.pk)  # pressed twice, the second finds the drafts of the first
    crowds = [proposal for proposal in proposals_for(case) if proposal.run_id and proposal.notice is None]
    runs = TraceRun.objects.in_bulk({crowd.run_id for crowd in crowds[:MOST_AT_ONCE]})
    return [draft_notice(case, officer, _wording(crowd), runs[crowd.run_id]) for crowd in crowds[:MOST_AT_ONCE]]


def _wording(crowd: Proposal) -> Wording:
    venue = crowd.venue
    assert venue is not None  # noqa: S101 - a crowd is one of a venue
    return Wording(venue.unit, crowd.starts_at, crowd.ends_at, crowd.advice, venue)


def drafts_of(case: Case) -> list[Notice]:
    """Notices of the case whose newest version is a draft, by age."""
    drafts = NoticeVersion.objects.filter(notice__case=case, status=VersionStatus.DRAFT)
    return list(Notice.objects.filter(versions__in=drafts).select_related("case__unit", "case__rule").order_by("pk"))


def submit_drafts(case: Case, officer: Officer) -> Handed:
    """Hand in every draft of the case that may be published with no more said. Raises: RoleMissing."""
    require_writer(officer, case)
    handed = Handed()
    for notice in drafts_of(case)[:MOST_AT_ONCE]:
        try:
            if _is_publishable(notice):
                submit_notice(notice, officer)
                handed.submitted.append(notice)
            else:
                handed.few.append(notice)
        except NoticeRefused as refused:
            handed.refused.append((notice, refused))
    return handed


def _is_publishable(notice: Notice) -> bool:
    """Whether enough people were there, as it is reckoned when a single one is approved."""
    drafts = notice.versions.filter(status=VersionStatus.DRAFT)
    version = drafts.select_related("venue__category", "commune", "notice__case").get()
    try:
        return not face_of(version, reason="-").is_small
    except TooFewPeople:
        return False
