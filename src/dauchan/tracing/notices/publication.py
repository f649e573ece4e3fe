"""How much of a place and time may be made public: the rules that protect the few and the sensitive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from dauchan.tracing.notices.coarsening import LEAST_PEOPLE, Interval, atoms, in_blocks, in_days
from dauchan.tracing.notices.errors import ReasonNeeded, TooFewPeople
from dauchan.tracing.notices.models import LONGEST_SEARCH_KEY, NoticeVersion, Shape, VersionStatus
from dauchan.tracing.notices.people_there import people_at, people_in
from dauchan.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

#: Versions that outsiders have read.
SEEN = (VersionStatus.PUBLISHED, VersionStatus.REPLACED)


@dataclass(frozen=True)
class Face:
    """What outsiders will see of a version.

    Attributes:
        people: the fewest people in any piece of the hours that could be told apart; for officers only.
        shown: the hours that everybody reads.
        sealed: the hours that a phone reads which was there.
    """

    shape: Shape
    people: int
    shown: Interval
    sealed: Interval

    @property
    def is_small(self) -> bool:
        return self.people < LEAST_PEOPLE


def face_of(version: NoticeVersion, reason: str = "") -> Face:
    """The face that the rules allow; with fewer than ten people only a coarse one, and only with a *reason*.

    Raises: ReasonNeeded, TooFewPeople.
    """
    hours = (version.starts_at, version.ends_at)
    people = fewest_people(version)
    if people < LEAST_PEOPLE and not reason:
        raise ReasonNeeded
    if people >= LEAST_PEOPLE and not version.is_sensitive:
        return Face(Shape.NAMED, people, hours, hours)
    coarse = _coarse_hours(version)
    return Face(Shape.UNNAMED, people, coarse, hours if people >= LEAST_PEOPLE else coarse)


def put_on(version: NoticeVersion, face: Face) -> None:
    """Write the face into the version's columns, from which alone pages and feed are made."""
    is_named = face.shape == Shape.NAMED
    version.shape, version.people = face.shape, face.people
    version.shown_place = version.where if is_named else ""
    version.shown_address = version.venue.address if is_named and version.venue else ""
    version.shown_from, version.shown_to = face.shown
    version.sealed_from, version.sealed_to = face.sealed
    said = f"{version.shown_place} {version.shown_address} {version.commune.full_name}"
    version.search_key = fold(said)[:LONGEST_SEARCH_KEY]


def fewest_people(version: NoticeVersion) -> int:
    """The fewest people in any piece of the hours that subtracting published notices of the place could single out."""
    if version.venue is None:
        return version.estimated_people or 0
    venue, case = version.venue, version.notice.case
    hours = (version.starts_at, version.ends_at)
    before = _hours_read(Q(venue=venue), "sealed", hours)
    return _fewest([*before, hours], lambda piece: people_at(venue, piece, case))


def _coarse_hours(version: NoticeVersion) -> Interval:
    """The fixed block of the day; where the commune has too few people in it, the day. Raises: TooFewPeople."""
    commune, case = version.commune, version.notice.case
    unnamed = Q(commune=commune, shape=Shape.UNNAMED)
    for coarsen in (in_blocks, in_days):
        hours = coarsen((version.starts_at, version.ends_at))
        pieces = [*_hours_read(unnamed, "shown", hours), hours]
        if _fewest(pieces, lambda piece: people_in(commune, piece, case)) >= LEAST_PEOPLE:
            return hours
    raise TooFewPeople


def _hours_read(which: Q, kind: str, hours: Interval) -> list[Interval]:
    """Hours of that kind (`shown`, `sealed`) that somebody may have read and that overlap *hours*."""
    start, end = hours
    overlapping = {f"{kind}_from__lt": end, f"{kind}_to__gt": start}
    versions: QuerySet[NoticeVersion] = NoticeVersion.objects.filter(which, status__in=SEEN, **overlapping)
    return list(versions.values_list(f"{kind}_from", f"{kind}_to").distinct())


def _fewest(intervals: list[Interval], people: Callable[[Interval], int]) -> int:
    return min(people(piece) for piece in atoms(intervals))
