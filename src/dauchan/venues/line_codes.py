"""What a venue is called on a telephone's keys, and what the poster says of the line."""

from __future__ import annotations

from django.conf import settings

from dauchan.qr.line_code import MOST_VENUES, make_line_code, read_line_code
from dauchan.venues.models import Venue


def line_code_of(venue_id: int) -> str:
    """`1234 5678`; empty where this installation has no telephone line."""
    if not settings.PHONE_LINE or venue_id >= MOST_VENUES:
        return ""
    return make_line_code(venue_id, settings.LINE_CODE_KEY)


def venue_with_line_code(text: str) -> Venue:
    """The venue behind eight typed digits.

    Raises: dauchan.qr.CodeRefused; Venue.DoesNotExist.
    """
    venue_id = read_line_code(text, settings.LINE_CODE_KEY)
    return Venue.objects.select_related("unit", "category").get(pk=venue_id)
