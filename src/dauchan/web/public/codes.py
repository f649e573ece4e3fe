"""From what was scanned, opened or typed to the venue it stands for, or the reason why not, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dauchan.qr import CodeRefusal, CodeRefused, make_venue_code
from dauchan.qr.venue_code import is_venue_code, is_venue_url
from dauchan.units.languages import reads_english
from dauchan.venues.models import Venue, VenueStatus
from dauchan.venues.queries import venue_behind
from dauchan.web.misses import Misses

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: Wrong typed codes an hour from one address. A typed code has 35 random bits, so nobody finds a door by trying, but a
#: whole market may stand behind one address of its network.
MOST_MISSES = 60
MISSES = Misses("code-misses", MOST_MISSES)

#: Eight characters with dashes, spaces or one too many: somebody typed the code below the QR.
LONGEST_TYPED = 14

#: Statuses of venues whose door is checked in at; a suspended or closed one with words that say so.
AT_THE_DOOR = frozenset({VenueStatus.APPROVED, VenueStatus.SUSPENDED, VenueStatus.CLOSED})


@dataclass(frozen=True)
class Scan:
    """A genuine code and what it stands for.

    Attributes:
        code: the signed code, also where a short one was typed: what the door wants to see.
        is_outdated: a newer poster has been issued since.
    """

    venue: Venue
    poster_version: int
    code: str
    is_outdated: bool


class ScanRefused(Exception):
    """The code leads to no door. `reason` is from a closed list: CodeRefusal, or one of the three below."""

    def __init__(self, reason: str, sentence: StrOrPromise) -> None:
        super().__init__(reason)
        self.reason = reason
        self.sentence = sentence

    @property
    def attempt(self) -> str:
        """What the ledger calls this failed scan (`AttemptReason` in small letters); empty for a slip in typing."""
        return ATTEMPTS.get(self.reason, "")


ATTEMPTS = {
    CodeRefusal.NOT_OURS: "foreign",
    CodeRefusal.MALFORMED: "foreign",
    CodeRefusal.WRONG_KIND: "foreign",
    CodeRefusal.BAD_SIGNATURE: "forged",
    CodeRefusal.UNKNOWN_KEY: "outdated",
    "venue_unknown": "venue_unknown",
    "venue_not_open": "venue_not_open",
}
VENUE_UNKNOWN = ("venue_unknown", _("Mã đúng dạng nhưng không còn địa điểm nào dùng mã này."))
VENUE_NOT_OPEN = ("venue_not_open", _("Địa điểm này chưa được duyệt nên chưa ghi nhận được lượt vào."))
TOO_MANY_MISSES = ("too_many", _("Đã thử quá nhiều mã sai từ mạng này. Hãy thử lại sau một giờ."))


def read_scan(text: str, address: str) -> Scan:
    """The venue behind *text*: a poster's address, its code, or the eight characters printed below it.

    Args:
        text: as scanned, opened or typed.
        address: who asks; wrong typed codes are counted per address.

    Raises:
        ScanRefused: with the reason and a sentence in the language of the interface.
    """
    is_typed = not is_venue_code(text.strip()) and not is_venue_url(text)
    if is_typed and MISSES.are_too_many(address):
        raise ScanRefused(*TOO_MANY_MISSES)
    try:
        venue, version = venue_behind(text)
    except CodeRefused as refused:
        raise _refusal(text, refused.reason) from None
    except Venue.DoesNotExist:
        if is_typed:
            MISSES.count(address)
        raise ScanRefused(*VENUE_UNKNOWN) from None
    if venue.status not in AT_THE_DOOR:
        raise ScanRefused(*VENUE_NOT_OPEN)
    code = make_venue_code(venue.pk, version, settings.VENUE_CODE_KEYS)
    is_outdated = not venue.posters.filter(version=version, withdrawn_at=None).exists()
    return Scan(venue, version, code, is_outdated)


def _refusal(text: str, reason: CodeRefusal) -> ScanRefused:
    if reason is CodeRefusal.MALFORMED and len(text) <= LONGEST_TYPED:
        reason = CodeRefusal.MISTYPED
    is_english = reads_english()
    return ScanRefused(reason.value, reason.sentence_en if is_english else reason.sentence_vi)
