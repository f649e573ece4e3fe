"""`dauchan restore`: a backup brought back and compared."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dauchan.project.directories import make_var
from dauchan.project.environment import environment

if TYPE_CHECKING:
    from dauchan.project.backup.manifest import Manifest


EXAMPLE = """\b
Examples:
  DAUCHAN_VAR=/srv/dauchan dauchan restore /srv/backups/dauchan-20260315T190000Z
  dauchan restore /srv/copies/dauchan-20260315T190000Z-continuous --until 2026-03-16T08:30:00+07:00 --log /srv/log
"""


@click.command(epilog=EXAMPLE)
@click.argument("backup", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only read the backup's files and compare them with its manifest.")
@click.option("--until", help="Of a continuous backup: the moment to go back to, as 2026-03-15T08:30:00+07:00.")
@click.option(
    "--log",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="DAUCHAN_WAL_ARCHIVE",
    help="Where the server kept its log (with --until).",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    help="With --until and a database server of your own: its new data directory; start it on that, then --arrived.",
)
@click.option("--arrived", is_flag=True, help="Your server runs on what --into made: bring the rest up to today.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--erasures",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The list of what people had erased since (erasures.jsonl), where it is not that of this installation.",
)
def command(  # noqa: PLR0913 - each is an option
    *,
    backup: Path,
    check: bool,
    until: str | None,
    log: Path | None,
    into: Path | None,
    arrived: bool,
    as_json: bool,
    erasures: Path | None,
) -> None:
    """Restore BACKUP into an empty database, compare the digest of every table, then remove what is past its time.

    The keys of the installation it was made of must be set. Everybody is signed out. What people had erased, restricted or
    withdrawn since the backup was made is carried out again, from the list that is kept apart from backups.

    A continuous backup is brought back to the moment --until, from the log that the server kept since.
    """
    from dauchan.project.backup.continuous import check_base, is_continuous
    from dauchan.project.backup.manifest import read_manifest

    manifest, replayed = read_manifest(backup), 0
    if is_continuous(backup) and check:
        check_base(backup)
    elif is_continuous(backup):
        if not arrived:
            laid_out = _lay_out(backup, manifest, until, log, into)
            if laid_out is not None:
                click.echo(laid_out)
                return
        replayed = _arrive(backup, erasures)
    elif until or into or arrived:
        raise click.UsageError("--until, --into and --arrived are for backups made with --continuous.")
    elif not check:
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
    if is_continuous(backup):
        click.echo(f"{backup}: {'can be read' if check else f'brought back to {until}' if until else 'brought back'}.")
    else:
        verb = "can be read" if check else "restored and compared"
        click.echo(f"{manifest.rows:,} rows of {len(manifest.tables)} tables of {manifest.made_at} {verb}.")
    if not check:
        click.echo(f"{replayed} people erased again. / Đã xóa lại dữ liệu của {replayed} người.")


def _lay_out(backup: Path, manifest: "Manifest", until: str | None, log: Path | None, into: Path | None) -> str | None:
    """Lay out the data directory of a moment. Returns: what the operator does next with a server of their own, or None."""
    from dauchan.project.backup.moments import prepare_moment
    from dauchan.project.backup.restoring import check_purpose_of

    here = environment()
    if until is None or log is None:
        raise click.UsageError("A continuous backup needs --until and --log.")
    if into is None and not here.embedded:
        raise click.UsageError(
            "DATABASE_URL names a server of your own: say with --into where its new data directory is."
        )
    try:
        moment = datetime.fromisoformat(until)
    except ValueError:
        raise click.BadParameter("no moment; write it as 2026-03-15T08:30:00+07:00.", param_hint="--until") from None
    if moment.tzinfo is None:
        raise click.BadParameter("say the offset from UTC, as in 2026-03-15T08:30:00+07:00.", param_hint="--until")
    check_purpose_of(here, manifest)
    make_var(here.var)
    prepare_moment(backup, manifest, log, moment, into or here.var / "postgres")
    if into is None:
        return None
    return (
        f"{into} is laid out. Give it to PostgreSQL's user, start the server on it, and then: dauchan restore {backup} --arrived"
        f"\n{into} đã sẵn sàng. Hãy giao thư mục cho người dùng của PostgreSQL, khởi động máy chủ rồi chạy: dauchan restore {backup} --arrived"
    )


def _arrive(backup: Path, erasures: Path | None) -> int:
    from dauchan.project.backup.moments import arrive
    from dauchan.project.database import database_running

    with database_running(environment(), lambda text: click.echo(text, err=True)):
        arrive(environment(), backup)
        return _take_up(backup, erasures)


def _take_up(backup: Path, erasures: Path | None) -> int:
    """Bring the tables up to this release, forget what has to be forgotten since, and leave a line in the log.

    Returns: how many people were erased again.
    """
    from dauchan.project.loading import load_django

    load_django()
    from django.utils import timezone

    from dauchan.privacy.retention.purging import keep_limits
    from dauchan.privacy.rights.erasure_list import list_path
    from dauchan.privacy.rights.replaying import replay
    from dauchan.project.preparation import migrate_beside_the_log
    from dauchan.units import audit

    migrate_beside_the_log()
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
