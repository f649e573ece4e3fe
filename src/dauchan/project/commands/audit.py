"""`dauchan audit verify`: prove that nobody has rewritten the log."""

import json
from typing import Any

import click

from dauchan.project.environment import environment


@click.group()
def command() -> None:
    """The log of what officers did.

    Example: dauchan audit verify
    """


@command.command()
@click.option("--noted", metavar="DIGEST", help="A last digest that was noted before: its line must still be there.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def verify(context: click.Context, *, noted: str | None, as_json: bool) -> None:
    """Check the chain of digests from the first line to the last; names the first broken line and exits with 1.

    A chain does not show that its newest lines were cut off: note the last digest elsewhere and ask for it later.

    Example: dauchan audit verify --noted 5f0c…
    """
    from dauchan.project.database import database_running

    with database_running(environment(), lambda text: click.echo(text, err=True)):
        found = _checked(noted)
    broken, is_cut = found["first_broken"], found["noted_is_missing"]
    if as_json:
        click.echo(json.dumps(found))
    elif broken is not None:
        click.echo(
            f"Line {broken} was changed, or a line before it removed. / Dòng {broken} đã bị sửa, hoặc thiếu dòng trước nó."
        )
    elif is_cut:
        click.echo("The noted line is gone: the end of the log was cut off. / Thiếu dòng đã ghi: nhật ký bị cắt cuối.")
    else:
        click.echo(f"The log holds: {found['lines']} lines. / Nhật ký nguyên vẹn: {found['lines']} dòng.")
        click.echo(f"Last digest / Mã cuối: {found['last_digest']}")
    if not as_json and not found["belongs_to_another_role"]:
        click.echo(
            "The table of the log belongs to the role that writes into it; make another its owner (docs/operations/database.md)."
            " / Bảng nhật ký thuộc chính vai trò ghi vào nó; hãy giao cho vai trò khác.",
            err=True,
        )
    context.exit(0 if broken is None and not is_cut else 1)


def _checked(noted: str | None) -> dict[str, Any]:
    from dauchan.project.loading import load_django
    from dauchan.project.log_owner import LogOwner

    load_django()
    from dauchan.units.audit import first_broken_entry
    from dauchan.units.models import AuditEntry

    broken, last = first_broken_entry(), AuditEntry.objects.order_by("id").last()
    return {
        "lines": AuditEntry.objects.count(),
        "first_broken": broken.pk if broken else None,
        "last_digest": last.digest if last else None,
        "belongs_to_another_role": LogOwner.of(environment()).is_apart(),
        "noted_is_missing": noted is not None and not AuditEntry.objects.filter(digest=noted).exists(),
    }
