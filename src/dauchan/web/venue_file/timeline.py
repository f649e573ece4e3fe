"""What stands in a venue's file: one small function a part. A part that comes later adds its line to SOURCES."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dauchan.web.venue_file.casework import (
    appeals,
    inspections,
    referrals,
    reports,
    sanctions,
    tickets,
    word_of_inspections,
    word_of_sanctions,
)
from dauchan.web.venue_file.door import posters, registration, signs
from dauchan.web.venue_file.readers import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dauchan.venues.models import Venue
    from dauchan.web.venue_file.entries import Entry
    from dauchan.web.venue_file.readers import Reader


@dataclass(frozen=True)
class Source:
    """Where lines of one part come from; `read` yields the newest MOST lines, in any order."""

    part: Part
    read: Callable[[Venue, Reader], Iterable[Entry]]


SOURCES: tuple[Source, ...] = (
    Source(Part.REGISTRATION, registration),
    Source(Part.POSTERS, posters),
    Source(Part.SIGNS, signs),
    Source(Part.REPORTS, reports),
    Source(Part.REFERRALS, referrals),
    Source(Part.INSPECTIONS, inspections),
    Source(Part.INSPECTIONS, word_of_inspections),
    Source(Part.SANCTIONS, sanctions),
    Source(Part.SANCTIONS, word_of_sanctions),
    Source(Part.APPEALS, appeals),
    Source(Part.TICKETS, tickets),
)


def file_of(venue: Venue, reader: Reader) -> list[Entry]:
    """All lines that this reader sees, the newest first."""
    lines = [line for source in SOURCES if source.part in reader.parts for line in source.read(venue, reader)]
    return sorted(lines, key=lambda line: line.at, reverse=True)
