"""One line of a venue's file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dauchan.web.venue_file.readers import PART_NAMES, Part

if TYPE_CHECKING:
    import datetime as dt

    from django_stubs_ext import StrOrPromise

#: Lines of one part that are shown at most, the newest: a file is read by people.
MOST = 500

ICONS = {
    Part.REGISTRATION: "store",
    Part.POSTERS: "qr-code",
    Part.SIGNS: "activity",
    Part.REPORTS: "megaphone",
    Part.REFERRALS: "send",
    Part.INSPECTIONS: "clipboard-check",
    Part.SANCTIONS: "gavel",
    Part.APPEALS: "message-square",
    Part.TICKETS: "headset",
}


@dataclass(frozen=True)
class Entry:
    """Attributes:
    who: an officer's name, for officers only.
    href: where more is told, if this reader may go there.
    tone: of the timeline, good, caution or critical.
    """

    at: dt.datetime
    part: Part
    title: StrOrPromise
    text: StrOrPromise = ""
    who: str = ""
    href: str = ""
    tone: str = ""

    @property
    def part_name(self) -> StrOrPromise:
        name: StrOrPromise = PART_NAMES[self.part]
        return name

    @property
    def icon(self) -> str:
        return ICONS[self.part]
