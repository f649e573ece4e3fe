"""`dauchan line-list`: a line list with stays side by side becomes the files that `dauchan trace` reads."""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

if TYPE_CHECKING:
    from dauchan.epi.line_list import LineList, StayColumns

EXAMPLE = """Example: dauchan line-list patients.csv --stay ward1,from1,to1 --stay ward2,from2,to2 --onset onset --out lists

Writes visits.csv, cases.csv and venues.csv into the folder. Instants without a zone are local to --timezone. What cannot be taken is named by row
(the first below the header is 1) and column; the rest is taken. Then:

\b
  dauchan trace --visits lists/visits.csv --cases lists/cases.csv --out contacts.csv --generations 1

Exit status: 0 the files are written, 1 the input is refused, 2 the command is misspelt.
"""
STAY_PARTS = 3


def _stay(_context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> "list[StayColumns]":
    from dauchan.epi.line_list import StayColumns

    parts = [[name.strip().lower() for name in value.split(",")] for value in values]
    if any(len(names) != STAY_PARTS or not all(names) for names in parts):
        raise click.BadParameter("PLACE,FROM,TO · NƠI,TỪ,ĐẾN", param=parameter)
    return [StayColumns(*names) for names in parts]


def _zone(_context: click.Context, parameter: click.Parameter, name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise click.BadParameter(f"no such time zone · không có múi giờ này: {name}", param=parameter) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class LineListOptions:
    """The options of the command."""

    file: Path
    out: Path
    stays: "list[StayColumns]"
    onset: str | None
    person: str | None
    zone: ZoneInfo
    before_days: float
    after_days: float
    as_json: bool


@click.command(epilog=EXAMPLE)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write to.")
@click.option("--stay", "stays", required=True, multiple=True, callback=_stay, help="Columns PLACE,FROM,TO of a stay.")
@click.option("--onset", help="The column of onsets: they become the index cases.")
@click.option("--person", help="The column of identifiers; default: the number of the row.")
@click.option("--timezone", "zone", default="Asia/Ho_Chi_Minh", show_default=True, callback=_zone)
@click.option("--before-days", type=click.FloatRange(0), default=2, show_default=True, help="Infectious before onset.")
@click.option("--after-days", type=click.FloatRange(0), default=5, show_default=True, help="Infectious after onset.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def command(**options: Any) -> None:  # noqa: ANN401 click gives what `LineListOptions` lists
    """Turn a line list with several stays a row into visits and index cases for a trace."""
    from dauchan.epi import EpiError

    try:
        run(LineListOptions(**options))
    except EpiError as refusal:
        click.echo(f"{refusal.english}\n{refusal.vietnamese}", err=True)
        sys.exit(1)


def run(options: LineListOptions) -> None:
    """The command without its errors.

    Raises:
        EpiError: the input is refused.
    """
    from dauchan.epi.line_list import read_line_list
    from dauchan.project.commands.trace import tell_refused

    onset, person = (name.strip().lower() if name else None for name in (options.onset, options.person))
    found = read_line_list(options.file, options.stays, zone=options.zone, onset=onset, person=person)
    tell_refused(options.file, found.refused, strict=False)
    _write(found, options)
    figures = {
        "people": found.people,
        "places": len(found.places),
        "stays": len(found.stays),
        "onsets": len(found.onsets),
        "onsets_outside_stays": found.onsets_outside_stays(),
        "refused": [asdict(row) for row in found.refused],
    }
    click.echo(json.dumps(figures) if options.as_json else in_words(figures, options.out))


def _write(found: "LineList", options: LineListOptions) -> None:
    import pyarrow as pa

    from dauchan.epi.errors import TableRefused
    from dauchan.epi.writing import write_table

    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise TableRefused(f"{options.out}: {reason}", f"không tạo được {options.out}: {reason}") from error
    write_table(found.visits(), options.out / "visits.csv")
    write_table(found.cases(options.before_days, options.after_days), options.out / "cases.csv")
    names = [name.replace('"', "").replace(",", " ").replace("\n", " ") for name in found.places]
    write_table(
        pa.table({"venue_id": range(1, len(names) + 1), "name": pa.array(names, pa.string())}),
        options.out / "venues.csv",
    )


def in_words(figures: dict[str, Any], out: Path) -> str:
    """The figures for a reader."""
    return "\n".join(
        [
            f"{figures['people']:,} people · người, {figures['places']:,} places · nơi, {figures['stays']:,} stays · lượt",
            (
                f"{figures['onsets']:,} onsets · ca khởi phát, "
                f"{figures['onsets_outside_stays']:,} in none of the person's stays · ngoài mọi lượt lưu trú"
            ),
            f"{len(figures['refused']):,} refused · bị từ chối",
            f"→ {out}",
        ]
    )
