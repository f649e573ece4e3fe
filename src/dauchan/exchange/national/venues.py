"""Venues: those that changed since they were last sent, by comparing what would be sent with what was."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from dauchan.exchange.contract.schema import KINDS
from dauchan.exchange.national.cutting import cut_rows
from dauchan.exchange.national.models import SentVenue, Stream
from dauchan.exchange.national.source import sql

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dauchan.exchange.national.agreement import Agreement
    from dauchan.exchange.national.models import Batch

Row = dict[str, Any]


@transaction.atomic
def cut_changed(agreement: Agreement, stream: Stream, version: int, again: Iterable[int] = ()) -> Batch | None:
    """A batch of venues that are others than when they were sent, and of those that must be sent *again*; None where there are none."""
    stream = Stream.objects.select_for_update().get(pk=stream.pk)
    sent = {each.venue_id: each for each in SentVenue.objects.filter(receiver=agreement.code)}
    forced = set(again)
    changed: list[tuple[Row, bytes]] = []
    for row in venues_now(agreement):
        content, before = content_of(row), sent.get(row["venue_id"])
        if before is None or bytes(before.content) != content or row["venue_id"] in forced:
            changed.append((row | {"revision": (before.revision if before else 0) + 1}, content))
        if len(changed) == agreement.rows:
            break
    if not changed:
        return None
    SentVenue.objects.bulk_create(
        [
            SentVenue(receiver=agreement.code, venue_id=row["venue_id"], revision=row["revision"], content=content)
            for row, content in changed
        ],
        update_conflicts=True,
        update_fields=["revision", "content"],
        unique_fields=["receiver", "venue_id"],
        batch_size=2000,
    )
    return cut_rows(agreement, stream, version, [row for row, _content in changed])


def venues_now(agreement: Agreement) -> list[Row]:
    """As they would be sent, without their revision."""
    with connection.cursor() as cursor:
        cursor.execute(sql("venues"))
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    dropped = [f.name for f in KINDS["venues"].fields if f.name in names and not agreement.names("venues", f.name)]
    return [row | dict.fromkeys(dropped) for row in rows]


def content_of(row: Row) -> bytes:
    return hashlib.sha256(json.dumps(row, default=str, sort_keys=True).encode()).digest()
