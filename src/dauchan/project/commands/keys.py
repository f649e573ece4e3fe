"""`dauchan keys`: fresh secret keys for a production installation, and rolling the key of personal data."""

import json
import secrets
from typing import Any

import click

from dauchan.project.environment import environment
from dauchan.project.keys import KEY_BYTES, fresh_keys, written_ring

RING = "DAUCHAN_PERSONAL_DATA_KEYS"


@click.group(invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Print a fresh set of secret keys as environment variables. Keep them apart from the database's backups.

    Example: dauchan keys > /etc/dauchan/keys.env
    """
    if context.invoked_subcommand is None:
        for name, key in fresh_keys().items():
            click.echo(f"{name}={key}")


@command.command()
def add() -> None:
    """Print the ring of personal data with a new key, which is known and not yet used.

    Set both lines and restart every program; then take the second line away and restart again: from then on the new key seals.
    `dauchan keys rotate` does the rest, and the old key may go when `dauchan keys status` counts nothing under it.

    Example: dauchan keys add
    """
    ring = environment().keys.personal_data
    newer = {**ring, max(ring) + 1: secrets.token_bytes(KEY_BYTES)}
    click.echo(f"{RING}={written_ring(newer)}")
    click.echo(f"DAUCHAN_PERSONAL_DATA_KEY={environment().keys.personal_data_current}")


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def status(*, as_json: bool) -> None:
    """Say which key seals personal data, and how much lies under older ones.

    Example: dauchan keys status
    """
    found = _with_django("count")
    if as_json:
        click.echo(json.dumps(found))
        return
    click.echo(f"Key {found['current']} seals. / Khóa {found['current']} đang mã hóa.")
    for version, values in found["older"].items():
        click.echo(f"{values:,} values under key {version}. / {values:,} giá trị dưới khóa {version}.")
    if not found["older"]:
        click.echo("Nothing lies under an older key. / Không còn gì dưới khóa cũ.")


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def rotate(*, as_json: bool) -> None:
    """Seal anew what lies under older keys, while everything runs; interrupted, it goes on where it was.

    Example: dauchan keys rotate
    """
    found = _with_django("rotate")
    click.echo(
        json.dumps(found) if as_json else f"{found['sealed']:,} values sealed anew under key {found['current']}."
    )


def _with_django(what: str) -> dict[str, Any]:
    from dauchan.project.database import database_running
    from dauchan.project.loading import load_django

    with database_running(environment(), lambda text: click.echo(text, err=True)):
        load_django()
        from django.conf import settings

        from dauchan.privacy.rotating import seal_anew, under_older_keys

        current = settings.FIELD_KEYS.current
        if what == "count":
            return {"current": current, "older": under_older_keys()}
        return {"current": current, "sealed": seal_anew(lambda where, rows: click.echo(f"{where}: {rows:,}", err=True))}
