"""All posters of a unit in one file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dauchan.units.jurisdiction import access_unit, in_area
from dauchan.units.queries import communes_of
from dauchan.venues.access import PRINTS_POSTERS, access_venues
from dauchan.venues.models import Poster
from dauchan.venues.poster_faces import in_poster_order
from dauchan.venues.posters import MOST_FACES
from dauchan.web.officer.guards import officer_required
from dauchan.web.posters import SHEETS, poster_download

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from dauchan.units.models import Unit
    from dauchan.web.requests import OfficerRequest

#: Measured on two cores: what one poster adds to the file, and how many are set in a second.
KILOBYTES_A_POSTER = 7
POSTERS_A_SECOND = 100


@dataclass(frozen=True)
class Pile:
    """The posters of a unit: how many, and what their file will be like."""

    unit: Unit
    posters: int

    @property
    def bytes(self) -> int:
        return self.posters * KILOBYTES_A_POSTER * 1024

    @property
    def seconds(self) -> int:
        return max(1, round(self.posters / POSTERS_A_SECOND))

    @property
    def is_too_high(self) -> bool:
        return self.posters > MOST_FACES


@require_GET
@officer_required(*PRINTS_POSTERS)
def posters(request: OfficerRequest) -> HttpResponse:
    """The officer's units and the communes in them, each with the size of its pile."""
    own = request.user.units_as(*PRINTS_POSTERS)
    communes = [unit for unit in communes_of(own, timezone.localdate()) if unit not in own]
    counts = _counts(request)
    piles = [Pile(unit, _within(unit, counts)) for unit in [*dict.fromkeys(own), *communes]]
    return render(request, "officer/posters.html", {"piles": piles, "sheets": SHEETS, "most": MOST_FACES})


def _counts(request: OfficerRequest) -> list[tuple[str, int]]:
    """Posters that should hang, by the path of the unit they hang in."""
    venues = in_poster_order(access_venues(request.user, *PRINTS_POSTERS)).order_by()
    current = Poster.objects.filter(withdrawn_at=None, venue__in=venues)
    return list(current.values_list("venue__unit__path").annotate(count=Count("pk")))


def _within(unit: Unit, counts: Iterable[tuple[str, int]]) -> int:
    return sum(count for path, count in counts if path == unit.path or path.startswith(f"{unit.path}."))


@require_GET
@officer_required(*PRINTS_POSTERS)
def unit_posters(request: OfficerRequest, unit_id: int, sheet: str) -> HttpResponse:
    unit = access_unit(request.user, unit_id, *PRINTS_POSTERS)
    venues = access_venues(request.user, *PRINTS_POSTERS).filter(in_area([unit]))
    return poster_download(venues, sheet, unit.full_name)
