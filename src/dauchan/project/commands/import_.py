"""`dauchan import`: reference data and lists from files."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.group()
def command() -> None:
    """Take in files.

    Example: dauchan import units units.csv
    """


@command.command()
@click.argument("source", metavar="FILE", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON line.")
@click.pass_context
def units(context: click.Context, source: Path, *, as_json: bool) -> None:
    """Load administrative units from a CSV FILE, or from a directory of such files; all of it or nothing.

    Columns: code, parent_code, level (province, district, commune), name, full_name, name_en, valid_from, valid_to,
    lat, lon. Loading the same file again changes nothing.

    Example: dauchan import units units.csv
    """
    from dauchan.project.database import database_running
    from dauchan.project.environment import environment
    from dauchan.project.loading import load_django

    load_django()
    from django.utils import translation

    from dauchan.units.actions import load_units
    from dauchan.units.errors import ReferenceRefused

    def say(line: str) -> None:
        click.echo(line, err=True)

    try:
        with database_running(environment(), say), translation.override("en"):
            loaded = load_units(source)
    except ReferenceRefused as refusal:
        say(refusal.message)
        context.exit(1)
    counts = {"added": loaded.added, "changed": loaded.changed, "unchanged": loaded.unchanged}
    click.echo(json.dumps(counts) if as_json else ", ".join(f"{name}: {count}" for name, count in counts.items()))
