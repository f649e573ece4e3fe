"""A turn of the exchange: cut what is new, hand it over, book what the receiver has committed, until nothing waits or time is up.

One process at a time and receiver. Batches are sent by a few threads while the next is cut; only the turn's own thread touches the
database. Whatever fails ends the turn; the next goes on from the receiver's own word.
"""

from __future__ import annotations

import logging
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from dauchan.exchange.national import streams
from dauchan.exchange.national.booking import acknowledge, book_contact, book_failure, finish_streams, measure
from dauchan.exchange.national.cutting import cut_keys, cut_next
from dauchan.exchange.national.errors import LinkFailed
from dauchan.exchange.national.link import Link
from dauchan.exchange.national.models import Batch, Purpose, SetAside, Stream
from dauchan.exchange.national.set_aside import settle
from dauchan.exchange.national.venues import cut_changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dauchan.exchange.national.agreement import Agreement
    from dauchan.exchange.national.link import BatchSaid
    from dauchan.exchange.national.models import Standing

log = logging.getLogger(__name__)
_LOCK = 725_301
#: Batches on their way at a time: one is sent and one taken in while the next is cut.
AT_ONCE = 3
VENUES_EVERY = 60.0
LONG = 3600.0
ASKED_EVERY = 600.0


@dataclass
class Turned:
    """What a turn did."""

    batches: int = 0
    records: int = 0
    failure: LinkFailed | None = None
    waits: bool = False


def turn(agreement: Agreement, seconds: float = 20.0) -> Turned | None:
    """None where another process has the turn. A failure is booked and told, not raised."""
    with alone(agreement.code) as ours:
        if not ours:
            return None
        now = timezone.now()
        standing = streams.make_ready(agreement, now)
        if standing.is_paused or (standing.retry_at and standing.retry_at > now):
            return Turned(waits=True)
        return _turned(agreement, standing, time.monotonic() + seconds)


def _turned(agreement: Agreement, standing: Standing, until: float) -> Turned:
    turned = Turned()
    try:
        known = known_receiver(agreement)
        Turn(known.working, known, turned, until).run()
        book_contact(standing)
    except LinkFailed as failure:
        log.warning("exchange with %s: %s: %s", agreement.code, failure.code, failure)
        forget_receiver(agreement.code)
        book_failure(standing, failure)
        turned.failure = failure
    finish_streams(agreement.code)
    measure(agreement, standing)
    return turned


@dataclass
class Known:
    """A receiver as this process knows it: connected, asked what it takes and how far it has come. Let go of at the first failure.

    Attributes:
        working: the agreement with batches no larger than the receiver takes.
    """

    agreement: Agreement
    link: Link
    version: int
    window: int
    since: float
    working: Agreement


_KNOWN: dict[str, Known] = {}


def known_receiver(agreement: Agreement) -> Known:
    """Asked anew every ten minutes, for it may have been renewed meanwhile. Raises: LinkFailed."""
    known = _KNOWN.get(agreement.code)
    if known and known.agreement == agreement and time.monotonic() - known.since < ASKED_EVERY:
        return known
    forget_receiver(agreement.code)
    link = Link(agreement)
    try:
        about = link.about()
        version = link.schema_of(about)
        streams.settle_schema(agreement, version)
        for stream in streams.open_streams(agreement):
            streams.resume(agreement, stream, link)
    except BaseException:
        link.close()
        raise
    window = max(1, min(AT_ONCE, about.window))
    working = replace(agreement, rows=max(1, min(agreement.rows, about.rows)))
    _KNOWN[agreement.code] = Known(agreement, link, version, window, time.monotonic(), working)
    return _KNOWN[agreement.code]


def forget_receiver(code: str) -> None:
    if known := _KNOWN.pop(code, None):
        known.link.close()


