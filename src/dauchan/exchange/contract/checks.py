"""What no record may be: found by column, so that one bad record is set aside and the others go on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute

from dauchan.exchange.contract.schema import Type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dauchan.exchange.contract.schema import Kind

#: Its overloads know no column whose type is data.
pc: Any = pyarrow.compute
EARLIEST = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
#: Clocks of two installations may be apart.
AHEAD = dt.timedelta(days=1)
SMALL = {"labels", "source", "assurance", "left_by", "reason", "party", "revision"}
_MOST_SMALL = 2**31 - 1
_LONGEST_TEXT = 2000


def faults_of(kind: Kind, table: pa.Table, now: dt.datetime) -> dict[int, str]:
    """Row numbers and the first reason found; codes of a closed list, with the field they are about."""
    found: dict[int, str] = {}
    for code, wrong in _rules(kind, table, now):
        rows = pc.indices_nonzero(pc.fill_null(wrong, False)).to_pylist()
        for row in rows:
            found.setdefault(row, code)
    return found


def without(table: pa.Table, rows: dict[int, str]) -> pa.Table:
    if not rows:
        return table
    keep = [True] * table.num_rows
    for row in rows:
        keep[row] = False
    return table.filter(pa.array(keep))


def _rules(kind: Kind, table: pa.Table, now: dt.datetime) -> Iterator[tuple[str, Any]]:
    have = {name: table.column(name) for name in table.column_names}
    for field in kind.fields:
        column = have.get(field.name)
        if column is None:
            continue
        if field.needed:
            yield f"missing:{field.name}", pc.is_null(column)
        if field.type is Type.INSTANT:
            yield f"impossible_time:{field.name}", _outside(column, now)
        if field.name in SMALL:
            yield f"out_of_range:{field.name}", pc.or_(pc.less(column, 0), pc.greater(column, _MOST_SMALL))
        if field.type is Type.TEXT:
            yield f"too_long:{field.name}", pc.greater(pc.utf8_length(column), _LONGEST_TEXT)
            yield f"control_character:{field.name}", pc.match_substring(column, "\0")
    if kind.name == "visits":
        yield "left_before_entered", pc.less(have["left_at"], have["entered_at"])
    if kind.name == "venues":
        yield "out_of_range:lat", pc.greater(pc.abs(have["lat"]), 90)
        yield "out_of_range:lon", pc.greater(pc.abs(have["lon"]), 180)


def _outside(column: pa.ChunkedArray[Any], now: dt.datetime) -> Any:  # noqa: ANN401 - a column of truths
    early, late = (pa.scalar(limit, column.type) for limit in (EARLIEST, now + AHEAD))
    return pc.or_(pc.less(column, early), pc.greater(column, late))
