"""Cutting batches: the next records of a stream become a numbered, signed batch in the same transaction that moves the stream's place on.

So whatever is killed, a record is in a batch or the place still lies before it: nothing is passed over, nothing is numbered twice.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction
from django.db.models import Max

from dauchan.exchange.contract.checks import faults_of, without
from dauchan.exchange.contract.manifest import Manifest, sha256, signed, written
from dauchan.exchange.contract.payloads import packed
from dauchan.exchange.contract.schema import KINDS, WITHDRAWN
from dauchan.exchange.national.models import Batch, Purpose, Stream
from dauchan.exchange.national.places import DayPlace, LivePlace, name_keys
from dauchan.exchange.national.set_aside import note_here
from dauchan.exchange.national.source import database_now, read_wanted, table_of
from dauchan.visits.partitions import ONE_DAY, midnight

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dauchan.exchange.national.agreement import Agreement

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def cut_next(agreement: Agreement, stream: Stream, version: int) -> Batch | None:
    """The next batch of a live stream or a backfill; None where there is nothing more now."""
    while True:
        with transaction.atomic():
            stream = Stream.objects.select_for_update().get(pk=stream.pk)
            before = stream.place
            cut_at = database_now()
            table = _page(agreement, stream, version)
            sound = _checked(agreement, stream.kind, table, cut_at) if table is not None else None
            if sound is not None and sound.num_rows:
                span = (_place_text(before), _place_text(stream.place))
                return _numbered(agreement, stream, sound, stream.kind, version, cut_at, span)
            stream.save(update_fields=["place", "cut_all_at"])
        if table is None:
            return None


def cut_keys(agreement: Agreement, stream: Stream, version: int, keys: list[str]) -> Batch | None:
    """The records of some keys, to replace what the receiver has; None where the ledger has none of them."""
    with transaction.atomic():
        stream = Stream.objects.select_for_update().get(pk=stream.pk)
        cut_at = _after_all(agreement)
        name_keys(keys)
        table = _checked(agreement, stream.kind, read_wanted(agreement, stream.kind, version), cut_at)
        if not table.num_rows:
            return None
        return _numbered(agreement, stream, table, stream.kind, version, cut_at, ("", ""))


def cut_rows(agreement: Agreement, stream: Stream, version: int, rows: list[Mapping[str, object]]) -> Batch | None:
    """Records in hand: venues. In the caller's transaction."""
    stream = Stream.objects.select_for_update().get(pk=stream.pk)
    cut_at = database_now()
    table = _checked(agreement, stream.kind, table_of(rows, stream.kind, version), cut_at)
    return _numbered(agreement, stream, table, stream.kind, version, cut_at, ("", "")) if table.num_rows else None


def cut_withdrawals(agreement: Agreement, stream: Stream, version: int, keys: list[bytes] | list[int]) -> Batch:
    """Keys of records that the ledger does not have."""
    kind = KINDS[stream.kind]
    with transaction.atomic():
        stream = Stream.objects.select_for_update().get(pk=stream.pk)
        table = pa.table([pa.array(keys, kind.arrow(version).field(kind.key).type)], [kind.key])
        return _numbered(agreement, stream, table, f"{kind.name}{WITHDRAWN}", version, _after_all(agreement), ("", ""))


def _after_all(agreement: Agreement) -> dt.datetime:
    """Now, and not before what was cut while this end's clock was ahead: the receiver lets nothing older replace what it has."""
    latest: dt.datetime | None = Batch.objects.filter(stream__receiver=agreement.code).aggregate(at=Max("cut_at"))["at"]
    now = database_now()
    return now if latest is None else max(now, latest)


def _page(agreement: Agreement, stream: Stream, version: int) -> pa.Table | None:
    """The records of the next page, with the stream's place moved behind it."""
    place: LivePlace | DayPlace
    if stream.purpose == Purpose.LIVE:
        place, found = LivePlace(**stream.place).next_page(stream.kind, agreement.rows)
    else:
        if stream.day is None:
            raise ValueError("a backfill has a day")
        place, found = DayPlace(**stream.place).next_page(stream.kind, agreement.rows, stream.day)
        if not found:
            stream.cut_all_at = database_now()
    stream.place = place.written()
    return read_wanted(agreement, stream.kind, version) if found else None


def _checked(agreement: Agreement, kind: str, table: pa.Table, now: dt.datetime) -> pa.Table:
    """Without what no receiver could take; that is set aside here with its reason."""
    about = KINDS[kind]
    if about.day:
        table = _within(agreement, table, about.day)
    faults = faults_of(about, table, now)
    note_here(agreement.code, kind, table, faults)
    return without(table, faults)


def _within(agreement: Agreement, table: pa.Table, day: str) -> pa.Table:
    """What the agreement's days hold; what lies outside is nobody's business there."""
    kept = pc.greater_equal(table.column(day), pa.scalar(midnight(agreement.first_on), table.schema.field(day).type))
    if agreement.last_on:
        end = pa.scalar(midnight(agreement.last_on + ONE_DAY), table.schema.field(day).type)
        kept = pc.and_(kept, pc.less(table.column(day), end))
    return table if pc.all(kept).as_py() is not False else table.filter(kept)


def _numbered(
    agreement: Agreement,
    stream: Stream,
    table: pa.Table,
    kind: str,
    version: int,
    cut_at: dt.datetime,
    span: tuple[str, str],
) -> Batch:
    payload = packed(table, agreement.encoding, agreement.compression, agreement.renamed(stream.kind))
    manifest = Manifest(
        source=agreement.source,
        stream=stream.name,
        number=stream.number + 1,
        kind=kind,
        schema=version,
        encoding=agreement.encoding,
        compression=agreement.compression,
        count=table.num_rows,
        first=span[0],
        last=span[1],
        payload=sha256(payload),
        bytes=len(payload),
        previous=stream.digest,
        cut_at=(cut_at - _EPOCH) // dt.timedelta(microseconds=1),
        mending=stream.purpose == Purpose.MENDING,
    )
    raw = written(manifest)
    stream.number, stream.digest, stream.finished_at = manifest.number, sha256(raw), None
    stream.save(update_fields=["place", "number", "digest", "cut_all_at", "finished_at"])
    return Batch.objects.create(
        stream=stream,
        number=manifest.number,
        kind=kind,
        manifest=raw,
        signature=signed(raw, agreement.signing_key, agreement.signing_seed),
        payload=payload,
        count=table.num_rows,
        size=len(payload),
        cut_at=cut_at,
        newest_at=_newest(table),
    )


def _newest(table: pa.Table) -> dt.datetime | None:
    """When the youngest of its records was received: what lies before that has been handed over."""
    if "received_at" not in table.column_names:
        return None
    newest: dt.datetime | None = pc.max(table.column("received_at")).as_py()
    return newest


def _place_text(place: Mapping[str, object]) -> str:
    return " ".join(
        f"{name}={value}" for name, value in sorted(place.items()) if name in {"seen", "at", "after", "until"}
    )
