"""`dauchan prepare`: the database brought up to this release, and what the first trace would wait for."""

import click


@click.command()
@click.option(
    "--no-compile", is_flag=True, help="Leave the tracing engine to the worker, which compiles it beside its work."
)
def command(*, no_compile: bool) -> None:
    """Bring the database up to date: tables, administrative units, reference data and, in a demonstration, the province.

    Compiles the tracing engine too: that takes a minute, beside the running release, and the first trace of this one need not wait for it.

    `dauchan up` does this by itself, and compiles when it is ready. Calling it again changes nothing.

    Example: DATABASE_URL=postgresql://dauchan@db.example/dauchan dauchan prepare
    """
    from dauchan.epi import compile_kernels
    from dauchan.project.database import database_running
    from dauchan.project.environment import environment
    from dauchan.project.loading import load_django

    with database_running(environment(), click.echo):
        load_django()
        from dauchan.project.preparation import prepare

        prepare()
    if not no_compile:
        click.echo("Compiling the tracing engine … / Đang biên dịch bộ truy vết …")
        compile_kernels()
