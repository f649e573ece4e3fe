"""`dauchan prepare`: the database brought up to this release."""

import click


@click.command()
def command() -> None:
    """Bring the database up to date: tables, administrative units, reference data and, in a demonstration, the province.

    `dauchan up` does this by itself. Calling it again changes nothing.

    Example: DATABASE_URL=postgresql://dauchan@db.example/dauchan dauchan prepare
    """
    from dauchan.project.database import database_running
    from dauchan.project.environment import environment
    from dauchan.project.loading import load_django

    with database_running(environment(), click.echo):
        load_django()
        from dauchan.project.preparation import prepare

        prepare()
