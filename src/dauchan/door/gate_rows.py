"""Rows of gates for `door_gate_scan`, packed as PostgreSQL's binary array of records; `rows` says why."""

import struct
from collections.abc import Iterable

from dauchan.visits.gate_items import GateItem

# Numbers of PostgreSQL's built-in types and the width of their values.
_UUID, _BIGINT, _TIMESTAMP, _INTEGER, _SMALLINT = (2950, 16), (20, 8), (1184, 8), (23, 4), (21, 2)
_TEXT, _BYTEA = 25, 17
_EPOCH_2000 = 946_684_800_000_000
_COLUMNS = 19

_HEAD = struct.Struct(">ii" + "8s16s" + 5 * "8sq" + "8si" + 5 * "8sh" + 2 * "8sq")
_KINDS = (_UUID, _BIGINT, _BIGINT, *3 * (_TIMESTAMP,), _INTEGER, *5 * (_SMALLINT,), _BIGINT, _BIGINT)
_H = tuple(struct.pack(">Ii", number, width) for number, width in _KINDS)
_FIELD = struct.Struct(">Ii")
_ABSENT = {number: _FIELD.pack(number, -1) for number in (_TEXT, _BYTEA, _UUID[0])}
_HEAD_WIDTH = _HEAD.size - 4


def packed_items(items: Iterable[GateItem], array_of: int) -> bytes:
    """A binary `door_gate_item[]`, whose instants are microseconds; `array_of` is the type's number in this database."""
    parts = [_record(item) for item in items]
    return struct.pack(">iiIii", 1, 0, array_of, len(parts), 1) + b"".join(parts)


def _record(item: GateItem) -> bytes:
    (
        scan_id,
        device,
        venue,
        at,
        device_at,
        received_at,
        labels,
        direction,
        subject,
        assurance,
        reason,
        waits,
        number,
        new_id,
    ) = item[:14]
    kind, hashed, phone, undoes, sealed = item[14:]
    tail = (
        _value(_TEXT, kind.encode() if kind is not None else None)
        + _value(_BYTEA, hashed)
        + _value(_BYTEA, phone)
        + _value(_UUID[0], undoes.bytes if undoes is not None else None)
        + _value(_BYTEA, sealed)
    )
    return (
        _HEAD.pack(
            *(_HEAD_WIDTH + len(tail), _COLUMNS, _H[0], scan_id.bytes, _H[1], device, _H[2], venue),
            *(_H[3], at - _EPOCH_2000, _H[4], device_at - _EPOCH_2000, _H[5], received_at - _EPOCH_2000),  # type: ignore[operator]  # microseconds here
            *(_H[6], labels, _H[7], direction, _H[8], subject, _H[9], assurance, _H[10], reason, _H[11], waits),
            *(_H[12], number, _H[13], new_id),
        )
        + tail
    )


def _value(kind: int, value: bytes | None) -> bytes:
    return _ABSENT[kind] if value is None else _FIELD.pack(kind, len(value)) + value
