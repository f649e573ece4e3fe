"""`dauchan serve`: one program of an installation, for a supervisor that starts each by itself."""

import click

EXAMPLE = """\b
Examples:
  dauchan serve console
  dauchan serve door --settings > /etc/dauchan/door.env
"""


@click.command(epilog=EXAMPLE)
@click.argument("program", type=click.Choice(["console", "door", "exchange"]))
@click.option("--settings", is_flag=True, help="Of the door: only print what it must be told, as an environment file.")
def command(*, program: str, settings: bool) -> None:
    """Serve one PROGRAM in the foreground: where systemd supervises, each has a unit of its own (deploy/systemd).

    The database must have been brought up to date (`dauchan prepare`). A socket that the supervisor opened is used.
    `exchange` ends at once with status 0 where no exchange is agreed.
    """
    from dauchan.project import serving

    if settings and program != "door":
        raise click.UsageError("--settings is for the door.")
    if settings:
        for line in serving.door_settings():
            click.echo(line)
        return
    {"console": serving.become_console, "door": serving.become_door, "exchange": serving.become_exchange}[program]()
