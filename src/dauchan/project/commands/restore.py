"""`dauchan restore`: a backup brought back and compared."""

import json
from pathlib import Path

import click

from dauchan.project.environment import environment


@click.command()
@click.argument("backup", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only read the backup's files and compare them with its manifest.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--erasures",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The list of what people had erased since (erasures.jsonl), where it is not that of this installation.",
)
def command(*, backup: Path, check: bool, as_json: bool, erasures: Path | None) -> None:
    """Restore BACKUP into an empty database, compare the digest of every table, then remove what is past its time.

    The keys of the installation it was made of must be set. Everybody is signed out. What people had erased, restricted or
    withdrawn since the backup was made is carried out again, from the list that is kept apart from backups.

    Example: DAUCHAN_VAR=/srv/dauchan dauchan restore /srv/backups/dauchan-20260315T190000Z
    """
    from dauchan.project.backup.manifest import read_manifest

    manifest, replayed = read_manifest(backup), 0
    if not check:
        from dauchan.project.backup.restoring import restore_backup
        from dauchan.project.backup.telling import telling
        from dauchan.project.database import database_running

        with database_running(environment(), lambda text: click.echo(text, err=True)):
            with telling() as tell:
                restore_backup(environment(), backup, manifest, tell)
            replayed = _take_up(backup, erasures)
    if as_json:
        found = {"made_at": manifest.made_at, "release": manifest.release, "tables": len(manifest.tables)}
        click.echo(json.dumps(found | {"rows": manifest.rows, "restored": not check, "erased_again": replayed}))
        return
    verb = "can be read" if check else "restored and compared"
    click.echo(f"{manifest.rows:,} rows of {len(manifest.tables)} tables of {manifest.made_at} {verb}.")
    if not check:
        click.echo(f"{replayed} people erased again. / Đã xóa lại dữ liệu của {replayed} người.")


def _take_up(backup: Path, erasures: Path | None) -> int:
    """Bring the tables up to this release, forget what has to be forgotten since, and leave a line in the log.

    Returns: how many people were erased again.
    """
    from dauchan.project.loading import load_django

    load_django()
    from django.core.management import call_command
    from django.utils import timezone

    from dauchan.privacy.retention.purging import keep_limits
    from dauchan.privacy.rights.erasure_list import list_path
    from dauchan.privacy.rights.replaying import replay
    from dauchan.units import audit

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    source = erasures or list_path()
    if not source.exists():
        click.echo(
            f"No list of erasures at {source}: give the one of the installation with --erasures, or what people had erased"
            f" since is back. / Không có danh sách xóa tại {source}: hãy chỉ ra bằng --erasures.",
            err=True,
        )
    replayed = replay(source)
    audit.record(
        None, "installation.restored", "installation", detail={"backup": backup.name, "erased_again": replayed}
    )
    keep_limits(timezone.now())
    return replayed
