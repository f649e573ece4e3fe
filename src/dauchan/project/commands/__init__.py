"""The command `dauchan`: each command is a module of this package that exposes `command`.

A module is imported when its command is called and not before, so `dauchan trace` starts without Django.
"""

import importlib
import pkgutil
import sys

import click

from dauchan.project.errors import CannotStart


class Commands(click.Group):
    """A group whose commands are the modules beside this one: `read_poster.py` is `read-poster`, `import_.py` is
    `import`.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click's signature
        """The names of all commands."""
        return sorted(module.name.rstrip("_").replace("_", "-") for module in pkgutil.iter_modules(__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        names = {module.name for module in pkgutil.iter_modules(__path__)}
        name = cmd_name.replace("-", "_")
        module = importlib.import_module(f"{__name__}.{name if name in names else f'{name}_'}")
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a refusal to start is two sentences and exit status 1, never a traceback."""
        try:
            return super().invoke(ctx)
        except CannotStart as refusal:
            click.echo(str(refusal), err=True)
            ctx.exit(1)
        except Exception as error:
            if not _is_unprepared(error):
                raise
            click.echo(
                "The database lacks tables of this release; `dauchan up` or `dauchan prepare` makes them.\n"
                "Cơ sở dữ liệu chưa có đủ bảng của phiên bản này; lệnh `dauchan up` hoặc `dauchan prepare` tạo bảng.",
                err=True,
            )
            ctx.exit(1)


def _is_unprepared(error: Exception) -> bool:
    """Whether a table is missing; a command that never asked the database has not loaded its driver."""
    driver = sys.modules.get("psycopg.errors")
    return driver is not None and isinstance(error.__cause__, driver.UndefinedTable)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dauchan")
def main() -> None:
    """Dấu Chân: check-ins at the doors of a province, and a contact list when a case is confirmed.

    Example: dauchan up
    """
