"""Payloads, manifests and digests of the national exchange, without any database."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from uuid import UUID

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dauchan.exchange.contract.checks import faults_of, without
from dauchan.exchange.contract.digests import digest_of, wrapped
from dauchan.exchange.contract.manifest import (
    GENESIS,
    Manifest,
    ManifestRefused,
    check_signature,
    public_key,
    read,
    signed,
    written,
)
from dauchan.exchange.contract.payloads import PayloadRefused, packed, unpacked
from dauchan.exchange.contract.schema import CURRENT, KINDS, Type

VENUES, VISITS = KINDS["venues"], KINDS["visits"]
NOW = dt.datetime(2021, 8, 20, 12, tzinfo=dt.UTC)
RISKY = ["=1+1", "+84905", "-1", "@x", "\tx", "\rx", "\nx", " =1", "＝1", "'1", "Quán Huế – Đà Nẵng", ""]
WAYS = [("parquet", "none"), ("jsonl", "none"), ("jsonl", "gzip"), ("jsonl", "zstd"), ("parquet", "zstd")]

VALUES: dict[Type, st.SearchStrategy[Any]] = {
    Type.UUID: st.binary(min_size=16, max_size=16),
    Type.INT: st.integers(0, 2**31 - 1),
    Type.INSTANT: st.datetimes(dt.datetime(2021, 1, 1), dt.datetime(2021, 8, 1), timezones=st.just(dt.UTC)),  # noqa: DTZ001
    Type.TEXT: st.sampled_from(RISKY) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    Type.FLOAT: st.floats(-90, 90),
}


def records(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    fields = KINDS[kind].of_version(CURRENT)
    needed = {field.name: VALUES[field.type] for field in fields if field.needed}
    return st.fixed_dictionaries(needed | {f.name: st.none() | VALUES[f.type] for f in fields if not f.needed})


@given(rows=st.lists(records("venues"), min_size=1, max_size=8), way=st.sampled_from(WAYS))
@settings(max_examples=60)
def test_every_text_comes_back_as_it_was(rows: list[dict[str, Any]], way: tuple[str, str]) -> None:
    table = pa.Table.from_pylist(rows, VENUES.arrow(CURRENT))
    renamed = {"name": "ten", "address": "dia_chi"}
    found = unpacked(packed(table, *way, renamed), *way, VENUES.fields, renamed)
    assert found.table.to_pylist() == table.to_pylist()
    assert not found.broken


@given(rows=st.lists(records("visits"), min_size=2, max_size=8, unique_by=lambda row: row["visit_id"]))
@settings(max_examples=40)
def test_the_digest_of_many_knows_no_order_and_every_field(rows: list[dict[str, Any]]) -> None:
    fields = VISITS.fields
    total = wrapped(sum(digest_of(fields, row) for row in rows))
    assert total == wrapped(sum(digest_of(fields, row) for row in reversed(rows)))
    for field in fields:
        other = {Type.UUID: bytes(15) + b"\1", Type.INT: 2**40, Type.INSTANT: NOW}[field.type]
        changed = [rows[0] | {field.name: other}, *rows[1:]]
        if changed != rows:
            assert wrapped(sum(digest_of(fields, row) for row in changed)) != total


def test_what_a_later_version_brings_is_kept_and_what_is_no_record_is_told() -> None:
    key = str(UUID(int=7))
    good = {"visit_id": key, "revision": 1, "venue_id": 3, "entered_at": "2021-08-20T05:00:00Z", "mood": "good"}
    lines = [
        good,
        good | {"visit_id": "x"},
        good | {"entered_at": "2021-08-20T05:00:00"},
        good | {"venue_id": True},
        [1],
    ]
    raw = b"\n".join(json.dumps(line).encode() for line in lines) + b"\n{broken\n"
    found = unpacked(raw, "jsonl", "none", VISITS.fields)
    assert found.table.num_rows == 1
    assert json.loads(found.unknown[0]) == {"mood": "good"}
    assert len(found.broken) == 5


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"venue_id": None}, "missing:venue_id"),
        ({"entered_at": dt.datetime(1999, 1, 1, tzinfo=dt.UTC)}, "impossible_time:entered_at"),
        ({"entered_at": NOW + dt.timedelta(days=3)}, "impossible_time:entered_at"),
        ({"left_at": NOW - dt.timedelta(hours=9)}, "left_before_entered"),
        ({"party": -1}, "out_of_range:party"),
    ],
)
def test_one_bad_record_is_found_and_the_others_go_on(change: dict[str, Any], reason: str) -> None:
    good = {"visit_id": bytes(16), "revision": 1, "venue_id": 1, "entered_at": NOW, "left_at": None}
    table = pa.Table.from_pylist([good, good | change, good], VISITS.arrow(CURRENT))
    faults = faults_of(VISITS, table, NOW)
    assert faults == {1: reason}
    assert without(table, faults).num_rows == 2


@pytest.mark.parametrize("raw", [b"\0", b"<html>", b"PAR1" + bytes(40), b"\x28\xb5\x2f\xfd" + bytes(9)])
@pytest.mark.parametrize("way", [("parquet", "none"), ("jsonl", "zstd"), ("jsonl", "gzip"), ("jsonl", "lzma")])
def test_garbage_is_refused(raw: bytes, way: tuple[str, str]) -> None:
    with pytest.raises(PayloadRefused):
        unpacked(raw, *way, VISITS.fields)


def test_only_the_holder_of_the_key_signs() -> None:
    seed, other = b"s" * 32, b"o" * 32
    manifest = Manifest("hue", "visits", 1, "visits", 2, "jsonl", "none", 0, "", "", "0", 0, GENESIS, 0)
    raw = written(manifest)
    assert read(raw) == manifest
    check_signature(raw, signed(raw, 1, seed), {1: public_key(seed)})
    for header, bytes_ in (
        (signed(raw, 1, other), raw),
        (signed(raw, 2, seed), raw),
        (signed(raw, 1, seed), raw + b" "),
        ("1:?", raw),
        ("", raw),
    ):
        with pytest.raises(ManifestRefused):
            check_signature(bytes_, header, {1: public_key(seed)})
    with pytest.raises(ManifestRefused):
        read(b"{}")
