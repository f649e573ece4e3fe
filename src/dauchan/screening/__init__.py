"""Screening: signs that a venue's QR code is not used as it should be. Pure: no database, no clock.

Of the seven signs `silent` is computed so far.
"""

from dauchan.screening.daily_use import DailyUse, daily_use
from dauchan.screening.errors import RefusedVenue, ScreeningRefused, VenueRefusal
from dauchan.screening.signs import Sign, SignKind, write_signs
from dauchan.screening.silent import silent_signs
from dauchan.screening.venue_table import ScreenedVenue, VenueTable, read_venues

__all__ = [
    "DailyUse",
    "RefusedVenue",
    "ScreenedVenue",
    "ScreeningRefused",
    "Sign",
    "SignKind",
    "VenueRefusal",
    "VenueTable",
    "daily_use",
    "read_venues",
    "silent_signs",
    "write_signs",
]
