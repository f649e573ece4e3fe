"""Tables to files, whole or not at all."""

from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import compute, parquet
from pyarrow import csv as arrow_csv

from dauchan.epi.errors import TableRefused

ENDINGS = (".csv", ".parquet")


def write_table(table: pa.Table, path: Path) -> None:
    """Write CSV or Parquet by the file's ending; in CSV instants are ISO 8601 in UTC.

    The file appears under its name only once it is complete.

    Raises:
        TableRefused: an unknown ending, or the file cannot be written.
    """
    if path.suffix.lower() not in ENDINGS:
        raise TableRefused(f"{path.name} must end in .csv or .parquet", f"{path.name} phải có đuôi .csv hoặc .parquet")
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        if path.suffix.lower() == ".csv":
            _write_csv(with_iso_instants(table), unfinished)
        else:
            parquet.write_table(table, unfinished, compression="zstd")
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise TableRefused(f"{path} cannot be written: {reason}", f"không ghi được {path}: {reason}") from error


def _write_csv(table: pa.Table, path: Path) -> None:
    # For a batch without rows Arrow 26 writes whatever its buffer held before: zeros, or somebody else's bytes.
    table = pa.Table.from_batches([batch for batch in table.to_batches() if batch.num_rows], table.schema)
    with path.open("wb") as file:
        file.write((",".join(table.column_names) + "\n").encode())  # Arrow would put the header in quotes
        arrow_csv.write_csv(table, file, arrow_csv.WriteOptions(include_header=False, quoting_style="none"))


def with_iso_instants(table: pa.Table) -> pa.Table:
    """The same table with timestamps as text such as `2021-08-01T07:30:00Z`."""
    for place, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            whole: Any = table.column(place).cast(pa.timestamp("s"))
            text = compute.strftime(whole, format="%Y-%m-%dT%H:%M:%SZ")
            table = table.set_column(place, field.name, text)
    return table
