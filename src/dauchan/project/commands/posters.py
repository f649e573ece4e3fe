"""`dauchan posters`: the printable posters of an area."""

import json
import sys
from pathlib import Path

import click

from dauchan.project.environment import environment


@click.command()
@click.option("--unit", "code", required=True, help="Code of the unit, of today's map; all places below it.")
@click.option("--sheet", type=click.Choice(["a4", "a5", "stickers"]), default="a4", show_default=True)
@click.option(
    "--out", "into", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the files."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each file.")
def command(*, code: str, sheet: str, into: Path, as_json: bool) -> None:
    """Write the posters of all places in use within a unit as PDF: a file for each commune, at most 500 posters in each.

    Example: dauchan posters --unit 46 --sheet a4 --out posters/
    """
    from dauchan.project.database import database_running
    from dauchan.project.loading import load_django

    with database_running(environment(), lambda text: click.echo(text, err=True)):
        load_django()
        _write(code, sheet, into, as_json=as_json)


def _write(code: str, sheet: str, into: Path, *, as_json: bool) -> None:
    from typing import TYPE_CHECKING, cast

    from dauchan.project.commands.officer import unit_of_today
    from dauchan.project.poster_files import faces_below, write_posters

    if TYPE_CHECKING:
        from dauchan.venues.posters import Sheet

    faces = faces_below(unit_of_today(code))
    if not faces:
        raise click.ClickException("No place in use there has a poster. / Không có địa điểm nào đang dùng ở đó.")
    with click.progressbar(length=len(faces), label="Posters", file=sys.stderr) as bar:
        for path, posters in write_posters(faces, cast("Sheet", sheet), into):
            bar.update(posters)
            click.echo(json.dumps({"file": str(path), "posters": posters}) if as_json else f"{path}: {posters}")
