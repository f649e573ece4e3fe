"""Files as people send them: good rows are taken, each bad one is named."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from dauchan.epi import MISSING, RefusedRow, RowRefusal, TableRefused
from dauchan.epi.cells import EARLIEST, LATEST, read_instant
from dauchan.epi.tables import read_cases, read_visits
from dauchan.epi.writing import with_iso_instants, write_table

HEADER = "person_id,venue_id,entered_at,left_at\n"
NOON = int(datetime(2021, 8, 1, 12, tzinfo=UTC).timestamp())


def written(folder: Path, text: str, name: str = "visits.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "2021-08-01T12:00:00Z",
        "2021-08-01 12:00:00",
        "2021-08-01T19:00:00+07:00",
        "2021-08-01T12:00:00.999Z",
        str(NOON),
        f"{NOON}.0",
    ],
)
@pytest.mark.parametrize("beside", ["2021-08-01T12:00:00Z", str(NOON), "  2021-08-01T12:00:00Z "])
def test_one_instant_in_all_its_spellings(tmp_path: Path, text: str, beside: str) -> None:
    path = written(tmp_path, f"{HEADER}1,7,{text},\n2,8,{beside},{text}\n")
    table = read_visits(path)
    assert table.entered_at.tolist() == [NOON, NOON]
    assert table.left_at.tolist() == [MISSING, NOON]
    assert table.refused == ()


def test_a_date_is_its_midnight_in_utc(tmp_path: Path) -> None:
    path = written(tmp_path, "person_id,infectious_from,infectious_to\n5,2021-08-01,2021-08-03\n")
    cases = read_cases(path).cases
    assert cases.infectious_from.tolist() == [NOON - 12 * 3600]
    assert cases.infectious_to.tolist() == [NOON + 36 * 3600]


def test_bad_rows_are_named_and_the_others_taken(tmp_path: Path) -> None:
    rows = [
        f"1,7,{NOON},{NOON + 60}",
        f"2,7,{NOON},{NOON - 1}",
        f"x,7,{NOON},",
        "3,7,01/08/2021 12:00,",
        "4,7",
        f",7,{NOON},",
        f"5,7,{NOON * 1000},",
        f"{2**63},7,{NOON},",
        f"6,7,{NOON},{NOON}",
    ]
    table = read_visits(written(tmp_path, HEADER + "\n".join(rows)))
    assert table.person_id.tolist() == [1, 6]
    assert table.rows == 9
    assert table.refused == (
        RefusedRow(2, "left_at", RowRefusal.INVERTED),
        RefusedRow(3, "person_id", RowRefusal.NOT_AN_ID),
        RefusedRow(4, "entered_at", RowRefusal.NOT_AN_INSTANT),
        RefusedRow(5, "", RowRefusal.CELLS),
        RefusedRow(6, "person_id", RowRefusal.EMPTY),
        RefusedRow(7, "entered_at", RowRefusal.OUT_OF_RANGE),
        RefusedRow(8, "person_id", RowRefusal.NOT_AN_ID),
    )
    assert all(row.reason.english and row.reason.vietnamese for row in table.refused)


def test_spreadsheets_with_semicolons_a_mark_and_other_columns(tmp_path: Path) -> None:
    text = f"\ufeffsource; Venue_ID;person_id;left_at;entered_at\r\npost;7;1;;{NOON}\r\n"
    table = read_visits(written(tmp_path, text))
    assert (table.person_id.tolist(), table.venue_id.tolist(), table.entered_at.tolist()) == ([1], [7], [NOON])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no column person_id, venue_id, entered_at, left_at"),
        ("person_id,venue_id,entered,left_at\n", "no column entered_at .* is entered meant"),
        ("person_id,venue_id,entered_at,left_at,left_at\n", "left_at twice"),
        (HEADER + "1,2,x,\n1,2,y,\n", "none of 2 rows can be taken; row 1, entered_at: the time is neither"),
        ("PAR1 and then nothing", "cannot be read"),
    ],
)
def test_files_that_are_no_tables(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(TableRefused, match=message) as refusal:
        read_visits(written(tmp_path, text))
    assert "visits.csv" in refusal.value.vietnamese


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    path.write_bytes("person_id".encode("utf-16"))
    with pytest.raises(TableRefused, match="cannot be read"):
        read_visits(path)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(TableRefused, match="No such file"):
        read_visits(tmp_path / "nowhere.csv")


def test_a_file_of_no_rows_is_no_error(tmp_path: Path) -> None:
    table = read_visits(written(tmp_path, HEADER))
    assert (table.rows, len(table.person_id), table.refused) == (0, 0, ())


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", [None, "UTC", "Asia/Ho_Chi_Minh"])
def test_parquet_in_every_unit(tmp_path: Path, unit: Any, zone: str | None) -> None:  # noqa: ANN401 a literal of Arrow's
    kind = pa.timestamp(unit, tz=zone)
    instants = pa.array([NOON, NOON - 5]).cast(pa.timestamp("s", tz=zone)).cast(kind)
    left = pa.array([None, NOON]).cast(pa.timestamp("s", tz=zone)).cast(kind)
    path = tmp_path / "visits.parquet"
    parquet.write_table(
        pa.table({"person_id": [1, 2], "venue_id": [3, 4], "entered_at": instants, "left_at": left}), path
    )
    table = read_visits(path)
    assert table.entered_at.tolist() == [NOON, NOON - 5]
    assert table.left_at.tolist() == [MISSING, NOON]


def test_parquet_as_other_tools_write_it(tmp_path: Path) -> None:
    path = tmp_path / "visits.parquet"
    columns = {
        "person_id": pa.array([1, None, 3, 4], pa.uint64()),
        "venue_id": pa.array(["7", "7", "seven", "7"]).dictionary_encode(),
        "entered_at": np.array([NOON, NOON, NOON, np.nan]),
        "left_at": pa.nulls(4),
    }
    parquet.write_table(pa.table(columns), path)
    table = read_visits(path)
    assert (table.person_id.tolist(), table.venue_id.tolist(), table.left_at.tolist()) == ([1], [7], [MISSING])
    assert [(row.row, row.reason) for row in table.refused] == [
        (2, RowRefusal.EMPTY),
        (3, RowRefusal.NOT_AN_ID),
        (4, RowRefusal.EMPTY),
    ]


def test_a_column_that_cannot_hold_instants(tmp_path: Path) -> None:
    path = tmp_path / "visits.parquet"
    parquet.write_table(pa.table({"person_id": [1], "venue_id": [1], "entered_at": [True], "left_at": [1]}), path)
    with pytest.raises(TableRefused, match="entered_at holds bool"):
        read_visits(path)


@given(st.text(max_size=30) | st.text("0123456789-:TZ+.einfa ", max_size=20))
def test_whatever_is_written_is_an_instant_or_a_refusal(text: str) -> None:
    answer = read_instant(text)
    assert isinstance(answer, int | RowRefusal)


def test_the_limits_are_years() -> None:
    assert datetime.fromtimestamp(EARLIEST, UTC).year == 1900
    assert datetime.fromtimestamp(LATEST, UTC).year == 2200


@given(st.lists(st.integers(EARLIEST, LATEST - 1)))
def test_written_instants_read_back(seconds: list[int]) -> None:
    table = pa.table(
        {"at": pa.array(seconds, pa.int64()).cast(pa.timestamp("s", tz="UTC")).cast(pa.timestamp("us", tz="UTC"))}
    )
    assert [read_instant(str(text)) for text in with_iso_instants(table).column("at").to_pylist()] == seconds


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_a_table_that_cannot_be_written_leaves_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(TableRefused, match="cannot be written"):
        write_table(pa.table({"a": [1]}), tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableRefused, match=r"\.csv or \.parquet"):
        write_table(pa.table({"a": [1]}), tmp_path / "out.xlsx")


def test_a_table_that_comes_in_parts_is_written_without_a_foreign_byte(tmp_path: Path) -> None:
    parts = [pa.array([], pa.int64()), pa.array(range(3000)), pa.array([], pa.int64()), pa.array([7])]
    write_table(pa.table({"a": pa.chunked_array(parts)}), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").split() == ["a", *map(str, range(3000)), "7"]
