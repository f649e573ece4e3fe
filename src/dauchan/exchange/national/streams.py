"""The streams of a receiver: made when an agreement begins, and made anew where the two ends' books do not continue each other.

Beginning anew sends the kept days once more: whatever the receiver has already it recognises.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from dauchan.exchange.contract.manifest import GENESIS, sha256
from dauchan.exchange.contract.schema import KINDS
from dauchan.exchange.national.errors import NotAgreed
from dauchan.exchange.national.models import Batch, Purpose, SentVenue, Standing, Stream, VenueDigest
from dauchan.exchange.national.places import DayPlace, LivePlace
from dauchan.exchange.national.source import sql
from dauchan.visits.partitions import ONE_DAY, midnight
from dauchan.visits.retention import kept_days

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dauchan.exchange.national.agreement import Agreement
    from dauchan.exchange.national.link import Link

log = logging.getLogger(__name__)


def standing_of(agreement: Agreement) -> Standing:
    return Standing.objects.get_or_create(receiver=agreement.code)[0]


@transaction.atomic
def settle_schema(agreement: Agreement, version: int) -> None:
    """Where the receiver has been renewed, the kept days are sent once more with the fields that it knows now; digests are of a version."""
    standing = Standing.objects.select_for_update().get(receiver=agreement.code)
    if standing.schema == version:
        return
    if standing.schema is not None:
        log.info("%s takes version %s of the fields now: the kept days are sent", agreement.code, version)
        backfill(agreement, agreed_days(agreement, timezone.now()))
        SentVenue.objects.filter(receiver=agreement.code).update(content=b"")
        Stream.objects.filter(receiver=agreement.code, kind="venues", purpose=Purpose.LIVE).update(place={})
    VenueDigest.objects.filter(receiver=agreement.code).delete()
    standing.schema, standing.seen = version, ""
    standing.save(update_fields=["schema", "seen"])


def open_streams(agreement: Agreement) -> list[Stream]:
    """Those that may have something to send, live ones first, then what mends, then the youngest day."""
    order = {Purpose.LIVE: 0, Purpose.MENDING: 1, Purpose.BACKFILL: 2}
    found = Stream.objects.filter(receiver=agreement.code, finished_at__isnull=True)
    youngest = dt.date.max
    return sorted(found, key=lambda one: (order[Purpose(one.purpose)], youngest - (one.day or youngest), one.pk))


@transaction.atomic
def make_ready(agreement: Agreement, now: dt.datetime) -> Standing:
    """Streams and backfills of a new agreement, of other terms, of a database that was restored elsewhere."""
    Standing.objects.get_or_create(receiver=agreement.code)
    standing = Standing.objects.select_for_update().get(receiver=agreement.code)
    home = _home()
    if (standing.terms, standing.home) == (agreement.terms, home):
        return standing
    log.info("the exchange with %s begins%s: the kept days are sent", agreement.code, " anew" if standing.terms else "")
    begin_anew(agreement, Stream.objects.filter(receiver=agreement.code, purpose=Purpose.LIVE))
    VenueDigest.objects.filter(receiver=agreement.code).delete()
    standing.terms, standing.home, standing.seen = agreement.terms, home, ""
    standing.save(update_fields=["terms", "home", "seen"])
    for kind in agreement.fields:
        if KINDS[kind].day:
            _new(agreement, kind, Purpose.LIVE, LivePlace.now().written())
    backfill(agreement, agreed_days(agreement, now))
    return standing


def begin_anew(agreement: Agreement, streams: Iterable[Stream]) -> None:
    """Ends streams, whatever was on its way in them."""
    ended = [stream.pk for stream in streams]
    Batch.objects.filter(stream__in=ended, acknowledged_at__isnull=True).delete()
    Stream.objects.filter(pk__in=ended, receiver=agreement.code).update(finished_at=timezone.now())


def agreed_days(agreement: Agreement, now: dt.datetime) -> list[dt.date]:
    """The days that the ledger keeps and the agreement names."""
    last = agreement.last_on or dt.date.max
    return [day for day in kept_days(now) if agreement.first_on <= day <= last]


def backfill(agreement: Agreement, days: Iterable[dt.date]) -> list[Stream]:
    """Streams for some days, beside the live ones and after them. Raises: NotAgreed."""
    chosen = list(days)
    if set(chosen) - set(agreed_days(agreement, timezone.now())):
        raise NotAgreed
    return [
        _new(agreement, kind, Purpose.BACKFILL, DayPlace().written(), day)
        for day in chosen
        for kind in agreement.fields
        if KINDS[kind].day and not _under_way(agreement, kind, day)
    ]


def mending_stream(agreement: Agreement, kind: str) -> Stream:
    found = Stream.objects.filter(
        receiver=agreement.code, kind=kind, purpose=Purpose.MENDING, finished_at__isnull=True
    ).first()
    return found or _new(agreement, kind, Purpose.MENDING, {})


def venue_stream(agreement: Agreement) -> Stream:
    found = Stream.objects.filter(
        receiver=agreement.code, kind="venues", purpose=Purpose.LIVE, finished_at__isnull=True
    ).first()
    return found or _new(agreement, "venues", Purpose.LIVE, {})


def resume(agreement: Agreement, stream: Stream, link: Link) -> bool:
    """Go on from the receiver's own word; False where the books do not continue each other and the stream was ended."""
    if not stream.number:
        return True
    said = link.stream(stream.name)
    if said.last > stream.number or not _same_chain(stream, said.last, said.digest) or not _has_rest(stream, said.last):
        log.warning("%s: the receiver is at %s, we are at %s; it begins anew", stream.name, said.last, stream.number)
        _replace(agreement, stream)
        return False
    now = timezone.now()
    there = stream.batches.filter(number__lte=said.last) | stream.batches.filter(number__in=said.ahead)
    there.filter(acknowledged_at__isnull=True).update(acknowledged_at=now)
    stream.batches.filter(number__gt=said.last).exclude(number__in=said.ahead).update(acknowledged_at=None)
    Stream.objects.filter(pk=stream.pk).update(acknowledged=said.last)
    return True


