"""Give an empty database the structure that the migrations named in it would give it."""

from importlib.resources import files

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper


def load_structure(connection: BaseDatabaseWrapper) -> None:
    """Make tables, functions and the list of migrations that are done, all or nothing."""
    structure = files(__package__).joinpath("structure.sql").read_text(encoding="utf-8")
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(structure)


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database holds no table of anybody's."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)
