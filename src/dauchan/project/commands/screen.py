"""`dauchan screen`: signs of violation from plain files; no server, no database."""

import json
import sys
import time
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from dauchan.epi.tables import VisitTable
    from dauchan.screening import VenueTable

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
SHOWN_ROWS = 20

EXAMPLE = """Example: dauchan screen --venues venues.csv --visits visits.parquet --on 2021-08-21 --out signs.csv

VENUES (CSV): venue_id, name, category, unit_code, lat, lon, opened_on, status (active, approved or open; others are left out),
and optionally daily_footfall. VISITS (CSV or Parquet): person_id, venue_id, entered_at, left_at. Scans up to and including the
local day of --on count.

Of the seven signs this version finds the first, silent: registered and active, but never or no longer scanned. A sign is
a reason to go and look, not a finding.

Exit status: 0 the signs are written, 1 the input is refused, 2 the command is misspelt.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenOptions:
    """The options of the command."""

    venues: Path
    visits: Path
    attempts: Path | None
    on: datetime
    out: Path
    as_json: bool


@click.command(epilog=EXAMPLE)
@click.option("--venues", required=True, type=EXISTING, help="The register of venues, CSV.")
@click.option("--visits", required=True, type=EXISTING, help="The visits, CSV or Parquet.")
@click.option("--attempts", type=EXISTING, help="Scans that failed; no sign of this version looks at them.")
@click.option("--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The last local day to look at.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The signs to write, .csv.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def command(**options: Any) -> None:  # noqa: ANN401 click gives what `ScreenOptions` lists
    """Find places whose code is not used as it should be."""
    from dauchan.epi import EpiError
    from dauchan.screening import ScreeningRefused

    try:
        run(ScreenOptions(**options))
    except (EpiError, ScreeningRefused) as refusal:
        click.echo(f"{refusal.english}\n{refusal.vietnamese}", err=True)
        sys.exit(1)


def run(options: ScreenOptions) -> None:
    """The command without its errors.

    Raises:
        EpiError, ScreeningRefused: the input is refused.
    """
    from dauchan.epi.intervals import local_days
    from dauchan.epi.tables import read_visits
    from dauchan.project.commands.trace import progress
    from dauchan.screening import daily_use, read_venues, silent_signs, write_signs

    check_paths(options)
    began = time.perf_counter()
    with progress() as step:
        step("Reading · Đang đọc", None)
        table, visits = read_venues(options.venues), read_visits(options.visits)
        tell_refused(options, table, visits)
        step("Screening · Đang rà soát", None)
        on: date = options.on.date()
        venue_ids = [venue.venue_id for venue in table.venues]
        use = daily_use(venue_ids, visits.venue_id, local_days(visits.entered_at), on)
        signs = silent_signs(table.venues, use)
        write_signs(signs, options.out)
    figures = {
        "venues": len(table.venues),
        "active": sum(venue.is_active for venue in table.venues),
        "scans": int(use.counts.sum()),
        "scans_elsewhere": use.unknown,
        "days": use.counts.shape[1],
        "signs": {"silent": len(signs)},
        "refused_venues": [asdict(row) for row in table.refused],
        "refused_visits": [asdict(row) for row in visits.refused],
        "seconds": round(time.perf_counter() - began, 3),
    }
    click.echo(json.dumps(figures) if options.as_json else in_words(figures, options.out))


def check_paths(options: ScreenOptions) -> None:
    """Refuse what could only fail after the work is done, and writing over the input."""
    if options.out.suffix.lower() != ".csv":
        raise click.UsageError(f"--out {options.out} must end in .csv · phải có đuôi .csv")
    if not options.out.absolute().parent.is_dir():
        raise click.UsageError(f"{options.out.parent} is no folder · không phải là thư mục")
    if options.out.resolve() in {options.venues.resolve(), options.visits.resolve()}:
        raise click.UsageError("each file needs a name of its own · mỗi tệp cần một tên riêng")


def tell_refused(options: ScreenOptions, venues: "VenueTable", visits: "VisitTable") -> None:
    """Name what is not looked at on the error stream."""
    if options.attempts:
        click.echo("--attempts: no sign of this version looks at them · chưa có dấu hiệu nào dùng đến", err=True)
    lines = [
        f"{options.venues.name}, row · dòng {row.row}: {row.reason.english} · {row.reason.vietnamese}"
        for row in venues.refused
    ]
    lines += [
        f"{options.visits.name}, row · dòng {row.where}: {row.reason.english} · {row.reason.vietnamese}"
        for row in visits.refused
    ]
    for line in lines[:SHOWN_ROWS]:
        click.echo(line, err=True)
    if len(lines) > SHOWN_ROWS:
        click.echo(f"… {len(lines) - SHOWN_ROWS} more · nữa (--json: all · tất cả)", err=True)


def in_words(figures: dict[str, Any], out: Path) -> str:
    """The figures for a reader."""
    lines = [
        f"{figures['active']:,} active venues of · địa điểm đang hoạt động trên {figures['venues']:,}",
        f"{figures['scans']:,} scans · lượt quét, {figures['days']} days · ngày",
        f"silent: {figures['signs']['silent']:,} signs · dấu hiệu",
    ]
    if figures["scans_elsewhere"]:
        lines.insert(
            2, f"  {figures['scans_elsewhere']:,} more at unknown venues · nữa ở địa điểm không có trong danh sách"
        )
    return "\n".join([*lines, f"→ {out} ({figures['seconds']} s)"])
