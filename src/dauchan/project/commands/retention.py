"""`dauchan retention`: what is past its limit, and the proof of what was removed."""

import json
from typing import Any

import click

from dauchan.project.environment import environment


@click.group()
def command() -> None:
    """How long everything is kept, after docs/data-inventory.

    Example: dauchan retention verify
    """


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def verify(context: click.Context, *, as_json: bool) -> None:
    """Check every certificate's digest, chain and signature, and that nothing is past its limit now; else exit with 1.

    Example: dauchan retention verify --json
    """
    found = _with_django(_verified)
    if as_json:
        click.echo(json.dumps(found))
    else:
        click.echo(_in_words(found))
    context.exit(1 if found["fault"] or found["left_over"] else 0)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def run(*, as_json: bool) -> None:
    """Do the nightly round now: remove what is past its limit everywhere, and sign the certificate.

    Example: dauchan retention run
    """
    done = _with_django(_run)
    if as_json:
        click.echo(json.dumps(done))
        return
    click.echo(
        f"Certificate {done['certificate']}: {done['rows']:,} rows removed, {done['left_over']} places left over."
    )


def _with_django(act: Any) -> dict[str, Any]:  # noqa: ANN401 - a function that imports Django's parts itself
    from dauchan.project.database import database_running
    from dauchan.project.loading import load_django

    with database_running(environment(), lambda text: click.echo(text, err=True)):
        load_django()
        found: dict[str, Any] = act()
        return found


def _verified() -> dict[str, Any]:
    from django.utils import timezone

    from dauchan.privacy.retention.certificate_models import PurgeCertificate
    from dauchan.privacy.retention.certificates import first_fault
    from dauchan.privacy.retention.checking import left_over

    fault = first_fault()
    return {
        "certificates": PurgeCertificate.objects.count(),
        "fault": vars(fault) if fault else None,
        "left_over": [vars(one) for one in left_over(timezone.now())],
    }


def _run() -> dict[str, Any]:
    from django.utils import timezone

    from dauchan.privacy.retention.purging import keep_limits

    made = keep_limits(timezone.now())
    return {"certificate": made.pk, "rows": made.rows, "left_over": len(made.content["left_over"])}


def _in_words(found: dict[str, Any]) -> str:
    if fault := found["fault"]:
        return f"Certificate {fault['number']} does not hold: {fault['why']}. / Chứng nhận {fault['number']} không đúng: {fault['why']}."
    lines = [f"{found['certificates']} certificates hold. / {found['certificates']} chứng nhận đúng."]
    lines += [f"{one['where']}: {one['rows']} past {one['rule']}" for one in found["left_over"]]
    if not found["left_over"]:
        lines.append("Nothing is past its limit. / Không còn gì quá hạn.")
    return "\n".join(lines)
