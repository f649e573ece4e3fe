"""`dauchan keys`: fresh secret keys for a production installation."""

import click

from dauchan.project.keys import fresh_keys


@click.command()
def command() -> None:
    """Print a fresh set of secret keys as environment variables. Keep them apart from the database's backups.

    Example: dauchan keys > /etc/dauchan/keys.env
    """
    for name, key in fresh_keys().items():
        click.echo(f"{name}={key}")
