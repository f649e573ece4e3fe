"""One message or one moment of a call: read, recorded, answered. The same message again gets the first answer again.

The caller is whoever the network says, which can be forged: a check-in is a claim (`Assurance.CLAIMED`), and a call or
message ends only what a claim began.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction

from dauchan.people.actions import has_withdrawn, note_line_use, person_with_claimed_phone, person_with_phone
from dauchan.people.encryption import keyed_hash
from dauchan.qr import CodeRefused, read_short_code
from dauchan.venues.line_codes import venue_with_line_code
from dauchan.venues.models import Poster, Venue, VenueStatus
from dauchan.visits import rules
from dauchan.visits.console_scans import FailedScan, PageScan, record_check_in, record_check_out, record_failed_scan
from dauchan.visits.models import Visit
from dauchan.visits.registry import Assurance, AttemptReason, Label, Source
from dauchan.web.phone_line.asked import Asked, Wish
from dauchan.web.phone_line.words import Outcome, Told

if TYPE_CHECKING:
    from dauchan.people.models import Person

TOLERATED_SKEW = dt.timedelta(seconds=rules.TOLERATED_SKEW_SECONDS)
ONLINE = dt.timedelta(seconds=rules.ONLINE_SECONDS)
LATE = dt.timedelta(seconds=rules.LATE_SECONDS)
#: A visit that began earlier is ended by nobody any more.
MAY_LEAVE_WITHIN = dt.timedelta(days=1)

RECORDED = {
    VenueStatus.APPROVED: Outcome.RECORDED,
    VenueStatus.SUSPENDED: Outcome.RECORDED_SUSPENDED,
    VenueStatus.CLOSED: Outcome.RECORDED_CLOSED,
}
#: Why the ledger keeps an attempt; other outcomes are no failed scans.
ATTEMPTS = {
    Outcome.MISTYPED: AttemptReason.UNREADABLE,
    Outcome.VENUE_UNKNOWN: AttemptReason.VENUE_UNKNOWN,
    Outcome.VENUE_NOT_OPEN: AttemptReason.VENUE_NOT_OPEN,
    Outcome.TOO_OLD: AttemptReason.TOO_OLD,
    Outcome.NOT_INSIDE: AttemptReason.NOT_INSIDE,
}


@dataclass(frozen=True)
class Incoming:
    """A message or pressed keys, as the gateway handed them over.

    Attributes:
        phone: E.164.
        sent_at: when the network took it; `now`: when it came here.
    """

    message_id: str
    phone: str
    source: Source
    asked: Asked
    sent_at: dt.datetime
    now: dt.datetime

    @property
    def at(self) -> dt.datetime:
        """When it counts; the future is never believed."""
        return min(self.sent_at, self.now)

    @property
    def is_too_old(self) -> bool:
        return self.now - self.at > dt.timedelta(days=rules.RETENTION_DAYS)

    @property
    def scan_id(self) -> uuid.UUID:
        """A UUIDv7 that follows from the message, so that the ledger knows a repetition by itself."""
        at = self.now if self.is_too_old else self.sent_at
        mixed = int.from_bytes(keyed_hash(self.message_id, "phone-line-scan")[:10], "big")
        version, variant = 7 << 76, 2 << 62
        low, high = mixed & (1 << 62) - 1, (mixed >> 68) << 64
        return uuid.UUID(int=(int(at.timestamp() * 1000) << 80) | version | high | variant | low)

    @property
    def labels(self) -> Label:
        waited = self.now - self.sent_at
        if waited < -TOLERATED_SKEW:
            return Label.CLOCK_SKEW | Label.CLAMPED
        offline = Label.OFFLINE if waited > ONLINE else Label(0)
        return offline | Label.LATE if waited > LATE else offline


class LineRefused(Exception):
    """Nothing was recorded; `venue_id` where the code named a venue."""

    def __init__(self, outcome: Outcome, venue_id: int | None = None) -> None:
        super().__init__(outcome.value)
        self.outcome = outcome
        self.venue_id = venue_id


def judge(message: Incoming) -> tuple[Outcome, Told]:
    """Do what is asked; returns what came of it and what the answer speaks of."""
    told = Told(by_call=message.source is Source.CALL, language=message.asked.language)
    plain = {Wish.HELP: Outcome.HELP, Wish.BEGIN: Outcome.GREETING, Wish.UNCLEAR: Outcome.UNCLEAR}
    if message.asked.wish in plain:
        return plain[message.asked.wish], told
    try:
        with transaction.atomic():
            return _enter(message, told) if message.asked.wish is Wish.ENTER else _leave(message, told)
    except LineRefused as refused:
        _keep_attempt(message, refused)
        return refused.outcome, told


def _enter(message: Incoming, told: Told) -> tuple[Outcome, Told]:
    venue, version = _venue_behind(message.asked.code)
    if venue.status not in RECORDED:
        raise LineRefused(Outcome.VENUE_NOT_OPEN, venue.pk)
    if message.is_too_old:
        raise LineRefused(Outcome.TOO_OLD, venue.pk)
    person = person_with_claimed_phone(message.phone)
    if has_withdrawn(person):
        raise LineRefused(Outcome.CONSENT_WITHDRAWN)
    is_first = note_line_use(person, message.asked.language)
    if record_check_in(_scan(message, person, venue, version)) is not None:
        raise LineRefused(Outcome.VENUE_NOT_OPEN, venue.pk)
    told = replace(told, place=_said_name(venue), at=message.at, party=message.asked.party, is_first=is_first)
    return RECORDED[VenueStatus(venue.status)], told


def _scan(message: Incoming, person: Person, venue: Venue, version: int) -> PageScan:
    return PageScan(
        message.scan_id,
        person.pk,
        venue.pk,
        version,
        message.at,
        message.source,
        message.asked.party,
        Assurance.CLAIMED,
        message.sent_at,
        message.labels,
    )


def _leave(message: Incoming, told: Told) -> tuple[Outcome, Told]:
    person = person_with_phone(message.phone)
    inside = _visit_begun_by_claim(person, message.at) if person else None
    if person is None or inside is None:
        raise LineRefused(Outcome.NOT_INSIDE)
    if not record_check_out(message.scan_id, inside.check_in_id, person.pk, message.at):
        raise LineRefused(Outcome.NOT_INSIDE, inside.venue_id)
    return Outcome.LEFT, replace(told, place=_said_name(inside.venue), at=message.at)


def _visit_begun_by_claim(person: Person, at: dt.datetime) -> Visit | None:
    """The last visit, if it began with no more proof than a caller's number and nobody has ended it."""
    begun = Visit.objects.filter(person_id=person.pk, entered_at__gt=at - MAY_LEAVE_WITHIN, entered_at__lte=at)
    last = begun.select_related("venue__category").order_by("-entered_at").first()
    return last if last and last.left_at is None and last.assurance == Assurance.CLAIMED else None


