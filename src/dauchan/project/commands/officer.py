"""`dauchan officer`: accounts of officers, for the operator. Nobody makes their own."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from dauchan.project.environment import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dauchan.units.models import Officer, Unit

ROLES = ("head", "officer", "monitor", "tracer", "approver", "leader", "agent", "operator", "privacy")


@click.group()
def command() -> None:
    """Open, appoint and close accounts of officers; the audit log keeps every step.

    Example: dauchan officer add canbo --name "Lê Văn Diễn" --role officer --unit 19789
    """


@command.command()
@click.argument("username")
@click.option("--name", "full_name", required=True, help="Full name.")
@click.option("--role", required=True, type=click.Choice(ROLES), help="The first role.")
@click.option(
    "--unit", "unit_code", required=True, help="Code of the unit, of today's map; the role holds below it too."
)
def add(username: str, full_name: str, role: str, unit_code: str) -> None:
    """Open an account with its first role, and print its first password once.

    Example: dauchan officer add truyvet --name "Võ Ngọc Mô" --role tracer --unit 46
    """
    with _database():
        from django.core.exceptions import ValidationError
        from django.db import transaction

        from dauchan.units.accounts import appoint, open_account

        unit = unit_of_today(unit_code)
        try:
            with transaction.atomic():
                officer, password = open_account(username, full_name)
                appoint(officer, role, unit)
        except ValidationError as error:
            raise click.ClickException(" ".join(error.messages)) from error
        click.echo(f"{username}: {password}")


@command.command()
@click.argument("username")
@click.option("--role", required=True, type=click.Choice(ROLES), help="One more role.")
@click.option("--unit", "unit_code", required=True, help="Code of the unit, of today's map.")
def appoint(username: str, role: str, unit_code: str) -> None:
    """Give an officer one more role.

    Example: dauchan officer appoint canbo --role head --unit 19789
    """
    with _database():
        from dauchan.units import accounts

        accounts.appoint(_officer(username), role, unit_of_today(unit_code))


@command.command()
@click.argument("username")
def password(username: str) -> None:
    """Print a new password for an officer who forgot theirs; their sessions end. The second factor stays.

    Example: dauchan officer password canbo
    """
    with _database():
        from dauchan.units.accounts import renew_password

        click.echo(f"{username}: {renew_password(_officer(username))}")


@command.command()
@click.argument("username")
def factor(username: str) -> None:
    """Take away the second factor of an officer who lost theirs; their sessions end, and the next sign-in sets up a new one.

    Only after somebody who knows them has seen them: whoever has their password sets up the new one.

    Example: dauchan officer factor canbo
    """
    with _database():
        from dauchan.units.accounts import remove_second_factor

        removed = remove_second_factor(_officer(username))
        click.echo(f"{username}: {removed} removed / đã gỡ {removed}")


@command.command()
@click.argument("username")
def close(username: str) -> None:
    """Close the account of an officer who has left; what they did stays under their name.

    Example: dauchan officer close canbo
    """
    with _database():
        from dauchan.people.invitations.actions import close as close_account

        close_account(_officer(username), None)


@contextmanager
def _database() -> Iterator[None]:
    from dauchan.project.database import database_running
    from dauchan.project.loading import load_django

    with database_running(environment(), lambda line: click.echo(line, err=True)):
        load_django()
        yield


def _officer(username: str) -> Officer:
    from dauchan.units.models import Officer

    found = Officer.objects.filter(username=username).first()
    if found is None:
        raise click.ClickException(f"There is no officer {username!r}. / Không có cán bộ {username!r}.")
    return found


def unit_of_today(code: str) -> Unit:
    from django.utils import timezone

    from dauchan.units.models import Unit

    found = Unit.objects.valid_on(timezone.localdate()).filter(code=code).first()
    if found is None:
        raise click.ClickException(f"No unit has the code {code!r} today. / Hôm nay không có đơn vị mã {code!r}.")
    return found
