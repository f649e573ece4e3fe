"""`dauchan trace`: index cases and visits in, a contact list out; no server, no database."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

if TYPE_CHECKING:
    from dauchan.epi import RefusedRow, Trace, TracePolicy, VisitIndex
    from dauchan.epi.tables import CaseTable

Step: TypeAlias = Callable[[str, int | None], Callable[[], None]]

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
SHOWN_ROWS = 20

EXAMPLE = """Example: dauchan trace --visits visits.parquet --cases cases.csv --out contacts.csv --generations 2

VISITS (CSV or Parquet, or a folder of sealed days): person_id, venue_id, entered_at, left_at. CASES: person_id, infectious_from, infectious_to. Times
are UTC timestamps or epoch seconds; left_at may be empty. A policy file may hold, with these defaults:

\b
  min_overlap_minutes = 15
  tail_minutes = 30
  latent_period_hours = 24
  generations = 2
  default_stay_minutes = 60
  crowd_limit = 0                        # 0 is off
  horizon = 2021-08-21T17:00:00Z         # default: last instant of the visits
  generation_min_overlap_minutes = []    # for example [15, 60]
  per_24_hours = false                   # true: minutes within some 24 hours, not in total
  tail_minutes_by_venue = {}             # for example { 12 = 60 }, by venue_id

Exit status: 0 the list is written, 1 the input is refused, 2 the command is misspelt.
"""


def _writable(_context: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:
    """Refuse what could only fail after the work is done: an unknown ending, a folder that is not there."""
    from dauchan.epi.writing import ENDINGS

    if path is not None and path.suffix.lower() not in ENDINGS:
        raise click.BadParameter(
            f"{path} must end in .csv or .parquet · phải có đuôi .csv hoặc .parquet", param=parameter
        )
    if path is not None and not path.absolute().parent.is_dir():
        raise click.BadParameter(f"{path.parent} is no folder · không phải là thư mục", param=parameter)
    return path


WRITTEN: dict[str, Any] = {"type": click.Path(dir_okay=False, path_type=Path), "callback": _writable}


@click.command(epilog=EXAMPLE)
@click.option(
    "--visits",
    required=True,
    type=click.Path(exists=True, path_type=Path),
    help="The visits, CSV or Parquet, or a folder of days as the worker seals them.",
)
@click.option("--cases", required=True, type=EXISTING, help="The index cases, CSV or Parquet.")
@click.option("--out", required=True, help="The contact list to write, .csv or .parquet.", **WRITTEN)
@click.option("--generations", type=click.IntRange(1, 9), help="How many generations; goes before the policy file.")
@click.option("--policy", type=EXISTING, help="The rules, a TOML file.")
@click.option("--notices", help="Where crowded places go that the crowd limit left out, .csv or .parquet.", **WRITTEN)
@click.option(
    "--truth", type=EXISTING, help="truth.csv of `dauchan simulate`: tells recall and precision of generation 1."
)
@click.option("--strict", is_flag=True, help="Refuse the whole input where one row is refused.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def command(**options: Any) -> None:  # noqa: ANN401 click gives what `TraceOptions` lists
    """List who was at the same place at the same time as an index case, and who met those.

    A shared scan is co-presence, to be verified; it is no proof of contact.
    """
    from dauchan.epi import EpiError

    try:
        run(TraceOptions(**options))
    except EpiError as refusal:
        click.echo(f"{refusal.english}\n{refusal.vietnamese}", err=True)
        sys.exit(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceOptions:
    """The options of the command."""

    visits: Path
    cases: Path
    out: Path
    generations: int | None
    policy: Path | None
    notices: Path | None
    truth: Path | None
    strict: bool
    as_json: bool


def run(options: TraceOptions) -> None:
    """The command without its errors.

    Raises:
        EpiError: the input is refused.
    """
    from dauchan.epi import trace
    from dauchan.epi.tables import read_cases
    from dauchan.epi.writing import write_table

    began = time.perf_counter()
    check_paths(options)
    rules = rules_of(options)
    with progress() as step:
        step("Reading · Đang đọc", None)
        case_table = read_cases(options.cases)
        tell_refused(options.cases, case_table.refused, strict=options.strict)
        index, refused = index_of(options, rules, step)
        on_case = step("Tracing · Đang truy vết", len(case_table.cases.periods()))
        found = trace(index, case_table.cases, rules, on_case=on_case)
        step("Writing · Đang ghi", None)
        write_table(found.contacts, options.out)
        if options.notices is not None:
            write_table(found.notices, options.notices)
    figures = summary(found, rules, case_table, (len(index), refused)) | {
        "seconds": round(time.perf_counter() - began, 3)
    }
    if options.truth is not None:
        figures["accuracy"] = accuracy_of(found, case_table, options.truth)
    click.echo(json.dumps(figures) if options.as_json else in_words(figures, options.out, options.notices))


def index_of(options: TraceOptions, rules: "TracePolicy", step: Step) -> "tuple[VisitIndex, tuple[RefusedRow, ...]]":
    """The visits of a file or of a folder of days, and the rows that were refused.

    Raises:
        EpiError: the visits cannot be read, or a row is refused and `--strict` given.
    """
    from dauchan.epi import TableRefused, VisitIndex, open_segment, segment_folders
    from dauchan.epi.tables import read_visits

    if options.visits.is_dir():
        folders = segment_folders(options.visits)
        if not folders:
            name = options.visits.name
            raise TableRefused(f"{name} holds no sealed day", f"{name} không chứa ngày nào đã niêm")
        return VisitIndex.from_segments([open_segment(folder, verify=options.strict) for folder in folders]), ()
    table = read_visits(options.visits)
    tell_refused(options.visits, table.refused, strict=options.strict)
    step("Sorting visits · Đang sắp xếp lượt ghé", None)
    return table.index(rules.default_stay_minutes), table.refused


def check_paths(options: TraceOptions) -> None:
    """Refuse to write over the input, or two tables to one file."""
    read = {path.resolve() for path in (options.visits, options.cases, options.policy) if path}
    written = [path.resolve() for path in (options.out, options.notices) if path]
    if read.intersection(written) or len(set(written)) < len(written):
        raise click.UsageError("each file needs a name of its own · mỗi tệp cần một tên riêng")


def rules_of(options: TraceOptions) -> "TracePolicy":
    """The policy file's rules, or the defaults; `--generations` goes before either."""
    from dauchan.epi import TracePolicy

    rules = TracePolicy() if options.policy is None else TracePolicy.from_toml(options.policy)
    return rules if options.generations is None else rules.with_generations(options.generations)


