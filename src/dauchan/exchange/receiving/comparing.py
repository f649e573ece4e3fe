"""The receiver's side of a reconciliation: counts and digests, ever finer, of what stands in its tables now."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - read by msgspec
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

import msgspec

from dauchan.exchange.contract.digests import digest_sql, wrapped
from dauchan.exchange.contract.schema import CURRENT, KINDS, VERSIONS, Kind
from dauchan.exchange.receiving.problems import Code, Refused

if TYPE_CHECKING:
    import psycopg

#: A list of single records has no more; whoever asks for a wider range divides it.
MOST_RECORDS = 20_000


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked.

    Attributes:
        by: into what the answer divides: units, venues of a unit, parts of a venue's day by identifier, or single records.
        start, end: the day, as instants, half-open; without them venues themselves are meant.
        unit: narrows to a unit's venues, as the receiver's own venues tell.
        venue: narrows to one venue; 0 is none, for scans that name no venue.
        low, high: identifiers, half-open.
    """

    schema: int
    by: Literal["units", "venues", "parts", "records"]
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    unit: str | None = None
    venue: int | None = None
    low: str = ""
    high: str = ""


def compare(connection: psycopg.Connection, origin: int, kind_name: str, body: bytes) -> dict[str, Any]:
    """The answer: rows of [name, count, digest]. Raises: Refused."""
    try:
        asked = msgspec.json.decode(body, type=Question)
        low, high = (UUID(text) if text else None for text in (asked.low, asked.high))
    except (msgspec.MsgspecError, ValueError) as error:
        raise Refused(Code.MALFORMED, str(error)) from error
    kind = KINDS.get(kind_name)
    if kind is None:
        raise Refused(Code.NOT_FOUND)
    if asked.schema not in VERSIONS:
        raise Refused(Code.SCHEMA_UNKNOWN, schemas=list(VERSIONS))
    given = {"origin": origin, "start": asked.start, "end": asked.end, "unit": asked.unit, "venue": asked.venue}
    rows = connection.execute(_sql(kind, asked, low is not None, high is not None), given | {"low": low, "high": high})
    found = [[str(name), count, wrapped(digest)] for name, count, digest in rows]
    if asked.by == "records" and len(found) > MOST_RECORDS:
        raise Refused(Code.TOO_LARGE, rows=MOST_RECORDS)
    return {"rows": found}


def _sql(kind: Kind, asked: Question, has_low: bool, has_high: bool) -> str:  # noqa: FBT001 - the two ends of a range
    digest = (
        "r.digest"
        if asked.schema == CURRENT
        else digest_sql(kind.of_version(asked.schema), {field.name: f"r.{field.name}" for field in kind.fields})
    )
    name = {
        "units": "r.unit_code" if not kind.day else "coalesce(v.unit_code, '')",
        "venues": "r.venue_id" if not kind.day else "coalesce(r.venue_id, 0)",
        "parts": f"substr(r.{kind.key}::text, 1, 8)",
        "records": f"r.{kind.key}",
    }[asked.by]
    wanted = ["r.origin = %(origin)s"]
    if kind.day:
        wanted.append(f"r.{kind.day} >= %(start)s AND r.{kind.day} < %(end)s")
    if asked.unit is not None:
        # Said so that the few venues are found first, and their records by their index.
        of_venue = "v.unit_code = %(unit)s" if asked.unit else "v.unit_code IS NULL"
        wanted.append(of_venue if kind.day else "r.unit_code = %(unit)s")
    if asked.venue is not None:
        wanted.append("r.venue_id IS NULL" if asked.venue == 0 else "r.venue_id = %(venue)s")
    wanted += [f"r.{kind.key} >= %(low)s"] * has_low + [f"r.{kind.key} < %(high)s"] * has_high
    join = "LEFT JOIN national.venues AS v ON v.origin = r.origin AND v.venue_id = r.venue_id" if kind.day else ""
    where = f"FROM national.{kind.name} AS r {join} WHERE {' AND '.join(wanted)}"
    if asked.by == "records":
        return f"SELECT {name}, 1, {digest} {where} ORDER BY 1 LIMIT {MOST_RECORDS + 1}"
    if asked.by == "units" and kind.day and asked.unit is None:
        return _of_all_units(kind, digest, wanted)
    return f"SELECT {name}, count(*), sum({digest}) {where} GROUP BY 1 ORDER BY 1"


def _of_all_units(kind: Kind, digest: str, wanted: list[str]) -> str:
    """The whole of a day: added up by venue first, so that millions of records meet numbers and only thousands of sums meet their unit."""
    by_venue = (
        f"SELECT r.venue_id, count(*) AS records, sum({digest}) AS digest"  # noqa: S608 - our own words
        f" FROM national.{kind.name} AS r WHERE {' AND '.join(wanted)} GROUP BY 1"
    )
    return (
        f"SELECT coalesce(v.unit_code, ''), sum(s.records)::bigint, sum(s.digest) FROM ({by_venue}) AS s"  # noqa: S608 - our own words
        " LEFT JOIN national.venues AS v ON v.origin = %(origin)s AND v.venue_id = s.venue_id GROUP BY 1 ORDER BY 1"
    )
