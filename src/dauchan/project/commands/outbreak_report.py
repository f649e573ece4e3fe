"""`dauchan outbreak-report`: a line list in, the outbreak's figures and pictures out; no server, no database."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from dauchan.project.commands.line_list import _stay, _zone

if TYPE_CHECKING:
    from dauchan.epi.line_list import StayColumns

EXAMPLE = """Example: dauchan outbreak-report patients.csv --timezone Europe/Berlin --serial 14,3,7,28 --incubation 21 --out report

FILE is CSV (any usual separator and encoding), XLSX or Parquet: a person a row with stays side by side, or a stay a row with the
person in a column. Columns are guessed from their names and told; --stay, --onset and --person say them. Writes into the folder:

\b
report.html          curve, clusters, transmission possibilities, attack rates, what was refused: one page, no script
report.json          the same figures for a program
contacts.csv         who was together with whom, as `dauchan trace` gives it
links.csv            every possible infector of every case, with its weight
attack_rates.csv     with numerators, denominators and intervals
curve.csv            cases by day of onset
refused.csv          what could not be taken, by row (the first below the header is 1), column and reason
venues.csv           the places by number; people.csv where identifiers are no numbers

Days without a time: a stay ends at the end of its last day. Exit status: 0 written, 1 the input is refused, 2 the command is misspelt.
"""
SERIAL_PARTS = 4


def _serial(_context: click.Context, parameter: click.Parameter, text: str) -> tuple[float, ...]:
    try:
        numbers = tuple(float(part) for part in text.split(","))
    except ValueError:
        numbers = ()
    if len(numbers) != SERIAL_PARTS or not (
        numbers[0] > 0 and numbers[1] > 0 and 0 <= numbers[2] < numbers[3]
    ):  # fmt: skip
        raise click.BadParameter("MEAN,SD,SHORTEST,LONGEST (days · ngày)", param=parameter)
    return numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """The options of the command."""

    file: Path
    out: Path
    stays: "list[StayColumns]"
    onset: str | None
    person: str | None
    zone: ZoneInfo
    before_days: float
    after_days: float
    min_overlap: float
    tail: float
    serial: tuple[float, ...]
    incubation: float
    encoding: str | None
    day_order: str | None
    date_format: str | None
    as_json: bool


NUMBER = click.FloatRange(0)


@click.command(epilog=EXAMPLE)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write to.")
@click.option(
    "--stay", "stays", multiple=True, callback=_stay, help="Columns PLACE,FROM,TO of a stay; default: guessed."
)
@click.option("--onset", help="The column of onsets; default: guessed.")
@click.option("--person", help="The column of identifiers; default: guessed, else the number of the row.")
@click.option("--timezone", "zone", default="Asia/Ho_Chi_Minh", show_default=True, callback=_zone)
@click.option("--before-days", type=NUMBER, default=2, show_default=True, help="Infectious before onset.")
@click.option("--after-days", type=NUMBER, default=5, show_default=True, help="Infectious after onset.")
@click.option("--min-overlap", type=NUMBER, default=0, show_default=True, help="Minutes together that make a contact.")
@click.option(
    "--tail", type=NUMBER, default=0, show_default=True, help="Minutes after the case had left that count too."
)
@click.option(
    "--serial",
    default="4.7,2.9,0.8,17.6",
    show_default=True,
    callback=_serial,
    help="Serial interval in days: MEAN,SD,SHORTEST,LONGEST.",
)
@click.option("--incubation", type=NUMBER, default=14, show_default=True, help="Longest incubation in days.")
@click.option("--encoding", help="Of a CSV file; default: found out.")
@click.option(
    "--day-order", type=click.Choice(["day-first", "month-first"]), help="Of 03/04/2021; default: found out by column."
)
@click.option("--date-format", help="Pattern of all dates, such as %d%m%Y.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def command(**options: Any) -> None:  # noqa: ANN401 click gives what `ReportOptions` lists
    """Report an outbreak from a line list: curve, contacts, who may have infected whom, clusters, attack rates."""
    from dauchan.epi import EpiError

    try:
        run(ReportOptions(**options))
    except EpiError as refusal:
        click.echo(f"{refusal.english}\n{refusal.vietnamese}", err=True)
        sys.exit(1)


def run(options: ReportOptions) -> None:
    """The command without its errors.

    Raises:
        EpiError: the input is refused, or the folder cannot be written.
    """
    from dauchan.epi.chains import SerialInterval
    from dauchan.epi.outbreak_report import ReportRules, outbreak_report
    from dauchan.project.commands.trace import tell_refused
    from dauchan.project.report_files import figures_of, write_report

    found, columns = _read(options)
    tell_refused(options.file, found.refused, strict=False)
    rules = ReportRules(
        before_days=options.before_days,
        after_days=options.after_days,
        min_overlap_minutes=options.min_overlap,
        tail_minutes=options.tail,
        serial=SerialInterval(*options.serial),
        longest_incubation_days=options.incubation,
        zone=options.zone,
    )
    report = outbreak_report(found, rules)
    figures = figures_of(found, report, rules) | {"columns": columns, "encoding": found.encoding}
    write_report(options.out, options.file.name, found, report, figures)
    click.echo(json.dumps(figures, ensure_ascii=False) if options.as_json else _in_words(figures, options.out))


def _read(options: ReportOptions) -> "tuple[Any, dict[str, Any]]":
    """The line list, and which columns were taken for what."""
    from dauchan.epi.errors import TableRefused
    from dauchan.epi.line_list import Writing, read_line_list
    from dauchan.epi.line_list_columns import guess_columns
    from dauchan.epi.line_list_file import read_cells
    from dauchan.epi.written_dates import DayOrder

    header = read_cells(options.file, options.encoding).header
    guess = guess_columns(header)
    stays = options.stays or guess.stays
    if not stays:
        raise TableRefused(
            f"no stay can be recognised in {', '.join(header)}: say --stay PLACE,FROM,TO",
            f"không nhận ra lượt lưu trú trong các cột {', '.join(header)}: hãy chỉ rõ --stay NƠI,TỪ,ĐẾN",
        )
    onset, person = (name.strip().lower() if name else None for name in (options.onset, options.person))
    onset, person = onset or guess.onset, person or guess.person
    writing = Writing(
        options.encoding, DayOrder(options.day_order) if options.day_order else None, options.date_format
    )  # fmt: skip
    found = read_line_list(options.file, stays, zone=options.zone, onset=onset, person=person, writing=writing)
    return found, {"stays": [list(stay) for stay in stays], "onset": onset, "person": person}


def _in_words(figures: dict[str, Any], out: Path) -> str:
    columns = figures["columns"]
    stays = "; ".join(", ".join(stay) for stay in columns["stays"])
    rate = figures["attack_rate"]
    return "\n".join(
        [
            f"stays · lượt: {stays}; onset · khởi phát: {columns['onset'] or '–'}; person · người: {columns['person'] or '# row · dòng'}",
            f"{figures['people']:,} people · người, {figures['places']:,} places · nơi, {figures['stays']:,} stays · lượt",
            f"{figures['onsets']:,} onsets · ca, {figures['onsets_outside_stays']:,} in none of their stays · ngoài mọi lượt lưu trú",
            f"{len(figures['refused']):,} refused · bị từ chối",
            (
                f"{figures['contact_pairs']:,} case–contact pairs · cặp, {figures['cases_with_contacts']:,} cases with contacts · ca có người tiếp xúc, "
                f"{figures['distinct_contacts']:,} contacts · người"
            ),
            f"{figures['linked_cases']:,} cases with a possible infector · ca có nguồn lây có thể, {figures['clusters']:,} clusters · cụm",
            f"attack rate · tỷ lệ tấn công: {rate['infected']} / {rate['at_risk']}",
            f"→ {out}/report.html",
        ]
    )
