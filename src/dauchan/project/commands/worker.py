"""`dauchan worker`: the jobs that run beside the console."""

import click


@click.command()
@click.option("--once", is_flag=True, help="Do the jobs that are due, then end.")
@click.option("--concurrency", default=1, show_default=True, type=click.IntRange(1, 32), help="Jobs at a time.")
def command(*, once: bool, concurrency: int) -> None:
    """Do the jobs that wait in the database: partitions of the ledger, retention, screening, the exchange.

    `dauchan up` runs one already; run more of them on other machines against the same DATABASE_URL.

    Example: dauchan worker --concurrency 4
    """
    from django.core.management import call_command

    from dauchan.epi import compile_kernels
    from dauchan.project.database import database_running
    from dauchan.project.environment import environment
    from dauchan.project.loading import load_django

    with database_running(environment(), click.echo):
        load_django()
        if not once:
            compile_kernels()  # here, where nobody waits for it: the console then finds the compiled loops on disk
        call_command("procrastinate", "worker", wait=not once, concurrency=concurrency)
