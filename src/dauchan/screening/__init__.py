"""Screening: signs that a venue's QR code is not used as it should be. Pure: no database, no clock.

>>> from dauchan.screening import Tally, signs_of
>>> tally = Tally(venue_ids, lat, lon, on=date(2021, 8, 28))  # doctest: +SKIP
>>> for scans in batches: tally.add(scans)  # doctest: +SKIP
>>> signs_of(venues, tally)  # doctest: +SKIP
"""

from dauchan.screening.bands import Picture
from dauchan.screening.errors import RefusedVenue, ScreeningRefused, VenueRefusal
from dauchan.screening.judging import Judged, judge, signs_of
from dauchan.screening.scans import Scans
from dauchan.screening.sentences import Evidence
from dauchan.screening.signs import Sign, SignKind, write_signs
from dauchan.screening.tally import Tally
from dauchan.screening.venue_table import ScreenedVenue, VenueTable, read_venues
from dauchan.screening.worsening import is_worse

__all__ = [
    "Evidence",
    "Judged",
    "Picture",
    "RefusedVenue",
    "Scans",
    "ScreenedVenue",
    "ScreeningRefused",
    "Sign",
    "SignKind",
    "Tally",
    "VenueRefusal",
    "VenueTable",
    "is_worse",
    "judge",
    "read_venues",
    "signs_of",
    "write_signs",
]
