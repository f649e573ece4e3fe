"""`dauchan up`: everything an installation needs, started, watched and stopped together."""

import click


@click.command()
def command() -> None:
    """Start the database, the door, the console and the worker, and serve until Ctrl-C.

    HOST and PORT say where (127.0.0.1 and 8000), DATABASE_URL which database (the embedded one in var/ without it).

    Example: PORT=8080 dauchan up
    """
    from dauchan.project.installation import serve

    serve()
