"""`dauchan screen`: signs of violation from plain files; no server, no database."""

import json
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from dauchan.project.scan_files import Read
    from dauchan.screening import VenueTable

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
SHOWN_ROWS = 20

EXAMPLE = """Example: dauchan screen --venues venues.csv --visits visits.parquet --attempts attempts.csv --on 2021-08-28 --out signs.csv

With --ledger it screens the running system's own ledger and keeps what it finds, as the worker does every night: dauchan screen --ledger --on 2021-08-28

VENUES (CSV): venue_id, name, category, unit_code, lat, lon, opened_on, status (active, approved or open; others are left out),
and optionally daily_footfall, staff. VISITS (CSV or Parquet): person_id, venue_id, entered_at, left_at, and optionally lat, lon, accuracy_m,
device_id, source. ATTEMPTS (CSV or Parquet): venue_id, at, reason. The 56 local days up to and including --on count.

Seven signs: silent, fallen, underused, misplaced, unreadable (needs --attempts), desk_scanned, duplicated. A sign is a reason to go
and look, not a finding. The same files give the same signs.

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


NEEDED = ("venues", "visits", "out")
FILES = (*NEEDED, "attempts")


@click.command(epilog=EXAMPLE)
@click.option("--ledger", is_flag=True, help="Screen the ledger instead of files, and keep the signs.")
@click.option("--venues", type=EXISTING, help="The register of venues, CSV.")
@click.option("--visits", type=EXISTING, help="The visits, CSV or Parquet.")
@click.option("--attempts", type=EXISTING, help="Scans that failed, CSV or Parquet.")
@click.option("--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The last local day to look at.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The signs to write, .csv.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def command(*, ledger: bool, **options: Any) -> None:  # noqa: ANN401 click gives what `ScreenOptions` lists
    """Find places whose code is not used as it should be: in files, or in the ledger of this installation."""
    from dauchan.epi import EpiError
    from dauchan.screening import ScreeningRefused

    given = [name for name in FILES if options[name] is not None]
    if ledger:
        from dauchan.project.screen_ledger import run_on_ledger

        if given:
            raise click.UsageError(f"--ledger reads no files · không đọc tệp nào: --{given[0]}")
        return run_on_ledger(options["on"].date(), as_json=options["as_json"])
    missing = [name for name in NEEDED if name not in given]
    if missing:
        raise click.UsageError(f"Missing option '--{missing[0]}' · thiếu lựa chọn này")
    try:
        run(ScreenOptions(**options))
    except (EpiError, ScreeningRefused) as refusal:
        click.echo(f"{refusal.english}\n{refusal.vietnamese}", err=True)
        sys.exit(1)
    return None


def run(options: ScreenOptions) -> None:
    """The command without its errors.

    Raises:
        EpiError, ScreeningRefused: the input is refused.
    """
    import numpy as np

    from dauchan.project.commands.trace import progress
    from dauchan.project.scan_files import Read, read_attempts, scan_batches, tally_batches
    from dauchan.screening import SignKind, Tally, read_venues, signs_of, write_signs

    check_paths(options)
    began = time.perf_counter()
    with progress() as step:
        step("Reading · Đang đọc", None)
        table, read, on = read_venues(options.venues), Read(), options.on.date()
        lat, lon = (np.array([getattr(venue, name) for venue in table.venues]) for name in ("lat", "lon"))
        tally = Tally(np.array([venue.venue_id for venue in table.venues], np.int64), lat, lon, on)
        batches = scan_batches(options.visits, read, tally.close_from)
        tally_batches(batches, tally, lambda: step(f"Reading · Đang đọc: {read.rows:,}", None))
        attempts = read_attempts(options.attempts, tally.add_attempts) if options.attempts else 0
        tell_refused(options, table, read)
        step("Screening · Đang rà soát", None)
        signs = signs_of(table.venues, tally)
        write_signs(signs, options.out)
    counted = Counter(sign.sign for sign in signs)
    figures = {
        "venues": len(table.venues),
        "active": sum(venue.is_active for venue in table.venues),
        "scans": int(tally.scans.sum()),
        "scans_elsewhere": tally.elsewhere,
        "attempts": attempts,
        "days": int(tally.scans.any(axis=0).sum()),
        "signs": {kind.value: counted[kind] for kind in SignKind},
        "refused_venues": [asdict(row) for row in table.refused],
        "refused_visits": [asdict(row) for row in read.refused],
        "refused_visit_rows": read.refused_rows,
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


def tell_refused(options: ScreenOptions, venues: "VenueTable", visits: "Read") -> None:
    """Name what is not looked at on the error stream."""
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
    rows = len(venues.refused) + visits.refused_rows
    if rows > SHOWN_ROWS:
        click.echo(f"… {rows - SHOWN_ROWS:,} more · nữa (--json: 1,000)", err=True)


def in_words(figures: dict[str, Any], out: Path) -> str:
    """The figures for a reader."""
    lines = [
        f"{figures['active']:,} active venues of · địa điểm đang hoạt động trên {figures['venues']:,}",
        f"{figures['scans']:,} scans · lượt quét, {figures['days']} days · ngày",
        *(f"{kind}: {count:,} signs · dấu hiệu" for kind, count in figures["signs"].items()),
    ]
    if figures["scans_elsewhere"]:
        lines.insert(
            2, f"  {figures['scans_elsewhere']:,} more at unknown venues · nữa ở địa điểm không có trong danh sách"
        )
    return "\n".join([*lines, f"→ {out} ({figures['seconds']} s)"])
