"""What can be wrong with the input of a screening; one sentence in English and one in Vietnamese.

ScreeningRefused
"""

from dataclasses import dataclass
from enum import StrEnum


class ScreeningRefused(Exception):
    """A file or array that cannot be screened; `str()` gives the English sentence."""

    def __init__(self, english: str, vietnamese: str) -> None:
        super().__init__(english)
        self.english = english
        self.vietnamese = vietnamese


class VenueRefusal(StrEnum):
    """Why one row of a file of venues was not taken."""

    CELLS = "cells"
    VENUE_ID = "venue_id"
    REPEATED = "repeated"
    OPENED_ON = "opened_on"
    STATUS = "status"
    FOOTFALL = "footfall"
    STAFF = "staff"
    PLACE = "place"

    @property
    def english(self) -> str:
        return SENTENCES[self][0]

    @property
    def vietnamese(self) -> str:
        return SENTENCES[self][1]


SENTENCES = {
    VenueRefusal.CELLS: (
        "the row has more or fewer cells than the header",
        "số ô của dòng khác với dòng tiêu đề",
    ),
    VenueRefusal.VENUE_ID: ("venue_id is no whole number", "venue_id không phải là số nguyên"),
    VenueRefusal.REPEATED: ("the venue stands in an earlier row already", "địa điểm đã có ở dòng trước"),
    VenueRefusal.OPENED_ON: (
        "opened_on is no date such as 2021-08-01",
        "opened_on không phải là ngày như 2021-08-01",
    ),
    VenueRefusal.STATUS: (
        "the status is none of active, approved, open, pending, refused, suspended, closed, inactive",
        "trạng thái không thuộc active, approved, open, pending, refused, suspended, closed, inactive",
    ),
    VenueRefusal.STAFF: ("staff is no number, 0 or more", "staff không phải là số không âm"),
    VenueRefusal.PLACE: ("lat and lon are no place on earth", "lat, lon không phải là vị trí trên mặt đất"),
    VenueRefusal.FOOTFALL: ("daily_footfall is no number, 0 or more", "daily_footfall không phải là số không âm"),
}


@dataclass(frozen=True, slots=True)
class RefusedVenue:
    """A row of venues that was not taken: its number (the first row below the header is 1) and the reason."""

    row: int
    reason: VenueRefusal
