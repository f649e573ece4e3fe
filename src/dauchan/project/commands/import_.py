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
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--agency", required=True, help="The agency's number, or its whole name where only one bears it.")
@click.option("--others-left", is_flag=True, help="Members whom FILE does not name have left.")
@click.option("--dry-run", is_flag=True, help="Say what would change; keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON line.")
@click.pass_context
def roster(
    context: click.Context, source: Path, agency: str, *, others_left: bool, dry_run: bool, as_json: bool
) -> None:
    """Load the staff of an agency from an XLSX or CSV FILE; rows with faults are told and left out.

    Columns: employee number, full name, phone, department, working days, start, end, works on holidays, start date; Vietnamese or
    English headings. Members are known by their number. The exit status is 1 where a row has a fault.

    Example: dauchan import roster staff.xlsx --agency "UBND phường Thuận Hóa"
    """
    from dauchan.project.roster_files import roster_imported

    report = roster_imported(source, agency, others_left=others_left, dry_run=dry_run)
    click.echo(json.dumps(report.counts) if as_json else report.text)
    for line in report.faults:
        click.echo(line, err=True)
    context.exit(1 if report.faults else 0)


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
