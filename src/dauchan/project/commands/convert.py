"""`dauchan convert`: a file of another outbreak system, checked and written as another takes it."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dauchan.project.out_files import OutFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from dauchan.exchange.interop.records import Told

MOST_ROWS = 100_000
FORMS = ("list", "sormas", "dhis2", "godata", "fhir")


@click.command()
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--to", "form", type=click.Choice(FORMS), help="The system it is written for; `list` is a case list of ours."
)
@click.option(
    "--out",
    type=OutFile(),
    metavar="FILE",
    help="The file to write; its cases, with --contacts its contacts.",
)
@click.option(
    "--contacts", is_flag=True, help="Write the contacts where the form has a file of its own for them (sormas)."
)
@click.option(
    "--ids",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TOML: the ids of a DHIS2 installation by our facts.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@click.pass_context
def command(
    context: click.Context,
    source: Path,
    form: str | None,
    out: Path | None,
    ids: Path | None,
    *,
    contacts: bool,
    as_json: bool,
) -> None:
    """Read FILE of SORMAS, DHIS2, Go.Data or FHIR, say what is in it and what could not be taken, and write it for another.

    Without --out it is a dry run. Needs no database and no server. The exit status is 1 where something could not be taken, 2 where
    the file is of none of these systems.

    Example: dauchan convert cases-from-sormas.csv --to list --out cases.csv
    """
    from dauchan.exchange.interop.any_file import read_any
    from dauchan.exchange.interop.numbering import number_all

    facts: dict[str, str] = tomllib.loads(ids.read_text(encoding="utf-8")) if ids else {}
    content = source.read_bytes()
    told = read_any(content, {uid: fact for fact, uid in facts.items()}) or _contacts_in(content)
    if told is None:
        raise click.UsageError(
            f"{source} is of none of SORMAS, DHIS2, Go.Data, FHIR. / Không phải tệp của các hệ thống này."
        )
    if bool(form) != bool(out):
        raise click.UsageError("--to and --out go together. / --to và --out đi cùng nhau.")
    if form and out:
        number_all(told)
        out.write_bytes(_written(told, form, facts, contacts=contacts))
    click.echo(json.dumps(_report(told), ensure_ascii=False) if as_json else _lines(told))
    context.exit(1 if told.faults else 0)


def _contacts_in(content: bytes) -> Told | None:
    """Contacts of a table that no program but Go.Data writes, and people do; None where it is none."""
    from dauchan.exchange.interop.contact_list import read_contact_list
    from dauchan.exchange.sheets import SheetUnreadable
    from dauchan.exchange.workbooks import WIDEST, rows_of_list
    from dauchan.vietnamese.dates import LOCAL

    try:
        rows = rows_of_list(content, MOST_ROWS, WIDEST)
    except SheetUnreadable:
        return None
    return read_contact_list(rows, dt.datetime.now(LOCAL).date())


def _written(told: Told, form: str, ids: dict[str, str], *, contacts: bool) -> bytes:
    from dauchan.exchange.interop import writing
    from dauchan.exchange.interop.case_rows import case_rows
    from dauchan.exchange.tables import Column, csv_chunks

    if form == "list":
        head, *rows = case_rows(told.cases, told.system)
        columns = [Column[list[str]](name, lambda row, at=at: row[at]) for at, name in enumerate(head)]  # type: ignore[misc]
        return b"".join(csv_chunks(columns, rows))
    if form == "sormas" and contacts:
        return b"".join(csv_chunks(writing.sormas_contact_columns(), told.contacts))
    if form == "sormas":
        return b"".join(csv_chunks(writing.sormas_case_columns(), told.cases))
    payloads: dict[str, Callable[[], object]] = {
        "dhis2": lambda: writing.dhis2_payload(told.cases, told.contacts, ids),
        "godata": lambda: [*writing.godata_cases(told.cases), *writing.godata_contacts(told.contacts)],
        "fhir": lambda: writing.fhir_bundle(told.cases, dt.datetime.now(dt.UTC)),
    }
    return json.dumps(payloads[form](), ensure_ascii=False, indent=1).encode()


def _report(told: Told) -> dict[str, object]:
    return {
        "system": told.system,
        "cases": len(told.cases),
        "contacts": len(told.contacts),
        "happenings": len(told.happenings),
        "faults": [{"at": one.at, "name": one.name, "reason": one.reason, "text": one.text} for one in told.faults],
        "passed_over": dict(told.passed_over),
        "day_first": told.order.day_first,
        "is_order_sure": told.order.is_sure,
    }


def _lines(told: Told) -> str:
    said = [f"{told.system}: {len(told.cases)} cases, {len(told.contacts)} contacts, {len(told.happenings)} events"]
    said += [f"{one.at}: {one.name} {one.text}: {one.reason.replace('_', ' ')}" for one in told.faults]
    if told.contacts:
        said.append(
            "Contacts are no cases: take them in with `dauchan import contacts FILE --case CODE --by TRACER`. / "
            "Người tiếp xúc không phải là ca bệnh: nhập bằng `dauchan import contacts`."
        )
    if told.passed_over:
        said.append(f"passed over: {', '.join(f'{name} ({count})' for name, count in told.passed_over.most_common())}")
    if not told.order.is_sure:
        said.append("Nothing in the file tells whether 03/04 is 3 April: days were read with the day first.")
    return "\n".join(said)