def _same_chain(stream: Stream, last: int, digest: str) -> bool:
    if not last:
        return digest == GENESIS
    own = stream.batches.filter(number=last).values_list("manifest", flat=True).first()
    return own is None or sha256(bytes(own)) == digest


def _has_rest(stream: Stream, last: int) -> bool:
    """Whether everything after *last* can still be sent as it was."""
    return stream.batches.filter(number__gt=last, payload__isnull=False).count() == stream.number - last


def _replace(agreement: Agreement, stream: Stream) -> None:
    with transaction.atomic():
        purpose = stream.purpose
        begin_anew(agreement, [stream])
        if purpose == Purpose.BACKFILL and stream.day:
            _new(agreement, stream.kind, Purpose.BACKFILL, DayPlace().written(), stream.day)
        elif purpose == Purpose.LIVE and KINDS[stream.kind].day:
            _new(agreement, stream.kind, Purpose.LIVE, LivePlace.now().written())
            backfill(agreement, agreed_days(agreement, timezone.now()))
        elif stream.kind == "venues":
            SentVenue.objects.filter(receiver=agreement.code).update(content=b"")
        Standing.objects.filter(receiver=agreement.code).update(compare_asked_at=timezone.now())


def _under_way(agreement: Agreement, kind: str, day: dt.date) -> bool:
    return Stream.objects.filter(
        receiver=agreement.code, kind=kind, day=day, purpose=Purpose.BACKFILL, finished_at__isnull=True
    ).exists()


def _new(
    agreement: Agreement, kind: str, purpose: Purpose, place: dict[str, object], day: dt.date | None = None
) -> Stream:
    """Its name has never been used with this receiver."""
    base = f"{kind}.{day:%Y-%m-%d}" if day else kind if purpose == Purpose.LIVE else f"{kind}.mending"
    taken = Stream.objects.filter(receiver=agreement.code, name__startswith=base).values_list("name", flat=True)
    name = next(n for n in (base, *(f"{base}.{number}" for number in range(2, 100_000))) if n not in set(taken))
    total = _count(kind, day) if day else 0
    return Stream.objects.create(
        receiver=agreement.code,
        name=name,
        kind=kind,
        purpose=purpose,
        day=day,
        place=place,
        digest=GENESIS,
        total=total,
    )


def _count(kind: str, day: dt.date) -> int:
    with connection.cursor() as cursor:
        given = {"start": midnight(day), "finish": midnight(day + ONE_DAY)}
        cursor.execute(f"SELECT count(*) FROM ({sql(f'scans_of_day_{kind}')}) AS s", given)  # noqa: S608 - our own words
        return int(cursor.fetchone()[0])


def _home() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_here()")
        return str(cursor.fetchone()[0])
