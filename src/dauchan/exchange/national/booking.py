"""What is written down of a turn: what the receiver has committed, what it set aside, how the link stands, how much waits."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from dauchan.exchange.contract.manifest import sha256
from dauchan.exchange.contract.schema import KINDS
from dauchan.exchange.national.errors import Nonsense
from dauchan.exchange.national.models import Batch, Purpose, Standing, Stream
from dauchan.exchange.national.places import LivePlace
from dauchan.exchange.national.set_aside import note_there

if TYPE_CHECKING:
    from dauchan.exchange.national.agreement import Agreement
    from dauchan.exchange.national.errors import LinkFailed
    from dauchan.exchange.national.link import BatchSaid

_LONGEST_PAUSE = 300.0
#: Counting what waits reads it.
MEASURE_EVERY = dt.timedelta(seconds=20)
#: A batch is kept so long after the receiver has it, should the receiver be restored from a backup.
KEPT = dt.timedelta(days=1)


@transaction.atomic
def acknowledge(agreement: Agreement, batch: Batch, said: BatchSaid) -> None:
    """The receiver has committed it. Raises: Nonsense where its answer does not say just that."""
    counted = said.taken + said.repeated + len(said.set_aside)
    if said.number != batch.number or said.count != batch.count or counted != batch.count:
        raise Nonsense(f"batch {batch.number} of {batch.count}: answered for {said.number} with {counted}")
    if said.digest != sha256(bytes(batch.manifest)):
        raise Nonsense(f"batch {batch.number}: another digest")
    Batch.objects.filter(pk=batch.pk).update(
        acknowledged_at=timezone.now(), taken=said.taken, repeated=said.repeated, set_aside=len(said.set_aside)
    )
    first_open = batch.stream.batches.filter(acknowledged_at__isnull=True).order_by("number").first()
    last = first_open.number - 1 if first_open else Stream.objects.get(pk=batch.stream_id).number
    Stream.objects.filter(pk=batch.stream_id).update(acknowledged=last)
    kind = next(name for name in KINDS if batch.kind.startswith(name))
    note_there(agreement.code, kind, [{"key": each.key, "reason": each.reason} for each in said.set_aside])


def finish_streams(receiver: str) -> None:
    """Backfills of which all is cut and all is there."""
    found = Stream.objects.filter(
        receiver=receiver, purpose=Purpose.BACKFILL, finished_at__isnull=True, cut_all_at__isnull=False
    )
    found.filter(acknowledged=F("number")).update(finished_at=timezone.now())


def book_contact(standing: Standing) -> None:
    Standing.objects.filter(pk=standing.pk).update(
        contacted_at=timezone.now(), failing_since=None, failures=0, failure="", failure_detail="", retry_at=None
    )


def book_failure(standing: Standing, failure: LinkFailed) -> None:
    """The next try is put off, longer each time, or as long as the receiver asked."""
    now = timezone.now()
    standing.refresh_from_db()
    pause = failure.retry_after if failure.retry_after is not None else min(_LONGEST_PAUSE, 2.0**standing.failures)
    Standing.objects.filter(pk=standing.pk).update(
        failing_since=standing.failing_since or now,
        failures=F("failures") + 1,
        failure=failure.code,
        failure_detail=str(failure)[:300],
        retry_at=now + dt.timedelta(seconds=pause),
    )


def measure(agreement: Agreement, standing: Standing) -> None:
    """How much the live streams have not handed over, and since when it waits."""
    now = timezone.now()
    standing.refresh_from_db()
    if standing.measured_at and now - standing.measured_at < MEASURE_EVERY and not standing.failing_since:
        return
    backlog, oldest = 0, None
    live = Stream.objects.filter(receiver=agreement.code, purpose=Purpose.LIVE, finished_at__isnull=True)
    for stream in live.exclude(kind="venues"):
        count, since = LivePlace(**stream.place).waiting(stream.kind)
        backlog += count
        oldest = min((each for each in (oldest, since) if each), default=None)
    on_way = Batch.objects.filter(stream__in=live, acknowledged_at__isnull=True)
    backlog += on_way.aggregate(records=Sum("count"))["records"] or 0
    first = on_way.order_by("cut_at").values_list("cut_at", flat=True).first()
    oldest = min((each for each in (oldest, first) if each), default=None)
    Standing.objects.filter(pk=standing.pk).update(backlog=backlog, oldest_at=oldest, measured_at=now)


def drop_old_payloads(now: dt.datetime) -> int:
    """Batches that the receiver has had for long; the books of numbers and digests stay."""
    return Batch.objects.filter(acknowledged_at__lt=now - KEPT, payload__isnull=False).update(payload=None)
