"""`dauchan purge`: remove what is past the retention period."""

import dataclasses
import json

import click

from dauchan.project.environment import environment


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(*, dry_run: bool, as_json: bool) -> None:
    """Remove check-ins, check-outs and failed scans older than 21 days. The worker does the same every night.

    Example: dauchan purge --dry-run
    """
    from dauchan.project.database import database_running

    with database_running(environment(), lambda text: click.echo(text, err=True)):
        _purge(dry_run=dry_run, as_json=as_json)


def _purge(*, dry_run: bool, as_json: bool) -> None:
    from dauchan.project.loading import load_django

    load_django()
    from django.utils import timezone

    from dauchan.visits.retention import purge

    done = purge(timezone.now(), dry_run=dry_run)
    if as_json:
        days = [day.isoformat() for day in done.days]
        found = dataclasses.asdict(done) | {"days": days, "kept_from": done.kept_from.isoformat(), "dry_run": dry_run}
        click.echo(json.dumps(found))
        return
    verb = "would be removed" if dry_run else "removed"
    click.echo(
        f"{len(done.days)} days, {done.check_ins:,} check-ins, {done.scan_attempts:,} failed scans "
        f"and {done.segments} segments before {done.kept_from:%Y-%m-%d %H:%M} {verb}."
    )
