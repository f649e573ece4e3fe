"""`migrate`, which begins an empty database with the structure that ships with the release."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections

from dauchan.project.schema.loading import is_empty, load_structure


class Command(migrate.Command):
    help = migrate.Command.help

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--one-by-one", action="store_true", help="Run every migration, also in an empty database.")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as Django has it
        connection = connections[options["database"]]
        whole = not (options["app_label"] or options["plan"] or options["check_unapplied"] or options["fake"])
        if whole and not options.pop("one_by_one") and is_empty(connection):
            load_structure(connection)
        super().handle(*args, **options)
