"""Rows of a model by the hundred thousand: COPY, a few at a time in memory."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db import connection, models

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


#: Values that the driver writes as they are: to ask the field about each of them would be most of the time.
PLAIN = (models.IntegerField, models.FloatField, models.BooleanField, models.DateTimeField, models.ForeignKey)


def copy_rows(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns; those that they do not name get the field's default.

    Unlike `bulk_create` it makes no objects, asks for no numbers and reads nothing back.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]  # noqa: SLF001 Django's documented interface
    defaults = {field.attname: field.get_default() for field in fields if field.has_default() or field.null}
    written = [field for field in fields if field.attname in first or field.attname in defaults]
    prepared = [(field.attname, None if isinstance(field, PLAIN) else field.get_db_prep_save) for field in written]
    quoted = connection.ops.quote_name
    table = quoted(model._meta.db_table)  # noqa: SLF001
    into = f"COPY {table} ({', '.join(quoted(str(field.column)) for field in written)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in chain([first], rows):
            given = {**defaults, **row}
            copy.write_row(
                [given[name] if prepare is None else prepare(given[name], connection) for name, prepare in prepared]
            )
