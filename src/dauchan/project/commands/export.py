"""`dauchan export fhir`: places, and where a case was under a pseudonym, as FHIR resources."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import click

from dauchan.project.environment import environment
from dauchan.project.out_files import OutFile

if TYPE_CHECKING:
    from pathlib import Path

    from dauchan.exchange.interop.records import PlaceTold, StayTold

SHORTEST_PURPOSE = 10


@click.group()
def command() -> None:
    """What is here, as other systems take it.

    Example: dauchan export fhir --unit 46 --out places.json
    """


@command.command()
@click.option(
    "--out", required=True, type=OutFile(), metavar="FILE", help="The file to write; one of this name is replaced."
)
@click.option("--unit", metavar="CODE", help="Locations of this unit and all below it, on today's map.")
@click.option("--case", "case_code", metavar="CODE", help="Encounters of this case while it was infectious.")
@click.option("--by", metavar="USERNAME", help="The tracer who asks for the case.")
@click.option("--purpose", help="What for; stands in the log.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as one JSON object.")
def fhir(
    *, out: Path, unit: str | None, case_code: str | None, by: str | None, purpose: str | None, as_json: bool
) -> None:
    """A FHIR R4 bundle: Location for each place (--unit), or Location, Patient and Encounter for the stays of a case (--case).

    Nobody is named: a Patient has a pseudonym that holds for the case. Exits with 1 where there is no such unit, or no such case for
    the tracer.

    Example: dauchan export fhir --case HUE-0001 --by tracer --purpose "Gửi viện dịch tễ phân tích chuỗi lây" --out stays.json
    """
    if bool(unit) == bool(case_code):
        raise click.UsageError("Either --unit or --case. / Chọn --unit hoặc --case.")
    if case_code and not (by and purpose and len(purpose.strip()) >= SHORTEST_PURPOSE):
        raise click.UsageError(
            "A case needs --by and a --purpose of ten characters at least. / Ca bệnh cần --by và --purpose ít nhất 10 ký tự."
        )
    from dauchan.project.database import database_running

    with database_running(environment(), lambda text: click.echo(text, err=True)):
        places, stays = _places(unit) if unit else _stays(case_code or "", by or "", (purpose or "").strip())
        _write(out, places, stays)
    said: dict[str, Any] = {"places": len(places), "stays": len(stays), "file": str(out)}
    click.echo(json.dumps(said) if as_json else f"{len(places)} Location, {len(stays)} Encounter: {out}")


def _places(code: str) -> tuple[list[PlaceTold], list[StayTold]]:
    from dauchan.project.loading import load_django

    load_django()
    from django.utils import timezone

    from dauchan.exchange.interop.ours import places_of
    from dauchan.units.models import Unit

    unit = Unit.objects.valid_on(timezone.localdate()).filter(code=code).first()
    if unit is None:
        raise click.ClickException(f"No unit {code} today. / Hôm nay không có đơn vị {code}.")
    return places_of(unit), []


def _stays(code: str, username: str, purpose: str) -> tuple[list[PlaceTold], list[StayTold]]:
    from dauchan.project.loading import load_django

    load_django()
    from dauchan.exchange.interop.ours import stays_told
    from dauchan.tracing.access import access_cases, require_tracer
    from dauchan.tracing.models import Case
    from dauchan.units.errors import AccessRefused
    from dauchan.units.models import Officer

    try:
        officer = Officer.objects.get(username=username, is_active=True)
        case = access_cases(officer).get(code=code)
        require_tracer(officer, case)
    except (Officer.DoesNotExist, Case.DoesNotExist, AccessRefused) as refused:
        raise click.ClickException(
            f"{username} traces no case {code}. / {username} không truy vết ca {code}."
        ) from refused
    return stays_told(case, officer, purpose)


def _write(out: Path, places: list[PlaceTold], stays: list[StayTold]) -> None:
    from dauchan.exchange.interop.writing import fhir_stays

    made = fhir_stays(places, stays, dt.datetime.now(dt.UTC))
    out.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")
