"""`dauchan backup`: everything that cannot be made anew, in a directory."""

import json
from pathlib import Path

import click

from dauchan.project.environment import environment


@click.command()
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--keep-days", type=click.IntRange(1), default=7, show_default=True, help="Remove backups older than this."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(*, directory: Path, keep_days: int, as_json: bool) -> None:
    """Write a backup into a new folder of DIRECTORY, while the system runs, and remove those that are too old.

    It holds the database and the pictures, not the keys: keep those elsewhere. What the ledger forgets after 21 days lives
    in backups for --keep-days more.

    Example: dauchan backup /srv/backups --keep-days 7
    """
    from dauchan.project.backup.making import make_backup, remove_older
    from dauchan.project.backup.telling import telling
    from dauchan.project.database import database_running

    with database_running(environment(), lambda text: click.echo(text, err=True)), telling() as tell:
        path, manifest = make_backup(environment(), directory, tell)
    removed = remove_older(directory, keep_days, manifest)
    if as_json:
        found = {"path": str(path), "made_at": manifest.made_at, "tables": len(manifest.tables), "rows": manifest.rows}
        click.echo(json.dumps(found | {"removed": [str(old) for old in removed]}))
        return
    click.echo(
        f"{path}: {manifest.rows:,} rows of {len(manifest.tables)} tables; {len(removed)} older backups removed."
    )
