"""`dauchan restore`: a backup brought back and compared."""

import json
from pathlib import Path

import click

from dauchan.project.environment import environment


@click.command()
@click.argument("backup", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only read the backup's files and compare them with its manifest.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(*, backup: Path, check: bool, as_json: bool) -> None:
    """Restore BACKUP into an empty database, compare the digest of every table, then remove what is past its time.

    The keys of the installation it was made of must be set. Everybody is signed out.

    Example: DAUCHAN_VAR=/srv/dauchan dauchan restore /srv/backups/dauchan-20260315T190000Z
    """
    from dauchan.project.backup.manifest import read_manifest

    manifest = read_manifest(backup)
    if not check:
        from dauchan.project.backup.restoring import restore_backup
        from dauchan.project.backup.telling import telling
        from dauchan.project.database import database_running

        with database_running(environment(), lambda text: click.echo(text, err=True)):
            with telling() as tell:
                restore_backup(environment(), backup, manifest, tell)
            _take_up(backup)
    if as_json:
        found = {"made_at": manifest.made_at, "release": manifest.release, "tables": len(manifest.tables)}
        click.echo(json.dumps(found | {"rows": manifest.rows, "restored": not check}))
        return
    verb = "can be read" if check else "restored and compared"
    click.echo(f"{manifest.rows:,} rows of {len(manifest.tables)} tables of {manifest.made_at} {verb}.")


def _take_up(backup: Path) -> None:
    """Bring the tables up to this release, forget what has to be forgotten since, and leave a line in the log."""
    from dauchan.project.loading import load_django

    load_django()
    from django.core.management import call_command
    from django.utils import timezone

    from dauchan.units import audit
    from dauchan.visits.retention import keep_house

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    audit.record(None, "installation.restored", "installation", detail={"backup": backup.name})
    keep_house(timezone.now())
