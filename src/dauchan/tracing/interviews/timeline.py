"""Where a case was, by what was scanned and by what was told, in one line of time; where the two disagree is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dauchan.tracing.interviews.told_visits import end_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from dauchan.tracing.interviews.models import ToldStay
    from dauchan.tracing.models import Case
    from dauchan.tracing.queries import Stay
    from dauchan.venues.models import Venue


@dataclass(frozen=True)
class Span:
    """One stay of the timeline: scanned or told, clipped to the infectious period.

    Attributes:
        venue: None for a place in words.
        place: the name as it is shown.
        is_open: nobody saw or remembers the end; it is estimated.
        scanned, told: what the span stands for; one of them.
    """

    begins: dt.datetime
    ends: dt.datetime
    venue: Venue | None
    place: str
    is_open: bool
    scanned: Stay | None = None
    told: ToldStay | None = None

    @property
    def key(self) -> tuple[int | None, str]:
        return (self.venue.pk, "") if self.venue else (None, self.place)

    def meets(self, other: Span) -> bool:
        return self.begins < other.ends and other.begins < self.ends


@dataclass(frozen=True)
class TimelineRow:
    """A span with what is said against it, and for it.

    Attributes:
        against: other places at which the case was at the same time, one of the two told.
        agrees: told and scanned at one place at one time.
    """

    span: Span
    against: tuple[Span, ...] = ()
    agrees: bool = False


def told_stays_of(case: Case) -> list[ToldStay]:
    """What the case told, by time."""
    return list(case.told_stays.select_related("venue__unit", "venue__category", "told_by"))


def timeline_of(case: Case, stays: Sequence[Stay], told: Sequence[ToldStay]) -> list[TimelineRow]:
    """The spans of *stays* (`tracing.queries.stays_of`) and *told*, by time."""
    spans = [
        Span(stay.begins, stay.ends, stay.visit.venue, stay.visit.venue.name, stay.imputed, scanned=stay)
        for stay in stays
    ]
    spans += [
        Span(
            max(stay.began_at, case.infectious_from),
            min(end_of(stay), case.infectious_to),
            stay.venue,
            stay.venue.name if stay.venue else stay.place,
            stay.ended_at is None,
            told=stay,
        )
        for stay in told
    ]
    return weighed(sorted(spans, key=lambda span: (span.begins, span.ends)))


def weighed(spans: Sequence[Span]) -> list[TimelineRow]:
    """Each span beside the others. Two scans that disagree are the ledger's matter (impossible travel), not shown here."""
    rows = []
    for span in spans:
        beside = [other for other in spans if other is not span and span.meets(other) and (span.told or other.told)]
        rows.append(
            TimelineRow(
                span,
                tuple(other for other in beside if other.key != span.key),
                any(other.key == span.key and (other.told is None) != (span.told is None) for other in beside),
            )
        )
    return rows
