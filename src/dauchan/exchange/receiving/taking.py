"""Taking a batch in: verified, merged and booked in one transaction. Repeating it changes nothing and gets the first answer."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from dauchan.exchange.contract.checks import faults_of, without
from dauchan.exchange.contract.manifest import (
    GENESIS,
    Manifest,
    ManifestRefused,
    check_signature,
    from_header,
    read,
    sha256,
)
from dauchan.exchange.contract.payloads import PayloadRefused, Read, unpacked
from dauchan.exchange.contract.schema import KINDS, VERSIONS, WITHDRAWN, Kind
from dauchan.exchange.receiving.merging import keep_aside, merge, withdraw
from dauchan.exchange.receiving.problems import Code, Refused

if TYPE_CHECKING:
    import psycopg

    from dauchan.exchange.receiving.config import Config, Source


@dataclass(frozen=True)
class Sent:
    """A batch as it came in."""

    source: Source
    stream: str
    number: int
    manifest: str
    signature: str
    payload: bytes


def verified(sent: Sent, config: Config) -> tuple[Manifest, bytes]:
    """The manifest, believed. Raises: Refused."""
    try:
        raw = from_header(sent.manifest)
        check_signature(raw, sent.signature, sent.source.keys)
        manifest = read(raw)
    except ManifestRefused as error:
        raise Refused(Code.SIGNATURE_REFUSED, str(error)) from error
    said = (manifest.source, manifest.stream, manifest.number)
    if said != (sent.source.code, sent.stream, sent.number):
        raise Refused(Code.NOT_AS_MANIFEST, "source, stream or number are others than in the address")
    if manifest.payload != sha256(sent.payload) or manifest.bytes != len(sent.payload):
        raise Refused(Code.NOT_AS_MANIFEST, "the payload has another digest")
    if manifest.count > config.limits.rows:
        raise Refused(Code.TOO_LARGE, rows=config.limits.rows)
    if manifest.schema not in VERSIONS:
        raise Refused(Code.SCHEMA_UNKNOWN, schemas=list(VERSIONS))
    if manifest.kind.removesuffix(WITHDRAWN) not in KINDS:
        raise Refused(Code.NOT_AS_MANIFEST, f"no such kind: {manifest.kind[:40]}")
    return manifest, raw


def take(connection: psycopg.Connection, sent: Sent, config: Config) -> tuple[dict[str, Any], bool]:
    """What became of it, and whether it is new. Raises: Refused."""
    manifest, raw = verified(sent, config)
    digest = sha256(raw)
    kind = KINDS[manifest.kind.removesuffix(WITHDRAWN)]
    with connection.transaction():
        origin = origin_of(connection, sent.source.code)
        last, last_digest = _locked_stream(connection, origin, sent.stream)
        there = connection.execute(
            "SELECT digest, answer FROM national.batch WHERE (origin, stream, number) = (%s, %s, %s)",
            [origin, sent.stream, sent.number],
        ).fetchone()
        if there:
            if there[0] != digest:
                raise Refused(Code.OTHER_BATCH, there=there[0])
            return there[1] | {"last": last}, False
        if sent.number > last + config.limits.window:
            raise Refused(Code.TOO_FAR_AHEAD, last=last)
        if sent.number == last + 1 and manifest.previous != last_digest:
            raise Refused(Code.CHAIN_BROKEN, last=last, digest=last_digest)
        read_ = _read(sent, manifest, kind)
        said = _merged(connection, origin, manifest, kind, read_) | {"digest": digest}
        connection.execute(
            "INSERT INTO national.batch (origin, stream, number, kind, digest, previous, manifest, signature, count, taken,"
            " repeated, answer) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [origin, sent.stream, sent.number, manifest.kind, digest, manifest.previous, raw, sent.signature,
             manifest.count, said["taken"], said["repeated"], json.dumps(said)],
        )  # fmt: skip
        last = _moved_on(connection, origin, sent.stream, last, last_digest)
    return said | {"last": last}, True


def origin_of(connection: psycopg.Connection, code: str) -> int:
    found = connection.execute("SELECT id FROM national.origin WHERE code = %s", [code]).fetchone()
    if found:
        return int(found[0])
    connection.execute("INSERT INTO national.origin (code) VALUES (%s) ON CONFLICT DO NOTHING", [code])
    return origin_of(connection, code)


def _locked_stream(connection: psycopg.Connection, origin: int, stream: str) -> tuple[int, str]:
    """Batches of one stream are taken one after another."""
    connection.execute(
        "INSERT INTO national.stream (origin, name, digest) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        [origin, stream, GENESIS],
    )
    row = connection.execute(
        "SELECT last, digest FROM national.stream WHERE (origin, name) = (%s, %s) FOR UPDATE", [origin, stream]
    ).fetchone()
    return (int(row[0]), str(row[1])) if row else (0, GENESIS)


def _read(sent: Sent, manifest: Manifest, kind: Kind) -> Read:
    fields = kind.of_version(manifest.schema)
    if manifest.kind.endswith(WITHDRAWN):
        fields = tuple(field for field in fields if field.name == kind.key)
    try:
        found = unpacked(
            sent.payload, manifest.encoding, manifest.compression, fields, sent.source.names.get(kind.name)
        )
    except PayloadRefused as error:
        raise Refused(Code.NOT_AS_MANIFEST, str(error)) from error
    if found.table.num_rows + len(found.broken) != manifest.count:
        raise Refused(Code.NOT_AS_MANIFEST, f"{found.table.num_rows + len(found.broken)} records, not {manifest.count}")
    return found


def _merged(connection: psycopg.Connection, origin: int, manifest: Manifest, kind: Kind, found: Read) -> dict[str, Any]:
    if manifest.kind.endswith(WITHDRAWN):
        taken = withdraw(connection, origin, manifest, kind, found.table)
        return {"number": manifest.number, "count": manifest.count, "taken": taken,
                "repeated": manifest.count - taken, "set_aside": []}  # fmt: skip
    faults = faults_of(kind, found.table, dt.datetime.now(dt.UTC))
    aside = [*found.broken, *keep_aside(connection, origin, manifest, kind, found, faults)]
    sound = without(found.table, faults)
    taken = merge(connection, origin, manifest, kind, sound)
    _keep_unknown(connection, origin, kind, found, faults)
    return {
        "number": manifest.number,
        "count": manifest.count,
        "taken": taken,
        "repeated": sound.num_rows - taken,
        "set_aside": [{"key": key, "reason": reason} for key, reason in aside],
    }


def _keep_unknown(connection: psycopg.Connection, origin: int, kind: Kind, found: Read, faults: dict[int, str]) -> None:
    """Fields of a version that is not known here stay beside the record until it is."""
    keys = found.table.column(kind.key) if found.unknown else pa.chunked_array([], pa.null())
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE national.{kind.name} SET more = coalesce(more, '{{}}') || %s::jsonb"  # noqa: S608 - our own words
            f" WHERE origin = %s AND {kind.key} = %s",
            [[more, origin, _key(keys[row].as_py())] for row, more in found.unknown.items() if row not in faults],
        )


def _key(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value


def _moved_on(connection: psycopg.Connection, origin: int, stream: str, last: int, digest: str) -> int:
    """The last contiguous batch, over those that were there before their time; the chain is checked as it closes."""
    rows = connection.execute(
        "SELECT number, previous, digest FROM national.batch WHERE origin = %s AND stream = %s AND number > %s ORDER BY number",
        [origin, stream, last],
    ).fetchall()
    for number, previous, own in rows:
        if number != last + 1:
            break
        if previous != digest:
            raise Refused(Code.CHAIN_BROKEN, last=last, digest=digest)
        last, digest = number, own
    connection.execute(
        "UPDATE national.stream SET last = %s, digest = %s WHERE (origin, name) = (%s, %s)",
        [last, digest, origin, stream],
    )
    return last
