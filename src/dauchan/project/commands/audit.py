"""`dauchan audit verify`: prove that nobody has rewritten the log."""

import json

import click

from dauchan.project.environment import environment


@click.group()
def command() -> None:
    """The log of what officers did.

    Example: dauchan audit verify
    """


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def verify(context: click.Context, *, as_json: bool) -> None:
    """Check the chain of digests from the first line to the last; names the first broken line and exits with 1.

    Example: dauchan audit verify
    """
    from dauchan.project.database import database_running

    with database_running(environment(), lambda text: click.echo(text, err=True)):
        broken, lines = _checked()
    if as_json:
        click.echo(json.dumps({"lines": lines, "first_broken": broken}))
    elif broken is None:
        click.echo(f"The log holds: {lines} lines. / Nhật ký nguyên vẹn: {lines} dòng.")
    else:
        click.echo(
            f"Line {broken} was changed, or a line before it removed. / Dòng {broken} đã bị sửa, hoặc thiếu dòng trước nó."
        )
    context.exit(0 if broken is None else 1)


def _checked() -> tuple[int | None, int]:
    from dauchan.project.loading import load_django

    load_django()
    from dauchan.units.audit import first_broken_entry
    from dauchan.units.models import AuditEntry

    broken = first_broken_entry()
    return (broken.pk if broken else None), AuditEntry.objects.count()
