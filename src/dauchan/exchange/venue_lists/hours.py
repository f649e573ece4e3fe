"""Opening hours as lists write them: `7h-21h`, `6:00 - 11:00; 13:30 - 22:00`, `24/24`; the same every day. Pure."""

from __future__ import annotations

import re

from dauchan.people.roster.patterns import PatternUnreadable, read_clock
from dauchan.venues.opening_hours import DAYS, MIDNIGHT
from dauchan.vietnamese import fold

_ALWAYS = {"24/24", "24/7", "24h", "24/24h", "ca ngay", "suot ngay dem", "24 gio", "24h/24h"}
_BETWEEN = re.compile(r"\s*(?:;|,|\bva\b|\band\b|&|\+)\s*")
_TO = re.compile(r"\s*(?:-|–|—|\bden\b|\bto\b)\s*")


class HoursUnreadable(ValueError):
    """The text tells no stretches of time."""


def read_hours(text: str) -> dict[str, list[list[str]]]:
    """Hours as of `dauchan.venues.opening_hours`. Raises: HoursUnreadable."""
    folded = re.sub(r"^(?:tu|mo cua|hang ngay)\s+", "", fold(text))
    stretches = [["00:00", MIDNIGHT]] if folded in _ALWAYS else [_stretch(part) for part in _BETWEEN.split(folded)]
    return {day: [list(stretch) for stretch in stretches] for day in DAYS}


def _stretch(text: str) -> list[str]:
    ends = _TO.split(text)
    if len(ends) != 2:  # noqa: PLR2004 - from one to another
        raise HoursUnreadable
    try:
        begins, until = (read_clock(end.removeprefix("tu ")) for end in ends)
    except PatternUnreadable as error:
        raise HoursUnreadable from error
    return [f"{begins:%H:%M}", f"{until:%H:%M}" if until.hour or until.minute else MIDNIGHT]