@dataclass
class Turn:
    """One turn under way."""

    agreement: Agreement
    known: Known
    turned: Turned
    until: float
    flying: dict[Future[BatchSaid], Batch] = field(default_factory=dict)

    def run(self) -> None:
        with ThreadPoolExecutor(self.known.window, "exchange") as threads:
            try:
                while self._fill(threads) or self.flying:
                    self._land()
            finally:
                for late in list(self.flying):
                    late.cancel()

    def _fill(self, threads: ThreadPoolExecutor) -> bool:
        """Send as much as may be on its way; whether anything is."""
        while len(self.flying) < self.known.window and time.monotonic() < self.until:
            batch = self._waiting() or self._cut()
            if batch is None:
                break
            Batch.objects.filter(pk=batch.pk).update(tries=batch.tries + 1)
            given = batch.stream.name, batch.number, bytes(batch.manifest), batch.signature, bytes(batch.payload or b"")
            self.flying[threads.submit(self.known.link.batch, *given)] = batch
        return bool(self.flying)

    def _land(self) -> None:
        done, _ = wait(self.flying, return_when=FIRST_COMPLETED)
        for future in done:
            batch = self.flying.pop(future)
            acknowledge(self.agreement, batch, future.result())
            self.turned.batches += 1
            self.turned.records += batch.count

    def _waiting(self) -> Batch | None:
        """Cut before and not acknowledged."""
        found = Batch.objects.filter(
            stream__receiver=self.agreement.code, stream__finished_at__isnull=True, acknowledged_at__isnull=True
        ).exclude(pk__in=[batch.pk for batch in self.flying.values()])
        return found.select_related("stream").order_by("stream", "number").first()

    def _cut(self) -> Batch | None:
        """Of the first stream that has something: venues before the visits to them, what is live before what is mended or late."""
        if self.agreement.sends("venues") and (batch := self._cut_venues()):
            return batch
        for stream in streams.open_streams(self.agreement):
            if stream.purpose == Purpose.MENDING or stream.kind == "venues" or stream.cut_all_at:
                continue
            if stream.purpose == Purpose.BACKFILL and (batch := self._cut_asked()):
                return batch
            if batch := cut_next(self.agreement, stream, self.known.version):
                return batch
        return self._cut_asked()

    def _cut_venues(self) -> Batch | None:
        stream = streams.venue_stream(self.agreement)
        now = time.time()
        if now - float(stream.place.get("looked_at", 0)) < VENUES_EVERY:
            return None
        batch = cut_changed(self.agreement, stream, self.known.version)
        if batch is None:
            Stream.objects.filter(pk=stream.pk).update(place={"looked_at": now})
        return batch

    def _cut_asked(self) -> Batch | None:
        """What was set aside and is to be tried again; settled until one of the ends sets it aside anew."""
        asked = SetAside.objects.filter(receiver=self.agreement.code, asked_at__isnull=False, settled_at__isnull=True)
        kind = asked.values_list("kind", flat=True).first()
        if kind is None or not self.agreement.sends(kind):
            return None
        keys = list(asked.filter(kind=kind).values_list("key", flat=True)[: self.agreement.rows])
        settle(self.agreement.code, kind, keys)
        if kind == "venues":
            stream = streams.venue_stream(self.agreement)
            return cut_changed(self.agreement, stream, self.known.version, [int(key) for key in keys])
        return cut_keys(self.agreement, streams.mending_stream(self.agreement, kind), self.known.version, keys)


def drained(agreement: Agreement) -> Known:
    """Hand over all that waits, as far as an hour goes. Inside `alone`. Raises: LinkFailed."""
    known = known_receiver(agreement)
    Turn(known.working, known, Turned(), time.monotonic() + LONG).run()
    finish_streams(agreement.code)
    return known


@contextmanager
def alone(code: str, patience: float = 0.0) -> Iterator[bool]:
    """Whether nobody else exchanges with this receiver, at the latest after so many seconds; held inside."""
    until = time.monotonic() + patience
    while not (ours := _locked(code)) and time.monotonic() < until:
        time.sleep(0.2)
    try:
        yield ours
    finally:
        if ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", [_LOCK, code])


def _locked(code: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [_LOCK, code])
        return bool(cursor.fetchone()[0])
