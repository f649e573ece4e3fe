"""Give an empty database the structure that the migrations named in it would give it."""

from importlib.resources import files

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_DAYS = """
SELECT public.ledger_open_day(day::date)
FROM generate_series((now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - 1, (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + 14, interval '1 day') AS day
"""


def load_structure(connection: BaseDatabaseWrapper) -> None:
    """Make tables, functions and the list of migrations that are done, all or nothing."""
    structure = files(__package__).joinpath("structure.sql").read_text(encoding="utf-8")
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(structure)
        cursor.execute("SET LOCAL search_path TO DEFAULT")
        cursor.execute(_DAYS)  # as the first migration of the ledger opens them


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database holds no table of anybody's."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)
