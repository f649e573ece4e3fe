"""`dauchan exchange`: what goes to the national centre, and the centre itself where there is none."""

import datetime as dt
import json
import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dauchan.project.environment import environment
from dauchan.project.errors import CannotStart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dauchan.exchange.national.agreement import Agreement

_DAY = click.DateTime(["%Y-%m-%d"])
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
_RECEIVER = click.option("--receiver", "code", default="", help="Only this receiver; else all of var/exchange.")
FOLLOW_SECONDS = 2.0
RECEIVER_PORT = 8800


@click.group()
def command() -> None:
    """Send visits, venues and failed scans to the national centre, and prove that they are there.

    Agreements stand in var/exchange, a file each: docs/exchange.md.

    Example: dauchan exchange status
    """


@contextmanager
def _agreed(code: str) -> "Iterator[list[Agreement]]":
    """The agreements, with the database running. Raises: CannotStart."""
    from dauchan.project.database import database_running
    from dauchan.project.loading import load_django

    with database_running(environment(), lambda text: click.echo(text, err=True)):
        load_django()
        from dauchan.exchange.national.agreement import agreement_of, agreements
        from dauchan.exchange.national.errors import ExchangeRefused

        try:
            found = [agreement_of(code)] if code else agreements()
        except ExchangeRefused as refused:
            raise CannotStart(
                f"The agreement cannot be used: {refused}.", f"{refused.message} ({refused})."
            ) from refused
        if not found:
            raise CannotStart(
                "There is no agreement in var/exchange; `dauchan exchange agree` makes one.",
                "Chưa có thỏa thuận nào trong var/exchange; lệnh `dauchan exchange agree` tạo một thỏa thuận.",
            )
        yield found


@command.command()
@_RECEIVER
@_JSON
@click.option("--follow", is_flag=True, help="Go on, every two seconds, until it is stopped.")
@click.option("--seconds", default=3600.0, show_default=True, help="The longest that one turn takes.")
@click.pass_context
def run(context: click.Context, code: str, *, as_json: bool, follow: bool, seconds: float) -> None:
    """Hand over everything that waits. The worker does so every minute, `dauchan up` every two seconds.

    Example: dauchan exchange run
    """
    with _agreed(code) as agreed:
        from dauchan.exchange.national.agreement import agreements
        from dauchan.exchange.national.turns import turn

        found, is_bad = agreed, False
        while True:
            for agreement in found:
                done = turn(agreement, min(seconds, 30.0) if follow else seconds)
                is_bad = done is None or done.failure is not None
                if as_json or (done and (done.batches or done.failure)) or not follow:
                    _tell_turn(agreement.code, done, as_json=as_json)
            if not follow:
                break
            time.sleep(FOLLOW_SECONDS)
            found = [each for each in agreements() if code in {"", each.code}]
    context.exit(1 if is_bad else 0)


def _tell_turn(code: str, done: object, *, as_json: bool) -> None:
    from dauchan.exchange.national.turns import Turned

    if not isinstance(done, Turned):
        click.echo(f"{code}: another process has the turn / một tiến trình khác đang gửi", err=True)
        return
    failure = f"{done.failure.code}: {done.failure}" if done.failure else None
    if as_json:
        click.echo(json.dumps({"receiver": code, "batches": done.batches, "records": done.records, "failure": failure}))
    elif failure:
        click.echo(f"{code}: {done.records:,} records handed over, then {failure}", err=True)
    else:
        click.echo(f"{code}: {done.records:,} records in {done.batches} batches handed over")


@command.command()
@_RECEIVER
@_JSON
def status(code: str, *, as_json: bool) -> None:
    """How it stands: lag, rate, backlog, when that is empty, the last reconciliation, what was set aside.

    Example: dauchan exchange status --json
    """
    with _agreed(code) as found:
        from dauchan.exchange.national.status import lines_of, status_of

        told = [status_of(agreement) for agreement in found]
        if as_json:
            click.echo(json.dumps({"receivers": told}, default=str))
        else:
            for each in told:
                click.echo("\n".join(lines_of(each)))


