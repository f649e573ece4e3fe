"""`dauchan import`: reference data and lists from files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import click

from dauchan.project.import_reports import language_option, told
from dauchan.project.out_files import OutFile


@click.group()
def command() -> None:
    """Take in files.

    Example: dauchan import units units.csv
    """


@command.command()
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--agency", required=True, help="The agency's number, or its whole name where only one bears it.")
@click.option("--others-left", is_flag=True, help="Members whom FILE does not name have left.")
@click.option("--copy", type=OutFile(), metavar="COPY", help="Write a copy of FILE with a remark beside each row.")
@click.option("--dry-run", is_flag=True, help="Say what would change; keep nothing.")
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON line.")
def roster(
    source: Path,
    agency: str,
    copy: Path | None,
    language: str,
    *,
    others_left: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Load the staff of an agency from an XLSX, XLS, ODS or CSV FILE; rows with faults are told and left out.

    Columns: employee number, full name, phone, department, working days, start, end, works on holidays, start date; Vietnamese or
    English headings. Members are known by their number, so the same FILE once more changes nothing. The exit status is 1 where a row has a fault.

    Example: dauchan import roster staff.xlsx --agency "UBND phường Thuận Hóa"
    """
    from dauchan.project.roster_files import roster_imported

    report = roster_imported(source, agency, copy, language, others_left=others_left, dry_run=dry_run)
    told(report, language, as_json=as_json)


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


@command.command()
@click.argument("source", metavar="FILE", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--area", default="", help="Code or name of the unit in which all venues must lie; by default the province."
)
@click.option("--kind", default="", help="Code of the kind of venues of rows that state none, for example eatery.")
@click.option(
    "--map-on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="A day of the map by whose names the list was made (YYYY-MM-DD).",
)
@click.option(
    "--twins",
    type=click.Choice(["skip", "merge", "new"]),
    help="What becomes of rows that may be a known place: left out for good, filled into it, or registered beside it; by default they "
    "are told and left out.",
)
@click.option("--approve", is_flag=True, help="Approve the venues and issue their codes; by default they wait.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; keep nothing.")
@click.option("--copy", type=OutFile(), metavar="COPY", help="Write a copy of FILE with a remark beside each row.")
@click.option("--undo", type=int, metavar="LIST", help="Take back the whole import with this number; no FILE then.")
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON line.")
def venues(source: Path | None, *, undo: int | None, as_json: bool, **asked: Any) -> None:  # noqa: ANN401 - as in Asked
    """Register venues from the XLSX, XLS, ODS or CSV FILE that somebody has: merged headings, titles, several sheets, TCVN3 and VNI.

    Rows with faults, and rows that may be a known place, are told and left out. The exit status is 1 where there are any. The same
    FILE once more registers nothing twice.

    Example: dauchan import venues co-so.xlsx --area "Phường Thuận Hóa" --dry-run --copy co-so-checked.xlsx
    """
    from dauchan.project.venue_files import Asked, import_undone, venues_imported

    if (source is None) == (undo is None):
        raise click.UsageError("Give either FILE or --undo LIST. / Hãy ghi FILE hoặc --undo LIST.")
    if undo is not None:
        report = import_undone(undo, asked["language"])
    else:
        report = venues_imported(cast("Path", source), Asked(**asked))
    told(report, asked["language"], as_json=as_json)


@command.command()
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--purpose", required=True, help="Why these people are written down; it stands in the audit log.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; keep nothing.")
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON line.")
def people(source: Path, language: str, *, purpose: str, dry_run: bool, as_json: bool) -> None:
    """Write down people from an XLSX or CSV FILE of another system; a known number stays whose it is, nothing of theirs changes.

    Columns: full name, phone, year of birth, address, and person_id where visits of that system are to be imported too. Numbers
    count as unverified until their holders sign in. The exit status is 1 where a row has a fault.

    Example: dauchan import people nguoi.xlsx --purpose "Chuyển từ hệ thống cũ theo công văn 12/STTTT"
    """
    from dauchan.project.people_files import people_imported

    report = people_imported(source, purpose, language, dry_run=dry_run)
    told(report, language, as_json=as_json)


@command.command()
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen; keep nothing.")
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON line.")
def visits(source: Path, language: str, *, dry_run: bool, as_json: bool) -> None:
    """Put visits into the ledger from a Parquet or CSV FILE with the columns that `dauchan trace --visits` takes.

    Visits of venues or people that are not registered, of the future, or older than the ledger keeps, are told and left out.
    Importing the same file again changes nothing. The exit status is 1 where a row was left out.

    Example: dauchan import visits visits.parquet
    """
    from dauchan.project.visit_files import visits_imported

    report = visits_imported(source, language, dry_run=dry_run)
    told(report, language, as_json=as_json)


@command.command()
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--case", "case_code", required=True, metavar="CODE", help="The case whose contacts they are.")
@click.option("--by", required=True, metavar="USERNAME", help="The tracer who takes them in; stands in the log.")
@click.option(
    "--of", "of_case", default="", metavar="NUMBER", help="What FILE calls the case, where it has contacts of several."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen; keep nothing.")
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON line.")
def contacts(
    source: Path,
    language: str,
    *,
    case_code: str,
    by: str,
    of_case: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write down the contacts in a FILE of Go.Data (JSON, CSV, XLSX), SORMAS or DHIS2, or in a list, as people whom a case named.

    The next trace lists them in generation 1. Rows that cannot be taken are told, each with its reason; the exit status is then 1. So is
    whoever the case named before: the same FILE once more names nobody twice. A list needs a name or phone and the day of the last
    contact. All of it is taken back on the page «Nhập người tiếp xúc» of the case.

    Example: dauchan import contacts contacts.json --case HUE-0001 --by tracer --dry-run
    """
    from dauchan.project.contact_files import contacts_imported

    report = contacts_imported(source, case_code, by, of_case, language, dry_run=dry_run)
    told(report, language, as_json=as_json)
