"""Records that one end could not take: noted with their reason, shown to the monitor, sent again when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pyarrow as pa
from django.db import connection
from django.utils import timezone

from dauchan.exchange.contract.schema import KINDS
from dauchan.exchange.national.models import End, SetAside

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping


def note_here(receiver: str, kind: str, table: pa.Table, faults: Mapping[int, str]) -> None:
    """What this end does not send."""
    if not faults:
        return
    rows = table.take(pa.array(list(faults), pa.int64())).to_pylist()
    _note(
        receiver,
        End.HERE,
        kind,
        [
            (text_of(row[KINDS[kind].key]), reason, row.get("venue_id"))
            for row, reason in zip(rows, faults.values(), strict=True)
        ],
    )


def note_there(receiver: str, kind: str, told: Iterable[Mapping[str, str]]) -> None:
    """What the receiver did not take, in its own words."""
    found = [(str(each["key"])[:60], str(each["reason"])[:120]) for each in told]
    if found:
        venues = _venues_of(kind, [key for key, _reason in found])
        _note(receiver, End.THERE, kind, [(key, reason, venues.get(key)) for key, reason in found])


def ask_again(receiver: str, chosen: Iterable[int] | None = None) -> int:
    """Marks open records to be sent again, all or some; how many."""
    found = SetAside.objects.filter(receiver=receiver, settled_at__isnull=True, asked_at__isnull=True)
    if chosen is not None:
        found = found.filter(pk__in=list(chosen))
    return found.update(asked_at=timezone.now())


def settle(receiver: str, kind: str, keys: Iterable[str]) -> None:
    """They have arrived, or the ledger has them no more."""
    SetAside.objects.filter(receiver=receiver, kind=kind, key__in=list(keys), settled_at__isnull=True).update(
        settled_at=timezone.now(), asked_at=None
    )


def text_of(key: object) -> str:
    return str(UUID(bytes=key)) if isinstance(key, bytes) else str(key)


def _note(receiver: str, end: str, kind: str, rows: list[tuple[str, str, int | None]]) -> None:
    """Noted once however often it fails."""
    now: dt.datetime = timezone.now()
    with connection.cursor() as cursor:
        cursor.executemany(
            'INSERT INTO national_setaside (receiver, "end", kind, key, reason, venue_id, noted_at, tries)'
            " VALUES (%s, %s, %s, %s, %s, %s, %s, 1) ON CONFLICT (receiver, kind, key) DO UPDATE SET"
            ' "end" = excluded."end", reason = excluded.reason, tries = national_setaside.tries + 1,'
            " settled_at = NULL, asked_at = NULL",
            [[receiver, end, kind, key, reason, venue, now] for key, reason, venue in rows],
        )


def _venues_of(kind: str, keys: list[str]) -> dict[str, int]:
    """So that a unit's page can show its own."""
    if kind == "venues":
        return {key: int(key) for key in keys if key.isdecimal()}
    table, key_name = ("check_in", "check_in_id") if kind == "visits" else ("scan_attempt", "attempt_id")
    known = [key for key in keys if _is_uuid(key)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key_name}::text, venue_id FROM {table} WHERE {key_name} = ANY(%s::uuid[])",  # noqa: S608 - our own words
            [known],
        )
        return dict(cursor.fetchall())


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