@command.command()
@_RECEIVER
@_JSON
@click.option("--day", "days", multiple=True, type=_DAY, help="Only this local day; may be given several times.")
@click.option("--afresh", is_flag=True, help="Compute every digest of this end anew from the ledger.")
@click.option("--withdraw", is_flag=True, help="Have taken back what only the receiver has; it keeps it aside.")
@click.pass_context
def reconcile(
    context: click.Context, code: str, *, days: tuple[dt.datetime, ...], afresh: bool, withdraw: bool, as_json: bool
) -> None:
    """Compare counts and digests at both ends and send again what differs. The worker does so every night. Exits with 1 where the
    ends are still apart.

    Example: dauchan exchange reconcile --day 2021-08-20
    """
    with _agreed(code) as found:
        from dauchan.exchange.national.errors import ExchangeRefused
        from dauchan.exchange.national.reconciling import Wish, reconcile
        from dauchan.exchange.national.status import told_of

        wish = Wish(tuple(day.date() for day in days) or None, afresh=afresh, withdraw=withdraw)
        try:
            told = [(agreement.code, reconcile(agreement, wish)) for agreement in found]
        except ExchangeRefused as refused:
            raise CannotStart(f"Not reconciled: {refused.code}.", str(refused.message)) from refused
        said = [told_of(name, done) for name, done in told]
    click.echo(json.dumps({"reconciled": said}, default=str) if as_json else "\n".join(each["line"] for each in said))
    context.exit(0 if all(each["outcome"] in {"equal", "mended"} for each in said) else 1)


@command.command()
@_RECEIVER
@click.argument("days", nargs=-1, type=_DAY, metavar="[DAY]...")
@click.option("--all", "everything", is_flag=True, help="Every day that is kept and agreed.")
def backfill(code: str, days: tuple[dt.datetime, ...], *, everything: bool) -> None:
    """Send past days once more, beside the live stream and after it. What the receiver has already it recognises.

    Example: dauchan exchange backfill 2021-08-20 2021-08-21
    """
    if not days and not everything:
        raise click.UsageError("name the days, or say --all")
    with _agreed(code) as found:
        from django.utils import timezone

        from dauchan.exchange.national.actions import send_days
        from dauchan.exchange.national.errors import ExchangeRefused
        from dauchan.exchange.national.streams import agreed_days, make_ready

        for agreement in found:
            make_ready(agreement, timezone.now())
            chosen = agreed_days(agreement, timezone.now()) if everything else [day.date() for day in days]
            try:
                made = send_days(agreement, None, chosen)
            except ExchangeRefused as refused:
                raise CannotStart(
                    "A day lies before the agreement or past retention.", str(refused.message)
                ) from refused
            click.echo(
                f"{agreement.code}: {made} streams for {len(chosen)} days; `dauchan exchange run` sends them now"
            )


@command.command()
@click.argument("code")
@click.option("--url", required=True, help="The receiver's address.")
@click.option("--source", default="hue", show_default=True, help="What we are called there.")
@click.option("--first-on", type=_DAY, help="The first local day that is sent; without it today.")
def agree(code: str, url: str, source: str, first_on: dt.datetime | None) -> None:
    """Write an agreement into var/exchange, with a fresh secret, and print what the receiver's file must say of us.

    Example: dauchan exchange agree national --url https://centre.example
    """
    from dauchan.project.loading import load_django

    load_django()
    from django.utils import timezone

    from dauchan.exchange.national.agreeing import write_agreement
    from dauchan.exchange.national.errors import AgreementRefused

    try:
        block = write_agreement(code, url, source, first_on.date() if first_on else timezone.localdate())
    except FileExistsError as there:
        raise CannotStart(f"{there.filename} is there already.", f"Đã có tệp {there.filename}.") from there
    except AgreementRefused as refused:
        raise CannotStart(f"Not written: {refused}.", f"{refused.message} ({refused}).") from refused
    click.echo(block)


@command.command()
@click.option(
    "--config", type=click.Path(dir_okay=False, path_type=Path), help="Its file; var/exchange/receiver.toml without it."
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=RECEIVER_PORT, show_default=True, type=click.IntRange(1, 65535))
def receive(config: Path | None, host: str, port: int) -> None:
    """Be the receiving end: the reference national centre, for exercises and for a country that has none. It has its own database.

    A demonstration makes itself what is missing: an agreement, the receiver's file, a database schema beside its own.

    Example: dauchan exchange receive --config centre.toml --host 0.0.0.0 --port 8800
    """
    from dauchan.project.centre import demonstration_centre

    path, database = (config, "") if config else demonstration_centre(environment(), port)
    environ = {**os.environ, "DAUCHAN_RECEIVER_DATABASE_URL": database} if database else dict(os.environ)
    words = [
        sys.executable,
        "-m",
        "dauchan.exchange.receiving",
        "--config",
        str(path),
        "--host",
        host,
        "--port",
        str(port),
    ]
    os.execve(sys.executable, words, environ)  # noqa: S606 - our own program takes this one's place