def _venue_behind(code: str) -> tuple[Venue, int]:
    """The venue and the issue of its poster, by the letters below the QR or by the digits of the line."""
    short = _short_code(code)
    known = Poster.objects.select_related("venue__unit", "venue__category")
    poster = known.filter(short_code=short).first() if short else None
    if poster is not None:
        return poster.venue, poster.version
    try:
        venue = venue_with_line_code(code)
    except CodeRefused:
        raise LineRefused(Outcome.VENUE_UNKNOWN if short else Outcome.MISTYPED) from None
    except Venue.DoesNotExist:
        raise LineRefused(Outcome.VENUE_UNKNOWN) from None
    current = venue.posters.filter(withdrawn_at=None).values_list("version", flat=True).first()
    return venue, current or 0


def _short_code(code: str) -> str | None:
    try:
        return read_short_code(code)
    except CodeRefused:
        return None


def _said_name(venue: Venue) -> str:
    """A shelter's name does not belong into a message that anybody who finds the phone can read."""
    return "" if venue.is_sensitive else venue.name


def _keep_attempt(message: Incoming, refused: LineRefused) -> None:
    reason = ATTEMPTS.get(refused.outcome)
    if reason is None:
        return
    known = person_with_phone(message.phone)
    at = message.now if message.is_too_old else message.at
    attempt = FailedScan(message.scan_id, at, message.source, reason, known.pk if known else None, refused.venue_id)
    record_failed_scan(attempt)
