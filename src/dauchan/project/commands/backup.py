"""`dauchan backup`: everything that cannot be made anew, in a directory."""

import json
from pathlib import Path

import click

from dauchan.project.environment import environment

EXAMPLE = """\b
Examples:
  dauchan backup /srv/backups --keep-days 7
  dauchan backup /srv/copies --continuous --log /srv/log
"""


@click.command(epilog=EXAMPLE)
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--keep-days", type=click.IntRange(1), default=7, show_default=True, help="Remove backups older than this."
)
@click.option(
    "--continuous", is_flag=True, help="Copy the server's files instead, from which any moment can be brought back."
)
@click.option(
    "--log",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="DAUCHAN_WAL_ARCHIVE",
    help="Where the server keeps its log: what no copy needs any more is removed from there (with --continuous).",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(*, directory: Path, keep_days: int, continuous: bool, log: Path | None, as_json: bool) -> None:
    """Write a backup into a new folder of DIRECTORY, while the system runs, and remove those that are too old.

    It holds the database and the pictures, not the keys: keep those elsewhere. What the ledger forgets after 21 days lives
    in backups for --keep-days more.

    With --continuous it holds the files of the database server, whose role needs REPLICATION
    (DAUCHAN_DATABASE_BACKUP_URL); with the log that the server keeps, `dauchan restore --until` goes back to any moment.
    """
    from dauchan.project.backup.continuous import forget_log, make_base
    from dauchan.project.backup.making import make_backup, remove_older
    from dauchan.project.backup.telling import telling
    from dauchan.project.database import database_running

    with database_running(environment(), lambda text: click.echo(text, err=True)), telling() as tell:
        path, manifest = (make_base if continuous else make_backup)(environment(), directory, tell)
    removed = remove_older(directory, keep_days, manifest)
    forgotten = forget_log(log, directory) if continuous and log else 0
    if as_json:
        found = {"path": str(path), "made_at": manifest.made_at, "tables": len(manifest.tables), "rows": manifest.rows}
        click.echo(json.dumps(found | {"removed": [str(old) for old in removed], "log_removed": forgotten}))
        return
    if continuous:
        click.echo(
            f"{path}: the server's files; {len(removed)} older backups and {forgotten} files of the log removed."
        )
        return
    click.echo(
        f"{path}: {manifest.rows:,} rows of {len(manifest.tables)} tables; {len(removed)} older backups removed."
    )
