"""Venues from a file, as far as screening looks at them."""

import csv
import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dauchan.screening.errors import RefusedVenue, ScreeningRefused, VenueRefusal

NEEDED = ("venue_id", "name", "category", "unit_code", "lat", "lon", "opened_on", "status")
WRONG = {
    "daily_footfall": VenueRefusal.FOOTFALL,
    "staff": VenueRefusal.STAFF,
    "lat": VenueRefusal.PLACE,
    "lon": VenueRefusal.PLACE,
}
ACTIVE = frozenset({"active", "approved", "open"})
NOT_ACTIVE = frozenset({"pending", "refused", "suspended", "closed", "inactive"})


@dataclass(frozen=True, slots=True)
class ScreenedVenue:
    """A venue; what is not known is None, a place NaN."""

    venue_id: int
    category: str
    opened_on: date | None
    is_active: bool
    daily_footfall: float | None = None
    staff: float | None = None
    lat: float = math.nan
    lon: float = math.nan
    unit_code: str = ""


@dataclass(frozen=True, slots=True)
class VenueTable:
    """The venues of a file in its order, and the rows that were not taken."""

    venues: tuple[ScreenedVenue, ...]
    refused: tuple[RefusedVenue, ...]


def read_venues(path: Path) -> VenueTable:
    """Venues from CSV in UTF-8 with the columns of `NEEDED` and, if there, `daily_footfall` and `staff`.

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
    known = {"daily_footfall": _size(cells.get("daily_footfall", "")), "staff": _size(cells.get("staff", ""))}
    known |= {"lat": _degrees(cells["lat"], 90), "lon": _degrees(cells["lon"], 180)}
    wrong = next((name for name, value in known.items() if value is None), None)
    if wrong:
        return WRONG[wrong]
    sizes = (known["daily_footfall"] or None, known["staff"] or None)
    places = (known["lat"] or 0.0, known["lon"] or 0.0)
    return ScreenedVenue(
        int(cells["venue_id"]), cells["category"], opened_on, status in ACTIVE, *sizes, *places, cells["unit_code"]
    )


def _size(cell: str) -> float | None:
    """A number that is not negative, 0 for an empty cell; None for anything else."""
    try:
        size = float(cell or 0)
    except ValueError:
        return None
    return size if math.isfinite(size) and size >= 0 else None


def _degrees(cell: str, most: int) -> float | None:
    """Degrees, NaN for an empty cell; None for what is no place on earth."""
    try:
        degrees = float(cell or "nan")
    except ValueError:
        return None
    return None if abs(degrees) > most or math.isinf(degrees) else degrees
