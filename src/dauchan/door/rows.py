"""Rows for the ledger's functions, packed as PostgreSQL's binary arrays of records.

A driver that packs seventeen columns one by one spends more time on a scan than the database does.
"""

import struct
import uuid
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.visits.registry import Assurance

PHONE = int(Assurance.PHONE)

# Where a device was: latitude, longitude, accuracy.
Place = tuple[float | None, float | None, float | None]
NOWHERE: Place = (None, None, None)

# The numbers of PostgreSQL's built-in types, each with the width of its values.
_UUID = (2950, 16, "16s")
_BIGINT = (20, 8, "q")
_INTEGER = (23, 4, "i")
_SMALLINT = (21, 2, "h")
_REAL = (700, 4, "f")
_TIMESTAMP = (1184, 8, "q")

_Type = tuple[int, int, str]

# PostgreSQL counts microseconds from 2000-01-01.
_EPOCH_2000 = 946_684_800_000_000
_NULL = -1
_NUMPY = {"16s": "V16", "q": ">i8", "i": ">i4", "h": ">i2"}


class Scan(NamedTuple):
    """A row of the type `door_scan`; instants are microseconds since the epoch, `reason` 0 means verified."""

    check_in_id: uuid.UUID
    person_id: int
    venue_id: int
    entered_at: int
    device_at: int
    received_at: int
    labels: int
    poster_version: int
    source: int
    assurance: int
    party: int
    reason: int = 0
    code_hash: int = 0
    device_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None


class Scans(NamedTuple):
    """Rows of the type `door_scan` column by column; `places` is None where no device said its place."""

    check_in_id: Sequence[uuid.UUID]
    person_id: NDArray[np.int64]
    venue_id: NDArray[np.int64]
    entered_at: NDArray[np.int64]
    device_at: NDArray[np.int64]
    received_at: NDArray[np.int64]
    labels: NDArray[np.int64]
    poster_version: Sequence[int]
    source: Sequence[int]
    party: Sequence[int]
    reason: NDArray[np.int64]
    code_hash: NDArray[np.int64]
    places: Sequence[Place] | None

    def rows(self) -> list[Scan]:
        """Scan by scan."""
        numbers = [column.tolist() for column in self[1:7]]
        seen = (self.poster_version, self.source, repeat(PHONE), self.party)
        places = zip(*(self.places or [NOWHERE] * len(self.check_in_id)), strict=True)
        refused = (self.reason.tolist(), self.code_hash.tolist(), repeat(None))
        return list(map(Scan, self.check_in_id, *numbers, *seen, *refused, *places))


class Leaving(NamedTuple):
    """A row of the type `door_leaving`; instants are microseconds since the epoch."""

    check_out_id: uuid.UUID
    check_in_id: uuid.UUID
    person_id: int | None
    venue_id: int | None
    left_at: int
    device_at: int
    received_at: int
    labels: int
    closed_by: int
    device_id: int | None = None


def packed_scans(scans: Scans | Sequence[Scan], array_of: int) -> bytes:
    """A binary `door_scan[]`; `array_of` is the type's number in this database."""
    if isinstance(scans, Scans):
        if scans.places is None:
            return _array_head(array_of, len(scans.check_in_id)) + _table(scans)
        scans = scans.rows()
    return _array(map(_scan, scans), array_of)


def packed_leavings(leavings: Iterable[Leaving], array_of: int) -> bytes:
    """A binary `door_leaving[]`."""
    return _array(map(_leaving, leavings), array_of)


def _columns(*types: _Type) -> tuple[str, list[bytes]]:
    """The struct format of columns that are never null, and what goes before each value: its type and width."""
    return "".join(f"8s{code}" for *_, code in types), [struct.pack(">Ii", number, width) for number, width, _ in types]