def tell_refused(path: Path, refused: "tuple[RefusedRow, ...]", *, strict: bool) -> None:
    """Name the refused rows on the error stream; raise where `strict` allows none."""
    from dauchan.epi import TableRefused

    if not refused:
        return
    head = f"{path.name}: {len(refused)} refused · bị từ chối"
    lines = [f"  row · dòng {row.where}: {row.reason.english} · {row.reason.vietnamese}" for row in refused]
    rest = [f"  … {len(lines) - SHOWN_ROWS} more · nữa (--json: all · tất cả)"] if len(lines) > SHOWN_ROWS else []
    click.echo("\n".join([head, *lines[:SHOWN_ROWS], *rest]), err=True)
    if strict:
        raise TableRefused(
            f"{path.name}: {len(refused)} rows refused and --strict given: nothing written",
            f"{path.name}: {len(refused)} dòng bị từ chối và có --strict: không ghi gì",
        )


def summary(
    found: "Trace", rules: "TracePolicy", cases: "CaseTable", visits: "tuple[int, tuple[RefusedRow, ...]]"
) -> dict[str, Any]:
    """The figures of a trace, as `--json` prints them; `visits`: how many, and the refused rows."""
    counts = found.contacts_per_generation(rules.generations)
    return {
        "visits": visits[0],
        "imputed": found.imputed,
        "cases": found.cases,
        "cases_without_visits": list(found.cases_without_visits),
        "contacts": {str(generation): count for generation, count in enumerate(counts, start=1)},
        "notices": found.notices.num_rows,
        "refused_visits": [asdict(row) for row in visits[1]],
        "refused_cases": [asdict(row) for row in cases.refused],
    }


def accuracy_of(found: "Trace", cases: "CaseTable", truth: Path) -> dict[str, float]:
    """Recall and precision beside an invented truth; docs/simulation.md defines each figure."""
    from dauchan.simulation.accuracy import tracing_accuracy

    accuracy = tracing_accuracy(found.contacts, cases.cases.person_id.tolist(), truth)
    shares = {
        "recall": accuracy.recall,
        "recall_of_scanned": accuracy.recall_of_scanned,
        "precision": accuracy.precision,
    }
    return asdict(accuracy) | {name: round(share, 4) for name, share in shares.items()}


def in_words(figures: dict[str, Any], out: Path, notices: Path | None) -> str:
    """The same figures for a reader."""
    lines = [
        f"{figures['visits']:,} visits · lượt ghé ({figures['imputed']:,} without check-out, imputed · thiếu lượt ra, ước định)",
        f"{figures['cases']:,} index cases · ca bệnh",
    ]
    if unseen := figures["cases_without_visits"]:
        shown = ", ".join(map(str, unseen[:10])) + (", …" if len(unseen) > 10 else "")  # noqa: PLR2004 a line's length
        lines.append(f"  {len(unseen):,} without any visit · không có lượt ghé nào: {shown}")
    for generation, count in figures["contacts"].items():
        lines.append(f"F{generation}: {count:,} present at the same time · có mặt cùng thời điểm")
    if figures["notices"]:
        where = f" → {notices}" if notices else " (--notices FILE)"
        lines.append(f"{figures['notices']:,} crowded venue-days left out · điểm đông người không liệt kê{where}")
    if accuracy := figures.get("accuracy"):
        lines.append(
            f"recall · độ nhạy {accuracy['recall']:.1%} ({accuracy['found']:,} / {accuracy['infected']:,}; "
            f"both scanned · cả hai đã quét: {accuracy['recall_of_scanned']:.1%}), "
            f"precision · độ chính xác {accuracy['precision']:.2%} ({accuracy['listed']:,} listed · trong danh sách)"
        )
    return "\n".join([*lines, f"→ {out} ({figures['seconds']} s)"])


@contextmanager
def progress() -> Iterator[Step]:
    """Show steps on a terminal's error stream, nothing elsewhere; a step gives the function that advances it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:

        def step(description: str, total: int | None) -> Callable[[], None]:
            for task in shown.task_ids:
                shown.remove_task(task)
            task = shown.add_task(description, total=total)
            return lambda: shown.advance(task)

        yield step
