"""Venues from a file, as far as screening looks at them."""

import csv
import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dauchan.screening.errors import RefusedVenue, ScreeningRefused, VenueRefusal

NEEDED = ("venue_id", "name", "category", "unit_code", "lat", "lon", "opened_on", "status")
ACTIVE = frozenset({"active", "approved", "open"})
NOT_ACTIVE = frozenset({"pending", "refused", "suspended", "closed", "inactive"})


@dataclass(frozen=True, slots=True)
class ScreenedVenue:
    """A venue; `opened_on` None where it is not known, `daily_footfall` None likewise."""

    venue_id: int
    category: str
    opened_on: date | None
    is_active: bool
    daily_footfall: float | None = None


@dataclass(frozen=True, slots=True)
class VenueTable:
    """The venues of a file in its order, and the rows that were not taken."""

    venues: tuple[ScreenedVenue, ...]
    refused: tuple[RefusedVenue, ...]


def read_venues(path: Path) -> VenueTable:
    """Venues from CSV in UTF-8 with the columns of `NEEDED` and, if there, `daily_footfall`.

    Raises:
        ScreeningRefused: the file cannot be read, a column is missing, or not one row is good.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ScreeningRefused(
            f"{path.name} cannot be read: {error}", f"không đọc được {path.name}: {error}"
        ) from error
    header = [name.strip().lower() for name in rows[0]] if rows else []
    missing = ", ".join(name for name in NEEDED if name not in header)
    if missing:
        raise ScreeningRefused(f"{path.name} has no column {missing}", f"{path.name} thiếu cột {missing}")
    table = _taken(header, rows[1:])
    if table.refused and not table.venues:
        first = table.refused[0]
        raise ScreeningRefused(
            f"{path.name}: no row can be taken; row {first.row}: {first.reason.english}",
            f"{path.name}: không dòng nào dùng được; dòng {first.row}: {first.reason.vietnamese}",
        )
    return table


def _taken(header: list[str], rows: list[list[str]]) -> VenueTable:
    venues: dict[int, ScreenedVenue] = {}
    refused = []
    for number, row in enumerate(rows, start=1):
        venue = _venue(dict(zip(header, row, strict=True))) if len(row) == len(header) else VenueRefusal.CELLS
        if isinstance(venue, ScreenedVenue) and venue.venue_id in venues:
            venue = VenueRefusal.REPEATED
        if isinstance(venue, VenueRefusal):
            refused.append(RefusedVenue(number, venue))
        else:
            venues[venue.venue_id] = venue
    return VenueTable(tuple(venues.values()), tuple(refused))


def _venue(cells: dict[str, str]) -> ScreenedVenue | VenueRefusal:
    cells = {name: cell.strip() for name, cell in cells.items()}
    status = cells["status"].lower()
    if not cells["venue_id"].lstrip("-").isdecimal():
        return VenueRefusal.VENUE_ID
    if status not in ACTIVE | NOT_ACTIVE:
        return VenueRefusal.STATUS
    try:
        opened_on = date.fromisoformat(cells["opened_on"]) if cells["opened_on"] else None
    except ValueError:
        return VenueRefusal.OPENED_ON
    try:
        footfall = float(cells.get("daily_footfall") or 0)
    except ValueError:
        return VenueRefusal.FOOTFALL
    if not math.isfinite(footfall) or footfall < 0:
        return VenueRefusal.FOOTFALL
    return ScreenedVenue(int(cells["venue_id"]), cells["category"], opened_on, status in ACTIVE, footfall or None)
