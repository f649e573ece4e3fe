"""`dauchan simulate`: a province made to order, as plain files; no server, no database."""

import json
import sys
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dauchan.simulation.province import Order
    from dauchan.simulation.province_files import Written

EXAMPLE = """Example: dauchan simulate --out province --people 20000 --venues 400 --days 21 --outbreak 10 --violators 0.02

\b
venues.csv       the register of venues, as `dauchan screen` reads it
visits.parquet   scans by time, a row group a day, as `dauchan trace` and `dauchan screen` read them
attempts.csv     scans that failed
cases.csv        confirmed cases with infectious period, as `dauchan trace` reads them
truth.csv        who infected whom, where and when, whether or not anybody scanned
violators.csv    venues planted with a sign of violation, and since when
people.parquet   household, commune and place of work or school

The same options give the same files. A whole province: --people 1200000 --venues 20000 --visits-per-day 6500000.
Exit status: 0 written, 1 refused, 2 the command is misspelt.
"""
AT_LEAST_ONE = click.IntRange(1)


@click.command(epilog=EXAMPLE)
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write to.")
@click.option("--people", type=click.IntRange(10, 20_000_000), default=20_000, show_default=True)
@click.option("--venues", type=click.IntRange(10, 1_000_000), default=400, show_default=True)
@click.option("--days", type=click.IntRange(1, 365), default=21, show_default=True)
@click.option("--visits-per-day", type=AT_LEAST_ONE, help="Scans on a working day, about; default 5.4 a person.")
@click.option("--start-on", type=click.DateTime(["%Y-%m-%d"]), default="2021-08-01", show_default=True)
@click.option("--seed", type=click.IntRange(0), default=7253, show_default=True, help="Of all chance.")
@click.option("--outbreak", type=click.IntRange(0), default=0, help="People infected at the start; default none.")
@click.option("--quanta", type=click.FloatRange(0), default=2.7, show_default=True, help="Median emission per hour.")
@click.option("--detected", type=click.FloatRange(0, 1), default=0.8, show_default=True, help="Share confirmed.")
@click.option("--violators", type=click.FloatRange(0, 1), default=0.0, help="Share of venues with a planted sign.")
@click.option(
    "--busy", type=click.FloatRange(0), default=10.0, show_default=True, help="Visits a day a violator has at least."
)
@click.option("--slim", is_flag=True, help="Visits with person, venue and times only: a third of the size.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def command(**options: Any) -> None:  # noqa: ANN401 click gives what `SimulateOptions` lists
    """Make an invented province: people, venues, three weeks of scans, an outbreak and violators whose truth is known."""
    run(SimulateOptions(**options))


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulateOptions:
    """The options of the command."""

    out: Path
    people: int
    venues: int
    days: int
    visits_per_day: int | None
    start_on: datetime
    seed: int
    outbreak: int
    quanta: float
    detected: float
    violators: float
    busy: float
    slim: bool
    as_json: bool

    def order(self) -> "Order":
        """The province that is wanted."""
        from dauchan.simulation.province import Order

        return Order(
            people=self.people,
            venues=self.venues,
            days=self.days,
            visits_per_day=self.visits_per_day or 0,
            start_on=self.start_on.date(),
            seed=self.seed,
            outbreak=self.outbreak,
            quanta=self.quanta,
            detected=self.detected,
            violators=self.violators,
            busy=self.busy,
        )


def run(options: SimulateOptions) -> None:
    """The command; a disk that is full or a folder that cannot be written ends it with one sentence."""
    from dauchan.project.commands.trace import progress
    from dauchan.simulation.province_files import simulate

    began = time.perf_counter()
    with _disk_errors(options.out), progress() as step:
        options.out.mkdir(parents=True, exist_ok=True)
        on_day = step("Days · Ngày", options.days)
        written = simulate(options.order(), options.out, facts=not options.slim, on_day=on_day)
    figures = asdict(written) | {"seconds": round(time.perf_counter() - began, 1)}
    click.echo(json.dumps(figures) if options.as_json else in_words(written, options.out, figures["seconds"]))


@contextmanager
def _disk_errors(folder: Path) -> "Iterator[None]":
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        click.echo(f"{folder} cannot be written: {reason}\nkhông ghi được {folder}: {reason}", err=True)
        sys.exit(1)


def in_words(written: "Written", folder: Path, seconds: float) -> str:
    """The figures for a reader."""
    missing = written.without_check_out / max(1, written.scans)
    return "\n".join(
        [
            f"{written.people:,} people · người, {written.venues:,} venues · địa điểm, {written.days} days · ngày",
            f"{written.scans:,} scans · lượt quét of · trên {written.stays:,} visits · lượt ghé",
            f"{missing:.0%} without check-out · thiếu lượt ra, {written.attempts:,} failed · không quét được",
            f"{written.infections:,} infections · ca lây nhiễm, {written.cases:,} confirmed · được xác nhận",
            f"{written.violators:,} violators planted · địa điểm vi phạm được cài",
            f"→ {folder} ({seconds} s)",
        ]
    )
