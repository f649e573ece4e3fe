"""A case's line of time as the pages show it: each scan with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dauchan.tracing.interviews.timeline import timeline_of, told_stays_of
from dauchan.tracing.queries import stays_of
from dauchan.web.tracer.visit_facts import facts_of
from dauchan.web.tracer.words import duration

if TYPE_CHECKING:
    from dauchan.tracing.interviews.timeline import Span
    from dauchan.tracing.models import Case
    from dauchan.web.tracer.visit_facts import VisitFacts


@dataclass(frozen=True)
class ShownRow:
    """A row of `dauchan.tracing.interviews.timeline`, and how sure the ledger is of a scan."""

    span: Span
    against: tuple[Span, ...]
    agrees: bool
    facts: VisitFacts | None

    @property
    def length(self) -> str:
        return duration(round((self.span.ends - self.span.begins).total_seconds()))


def case_timeline(case: Case) -> list[ShownRow]:
    """Scans and told stays of the infectious period, by time; the same few queries however many there are."""
    rows = timeline_of(case, stays_of(case), told_stays_of(case))
    facts = facts_of(row.span.scanned.visit for row in rows if row.span.scanned)
    return [
        ShownRow(
            row.span,
            row.against,
            row.agrees,
            facts[row.span.scanned.visit.check_in_id] if row.span.scanned else None,
        )
        for row in rows
    ]
