"""`dauchan segments`: the days of the ledger that tracing keeps on disk."""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from dauchan.project.environment import environment

if TYPE_CHECKING:
    from dauchan.visits.segments.keeping import Condition

_DAY = click.DateTime(["%Y-%m-%d"])
_DAYS = click.argument("days", nargs=-1, type=_DAY, metavar="[DAY]...")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group()
def command() -> None:
    """Days of the ledger on disk, made for tracing. They hold nothing that the ledger does not hold and can be made anew from it.

    Example: dauchan segments status
    """


@contextmanager
def _ledger() -> Iterator[None]:
    from dauchan.project.database import database_running
    from dauchan.project.loading import load_django

    with database_running(environment(), lambda text: click.echo(text, err=True)):
        load_django()
        yield


@command.command()
@_JSON
def status(*, as_json: bool) -> None:
    """How each day stands: visits, rows that landed since it was written, size, and whether it will be written anew.

    Example: dauchan segments status --json
    """
    with _ledger():
        found = _conditions(verify=False)
    if as_json:
        click.echo(json.dumps(_told(found)))
        return
    for each in found:
        click.echo(_line(each))
    click.echo(f"{sum(each.size for each in found) / 1e9:.2f} GB in {sum(each.size > 0 for each in found)} days")


@command.command()
@_JSON
@click.pass_context
def seal(context: click.Context, *, as_json: bool) -> None:
    """Do what the worker does every five minutes: write days that are missing, damaged, settled or have much beside them.

    Example: dauchan segments seal
    """
    _write(context, (), anyway=False, as_json=as_json)


@command.command()
@_DAYS
@_JSON
@click.pass_context
def rebuild(context: click.Context, days: tuple[dt.datetime, ...], *, as_json: bool) -> None:
    """Write days anew from the ledger, whatever is there; without a DAY all of them.

    Example: dauchan segments rebuild 2021-08-12
    """
    _write(context, days, anyway=True, as_json=as_json)


@command.command()
@click.option(
    "--against-ledger",
    is_flag=True,
    help="Besides, read every day from the ledger and compare; seconds a million visits.",
)
@_JSON
@click.pass_context
def verify(context: click.Context, *, against_ledger: bool, as_json: bool) -> None:
    """Read every byte and compare it with its checksum; exits with 1 where a day is damaged, and names it.

    Example: dauchan segments verify --against-ledger
    """
    with _ledger():
        found = _conditions(verify=True)
        others = _differences(found) if against_ledger else {}
    bad = [each for each in found if each.damage]
    if as_json:
        click.echo(json.dumps(_told(found) | {"differences": others}))
    for each in () if as_json else bad:
        click.echo(each.damage)
    for day, visits in () if as_json else others.items():
        click.echo(f"{day}: {visits} visits are not as in the ledger / {visits} lượt ghé khác với sổ ghi")
    if not as_json and not bad and not others:
        click.echo("All segments are what was written. / Mọi phân đoạn đều nguyên vẹn.")
    context.exit(1 if bad or others else 0)


@command.command()
@_DAYS
@click.option("--all", "everything", is_flag=True, help="Every day.")
def drop(days: tuple[dt.datetime, ...], *, everything: bool) -> None:
    """Remove days from the disk; the worker writes them anew within five minutes, and traces are slower until then.

    Example: dauchan segments drop 2021-08-12
    """
    if not days and not everything:
        raise click.UsageError("name the days, or say --all")
    with _ledger():
        from dauchan.visits.segments.keeping import drop as drop_days

        gone = drop_days(None if everything else {day.date() for day in days})
    click.echo(f"{gone} days removed.")


def _conditions(*, verify: bool) -> "list[Condition]":
    from django.utils import timezone

    from dauchan.visits.retention import kept_days
    from dauchan.visits.segments.keeping import condition
    from dauchan.visits.segments.shelf import own_shelf

    now, shelf = timezone.now(), own_shelf()
    return [condition(shelf, day, now, verify=verify) for day in kept_days(now)]


def _differences(found: "list[Condition]") -> dict[str, int]:
    from dauchan.visits.segments.keeping import difference
    from dauchan.visits.segments.shelf import own_shelf

    shelf = own_shelf()
    counted = {each.day.isoformat(): difference(shelf, each.day) for each in found}
    return {day: visits for day, visits in counted.items() if visits}


def _write(context: click.Context, days: tuple[dt.datetime, ...], *, anyway: bool, as_json: bool) -> None:
    with _ledger():
        from django.utils import timezone

        from dauchan.visits.segments.keeping import keep

        chosen = {day.date() for day in days} or None
        done = keep(
            timezone.now(), chosen, anyway=anyway, told=lambda day, why: click.echo(f"{day}: {why} …", err=True)
        )
    if done is None:
        click.echo("Another process is writing segments. / Một tiến trình khác đang ghi phân đoạn.", err=True)
        context.exit(1)
    if as_json:
        click.echo(json.dumps({day.isoformat(): why for day, why in done.items()}))
    else:
        click.echo(f"{len(done)} days written.")


def _told(found: "list[Condition]") -> dict[str, object]:
    days = [
        {
            "day": each.day.isoformat(),
            "sealed": bool(each.acknowledged and each.acknowledged.is_sealed),
            "visits": each.acknowledged.visits if each.acknowledged else None,
            "made_at": each.acknowledged.made_at.isoformat() if each.acknowledged else None,
            "late_rows": each.late_rows,
            "bytes": each.size,
            "damage": each.damage or None,
            "to_write": each.reason,
        }
        for each in found
    ]
    return {
        "days": days,
        "bytes": sum(each.size for each in found),
        "to_write": sum(bool(each.reason) for each in found),
    }


def _line(each: "Condition") -> str:
    if each.acknowledged is None:
        return f"{each.day}  {each.damage or 'missing'}"
    state = "sealed" if each.acknowledged.is_sealed else "draft"
    visits, late = f"{each.acknowledged.visits:,}", f"{each.late_rows:,}"
    return f"{each.day}  {state:6} {visits:>12} visits {late:>9} late rows {each.size / 1e6:8.1f} MB  {each.reason or ''}".rstrip()
