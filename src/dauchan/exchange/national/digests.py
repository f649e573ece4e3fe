"""This end's counts and digests, by venue and day, kept with the snapshot up to which they are right.

Computing them of a full day takes a minute; what landed since a snapshot is known by its transaction, so each night only the
venues with late records are computed anew. Whoever mistrusts that asks for all of it afresh.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from dauchan.exchange.contract.digests import wrapped
from dauchan.exchange.contract.schema import KINDS
from dauchan.exchange.national.models import Standing, VenueDigest
from dauchan.exchange.national.places import lower
from dauchan.exchange.national.source import OF_DAY, digest, records, sql
from dauchan.visits.partitions import ONE_DAY, midnight
from dauchan.visits.segments.late import current_snapshot
from dauchan.visits.segments.reading import first_identifier

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from dauchan.exchange.national.agreement import Agreement

#: Count and digest by name: a unit's code, a venue's id, or a record's key.
Sums = dict[str, tuple[int, int]]
#: So many venues of a day are looked up one by one; of more the day is read as a whole.
FEW_VENUES = 2_000


def refresh(agreement: Agreement, version: int, days: Iterable[dt.date], *, afresh: bool = False) -> None:
    """Bring the kept digests up to what is committed now. *days* always include all that may be asked for later, today too."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        standing = Standing.objects.get(receiver=agreement.code)
        seen = current_snapshot()
        chosen = list(days)
        for kind in (each for each in agreement.fields if KINDS[each].day):
            late = None if afresh or not standing.seen else _late(kind, standing.seen)
            for day in chosen:
                if late is None:
                    _compute(agreement, kind, version, day)
                elif venues := late.get(day):
                    _compute(agreement, kind, version, day, venues if len(venues) <= FEW_VENUES else None)
        VenueDigest.objects.filter(receiver=agreement.code, day__lt=min(chosen)).delete()
        Standing.objects.filter(pk=standing.pk).update(seen=seen)


def of_units(agreement: Agreement, kind: str, day: dt.date) -> Sums:
    return _sums(agreement, "digests_of_units", kind, day)


def of_venues(agreement: Agreement, kind: str, day: dt.date, unit: str) -> Sums:
    return _sums(agreement, "digests_of_venues", kind, day, unit=unit)


def of_records(agreement: Agreement, kind: str, version: int, day: dt.date, venue: int) -> Sums:
    """Every record of a venue's day, read from the ledger now."""
    key = {"visits": "r.visit_id", "attempts": "r.attempt_id"}[kind]
    query = (
        f"SELECT {key}::text, {digest(agreement, kind, version)} FROM ({records(kind, f'scans_of_venue_{kind}')}) AS r"  # noqa: S608
    )
    with connection.cursor() as cursor:
        cursor.execute(query, _given(agreement, day) | {"venue": venue})
        return {name: (1, value) for name, value in cursor.fetchall()}


def keep_venue(agreement: Agreement, kind: str, day: dt.date, venue: int, found: Sums) -> None:
    """What a venue's records come to, where they were read anyway."""
    total = wrapped(sum(value for _one, value in found.values()))
    VenueDigest.objects.update_or_create(
        receiver=agreement.code, kind=kind, day=day, venue_id=venue, defaults={"count": len(found), "digest": total}
    )


def _compute(agreement: Agreement, kind: str, version: int, day: dt.date, venues: list[int] | None = None) -> None:
    there = VenueDigest.objects.filter(receiver=agreement.code, kind=kind, day=day)
    (there if venues is None else there.filter(venue_id__in=venues)).delete()
    query = sql("keep_digests").replace("{digest}", digest(agreement, kind, version))
    query = query.replace("{records}", f"({_records(kind, whole_day=venues is None)})")
    given = _given(agreement, day) | {"receiver": agreement.code, "kind": kind, "day": day, "venues": venues}
    with connection.cursor() as cursor:
        cursor.execute(query, given)


def _records(kind: str, *, whole_day: bool) -> str:
    if not whole_day:
        return records(kind, f"scans_of_venues_{kind}")
    if kind != "visits":
        return records(kind, f"scans_of_day_{kind}")
    own, odd = records(kind, "own_scans_of_day_visits", OF_DAY), records(kind, "odd_scans_of_day_visits")
    return f"{own} UNION ALL {odd}"


def _late(kind: str, seen: str) -> Mapping[dt.date, list[int]]:
    found: dict[dt.date, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(sql(f"late_{kind}"), {"at": lower(seen), "seen": seen})
        for day, venue in cursor.fetchall():
            found[day].append(venue)
    return found


def _sums(agreement: Agreement, block: str, kind: str, day: dt.date, **more: str) -> Sums:
    query = sql(block).replace("{venues}", sql("venues"))
    with connection.cursor() as cursor:
        cursor.execute(query, {"receiver": agreement.code, "kind": kind, "day": day, **more})
        return {str(name): (count, wrapped(total)) for name, count, total in cursor.fetchall()}


def _given(agreement: Agreement, day: dt.date) -> dict[str, Any]:
    start, finish = midnight(day), midnight(day + ONE_DAY)
    bounds = {"low": first_identifier(start), "high": first_identifier(finish)}
    return {"start": start, "finish": finish, "pseudonym_key": agreement.pseudonym_key, **bounds}