_FORMAT, _H = _columns(
    *(_UUID, _BIGINT, _BIGINT, _TIMESTAMP, _TIMESTAMP, _TIMESTAMP, _INTEGER),
    *(_SMALLINT, _SMALLINT, _SMALLINT, _SMALLINT, _SMALLINT, _BIGINT),
)
_HEAD = struct.Struct(f">ii{_FORMAT}")
_VALUE = {kind: struct.Struct(f">Ii{kind[2]}") for kind in (_UUID, _BIGINT, _INTEGER, _SMALLINT, _REAL, _TIMESTAMP)}
_ABSENT = {kind: struct.pack(">Ii", kind[0], _NULL) for kind in (_BIGINT, _REAL)}
_NO_TAIL = _ABSENT[_BIGINT] + 3 * _ABSENT[_REAL]
_HEAD_WIDTH = _HEAD.size - 4
_SCAN_COLUMNS = 17
_LEAVING_COLUMNS = 10
_TAIL = slice(13, 17)
_INSTANTS = (3, 4, 5)


def _scan(scan: Scan) -> bytes:
    tail = _NO_TAIL if scan[_TAIL] == (None, None, None, None) else _tail(scan)
    return (
        _HEAD.pack(
            *(_HEAD_WIDTH + len(tail), _SCAN_COLUMNS, _H[0], scan[0].bytes, _H[1], scan[1], _H[2], scan[2]),
            *(_H[3], scan[3] - _EPOCH_2000, _H[4], scan[4] - _EPOCH_2000, _H[5], scan[5] - _EPOCH_2000),
            *(_H[6], scan[6], _H[7], scan[7], _H[8], scan[8], _H[9], scan[9], _H[10], scan[10], _H[11], scan[11]),
            *(_H[12], scan[12]),
        )
        + tail
    )


# The record of a scan whose tail is null, as NumPy knows it: `n…` is what stands before each value and the same in every row.
_RECORD = np.dtype(
    [("head", "V8")]
    + [field for n, code in enumerate(_FORMAT.split("8s")[1:]) for field in ((f"n{n}", "V8"), (f"v{n}", _NUMPY[code]))]
    + [("tail", f"V{len(_NO_TAIL)}")]
)
_BLANK = (
    _HEAD.pack(
        _HEAD_WIDTH + len(_NO_TAIL),
        _SCAN_COLUMNS,
        *(part for head in _H for part in (head, b"" if head is _H[0] else 0)),
    )
    + _NO_TAIL
)


def _table(scans: Scans) -> bytes:
    """Scans whose devices did not say their places: a tenth of what `_scan` costs a row."""
    table = np.frombuffer(bytearray(_BLANK * len(scans.check_in_id)), _RECORD)
    table["v0"] = np.frombuffer(b"".join([identifier.bytes for identifier in scans.check_in_id]), "V16")
    table["v1"], table["v2"] = scans.person_id, scans.venue_id
    for n, instants in zip(_INSTANTS, scans[3:6], strict=True):
        table[f"v{n}"] = instants - _EPOCH_2000
    table["v6"], table["v7"], table["v8"], table["v9"] = scans.labels, scans.poster_version, scans.source, PHONE
    table["v10"], table["v11"], table["v12"] = scans.party, scans.reason, scans.code_hash
    return table.tobytes()


def _tail(scan: Scan) -> bytes:
    return b"".join(map(_nullable, (_BIGINT, _REAL, _REAL, _REAL), tuple(scan)[_TAIL]))


def _leaving(leaving: Leaving) -> bytes:
    instants = (moment - _EPOCH_2000 for moment in leaving[4:7])
    values = (leaving[0].bytes, leaving[1].bytes, *leaving[2:4], *instants, *leaving[7:])
    types = (_UUID, _UUID, _BIGINT, _BIGINT, _TIMESTAMP, _TIMESTAMP, _TIMESTAMP, _INTEGER, _SMALLINT, _BIGINT)
    record = struct.pack(">i", _LEAVING_COLUMNS) + b"".join(map(_nullable, types, values))
    return struct.pack(">i", len(record)) + record


def _nullable(kind: _Type, value: object) -> bytes:
    return _ABSENT[kind] if value is None else _VALUE[kind].pack(kind[0], kind[1], value)


def _array(records: Iterable[bytes], array_of: int) -> bytes:
    """One dimension, no null among the records, counted from one."""
    parts = list(records)
    return _array_head(array_of, len(parts)) + b"".join(parts)


def _array_head(array_of: int, length: int) -> bytes:
    return struct.pack(">iiIii", 1, 0, array_of, length, 1)
