"""How long a trace takes beside the engines that could do it too: `python bench/trace.py [--full] [--peers duckdb …]`.

Visits of `dauchan simulate`: 120,000 people, 2,000 venues, 13 million visits in 21 days; `--full` is ten times that. Each peer runs in its own process with
the best form known for it (bench/trace_sql.py, bench/trace_peers.py), from an environment of its own under var/bench. Every peer must find the same contacts
(count and checksum), or the run fails. What is measured once is kept under var/bench; delete it to start anew.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import trace_pairwise as pairwise
from pyarrow import parquet
from trace_data import DAY, Bench, province
from trace_peers import PEERS, peak_memory, sums

from dauchan.epi import Cases, TracePolicy, VisitIndex, trace

HERE = Path(__file__).parent
VAR = Path(os.environ.get("DAUCHAN_VAR", HERE.parent / "var")) / "bench"
FIRST = TracePolicy(generations=1)
Row = tuple[str, dict[str, float]]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds, and what came of it."""
    began = time.perf_counter()
    result = work()
    return (time.perf_counter() - began) * 1000, result


def environment() -> Path:
    """The peers' own Python; made on first use."""
    python = VAR / "environment" / "bin" / "python"
    wanted = HERE / "requirements-trace.txt"
    if not (python.parents[1] / "installed").exists():
        print("Installing the peers … / Đang cài các hệ so sánh …", file=sys.stderr)
        venv.create(python.parents[1], with_pip=True)
        words = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", wanted]
        subprocess.run(words, check=True)  # noqa: S603 - our own words
        (python.parents[1] / "installed").touch()
    return python


@contextmanager
def database() -> Iterator[str]:
    """An embedded PostgreSQL that need not survive this run, with memory for the whole of a tenth."""
    from dauchan.project.database import database_child
    from dauchan.project.embedded_postgres import CARELESS, EmbeddedPostgres
    from dauchan.project.environment import OWNER_ROLE, embedded_url
    from dauchan.project.keys import Keys, fresh_keys

    with tempfile.TemporaryDirectory(prefix="dauchan-bench-", dir=VAR) as folder, tempfile.TemporaryDirectory() as run:
        keys, settings = Keys.read(fresh_keys()), {**CARELESS, "shared_buffers": "4GB", "max_wal_size": "8GB"}
        postgres = EmbeddedPostgres(Path(folder) / "postgres", Path(run) / "run", Path(folder) / "log", keys, settings)
        postgres.create()
        server = database_child(postgres)
        server.start()
        try:
            server.wait_until_ready(60)
            yield embedded_url(Path(run) / "run", OWNER_ROLE, keys)
        finally:
            server.stop()


def peer(name: str, bench: Bench) -> dict[str, Any]:
    """The figures of one peer, from its own process."""
    kept = bench.folder / f"{name}.json"
    if kept.exists():
        figures: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
        return figures
    print(f"{name} …", file=sys.stderr)
    words = [str(environment()), str(HERE / "trace_peers.py"), name, str(bench.folder)]
    if name in {"postgresql", "gist"}:
        with database() as url:
            done = subprocess.run([*words, url], check=True, capture_output=True, text=True)  # noqa: S603 - our own words
    else:
        done = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603 - as above
    kept.write_text(done.stdout, encoding="utf-8")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def ours(bench: Bench) -> tuple[dict[str, Any], VisitIndex]:
    """The same figures of this project."""
    VisitIndex.from_arrays([1], [1], [0], [1])  # compiles, or loads the compiled code

    def build() -> VisitIndex:
        columns = parquet.read_table(bench.folder / "prepared.parquet").columns
        return VisitIndex.from_arrays(*columns)

    build_ms, index = timed(build)
    wanted = bench.cases
    third = TracePolicy(
        generations=3, crowd_limit=150, generation_min_overlap_minutes=(15, 60), horizon=wanted["horizon"]
    )
    traced(index, wanted["one"][:1], wanted, FIRST)
    traced(index, wanted["three"][:1], wanted, third)
    one = [timed(lambda at=person: traced(index, [at], wanted, FIRST)) for person in wanted["one"]]
    three = [timed(lambda at=person: traced(index, [at], wanted, third)) for person in wanted["three"]]
    many = min((timed(lambda: traced(index, wanted["many"], wanted, FIRST)) for _ in range(3)), key=lambda run: run[0])
    figures: dict[str, Any] = {
        "build_ms": build_ms,
        "memory_mb": peak_memory(),
    }
    for name, runs in (("one", one), ("three", three), ("many", [many])):
        figures |= {f"{name}_ms": [spent for spent, _ in runs], name: [checked(table) for _, table in runs]}
    return figures, index


def traced(index: VisitIndex, people: list[int], wanted: dict[str, Any], policy: TracePolicy) -> Any:  # noqa: ANN401 - Arrow
    """The contacts of cases that are infectious at the same time."""
    periods = ([wanted[edge]] * len(people) for edge in ("from", "to"))
    return trace(index, Cases.from_arrays(people, *periods), policy).contacts


def checked(table: Any) -> list[int]:  # noqa: ANN401 - Arrow
    """Count and checksum of contacts."""
    return sums(table.column("person_id").to_numpy(), table.column("overlap_seconds").to_numpy())


def compare(name: str, theirs: dict[str, Any], mine: dict[str, Any]) -> None:
    """Fail where a peer found anything else."""
    for what in ("one", "three", "many"):
        if what in theirs and theirs[what] != mine[what]:
            places = [at for at, pair in enumerate(zip(theirs[what], mine[what], strict=True)) if pair[0] != pair[1]]
            at = places[0]
            raise SystemExit(f"{name} disagrees on {what} ({len(places)}): {theirs[what][at]}, ours {mine[what][at]}")


def unlimited(bench: Bench, index: VisitIndex) -> dict[str, tuple[float, list[int]]]:
    """Generation 2 of one case without a crowd limit, ours and the pairwise loop."""
    wanted, policy = bench.cases, TracePolicy(generations=2, horizon=bench.cases["horizon"])
    case = wanted["one"][0]
    spent, table = timed(lambda: traced(index, [case], wanted, policy))
    generation = table.column("generation").to_numpy()
    first = {name: table.column(name).to_numpy()[generation == 1] for name in ("person_id", "first_at")}
    second = [table.column(name).to_numpy()[generation == 2] for name in ("person_id", "overlap_seconds")]  # noqa: PLR2004 - the second
    s = pairwise.sort(bench.person, bench.venue, bench.entered, bench.left)
    sources = np.searchsorted(s.ids, first["person_id"])
    windows = first["first_at"].astype("datetime64[s]").astype(np.int64) + pairwise.LATENT
    known = np.zeros(len(s.ids), np.bool_)
    known[np.append(sources, np.searchsorted(s.ids, case))] = True
    pairwise.second_generation(s, sources[:1], windows[:1], wanted["horizon"], known)
    plain, (best, _, pairs) = timed(lambda: pairwise.second_generation(s, sources, windows, wanted["horizon"], known))
    met = best >= 0
    print(f"generation 2 without a limit: {len(sources):,} sources, {pairs:,} pairs of visits, {met.sum():,} contacts")
    found = {"ours": (spent, sums(*second)), "pairwise": (plain, sums(s.ids[met], best[met]))}
    if found["ours"][1] != found["pairwise"][1]:
        raise SystemExit(f"the pairwise loop disagrees: {found}")
    return found


def slope(bench: Bench) -> list[float]:
    """Median of one case in the first two days, in a history of 2, 6 and 20 days."""
    start, medians = bench.cases["start"], []
    window = {"from": start, "to": start + 2 * DAY}
    for days in (2, 6, 20):
        rows = bench.entered < start + days * DAY
        index = VisitIndex.from_arrays(bench.person[rows], bench.venue[rows], bench.entered[rows], bench.left[rows])
        runs = [timed(lambda at=person, i=index: traced(i, [at], window, FIRST))[0] for person in bench.cases["one"]]
        medians.append(statistics.median(runs))
    return medians


def bandwidth(bench: Bench, seconds: float) -> tuple[float, float]:
    """Bytes a second that 2,000 cases read at least, and those of a plain copy: the machine's own reference."""
    s = pairwise.sort(bench.person, bench.venue, bench.entered, bench.left)
    people = np.searchsorted(s.ids, bench.cases["many"])
    own = np.concatenate([s.person_rows[s.person_start[at] : s.person_start[at + 1]] for at in people])
    own = own[(s.entered[own] < bench.cases["to"]) & (s.left[own] > bench.cases["from"])]
    key = (s.venue.astype(np.int64) << 32) + s.entered
    here = s.venue[own].astype(np.int64) << 32
    low = np.searchsorted(key, here + s.entered[own] - s.longest[s.venue[own]])
    high = np.searchsorted(key, here + s.left[own] + pairwise.TAIL)
    source = np.ones(2**26)
    target = source.copy()
    copied = min(timed(lambda: np.copyto(target, source))[0] for _ in range(5)) / 1000
    return int((high - low).sum()) * 4 / seconds, 2 * source.nbytes / copied


def table(mine: dict[str, Any], peers: dict[str, dict[str, Any]], plain: dict[str, tuple[float, list[int]]]) -> None:
    """All ratios."""
    print(f"\n{'milliseconds (× ours)':34}{'dauchan':>12}" + "".join(f"{name:>19}" for name in peers))
    rows = (
        ("one case, generation 1, median", "one_ms"),
        ("to generation 3, crowd limit 150", "three_ms"),
        ("2,000 cases at once", "many_ms"),
        ("two sorted copies from Parquet", "build_ms"),
    )
    for title, name in rows:
        figure = median(mine[name])
        cells = [cell(median(found[name]), figure) if name in found else "–" for found in peers.values()]
        print(f"{title:34}{figure:12,.2f}" + "".join(f"{text:>19}" for text in cells))
    mebibytes = "".join(f"{found['memory_mb']:19,}" for found in peers.values())
    print(f"{'peak memory, MiB; no server counted':34}{mine['memory_mb']:12,}{mebibytes}")
    print(
        f"{'generation 2 without a limit':34}{plain['ours'][0]:12,.0f}   pairwise loop {cell(plain['pairwise'][0], plain['ours'][0])}"
    )


def median(figure: Any) -> float:  # noqa: ANN401 - one number or several
    """Of several runs; the number itself where there was one."""
    return float(statistics.median(figure)) if isinstance(figure, list) else float(figure)


def cell(figure: float, reference: float) -> str:
    """A figure and its ratio."""
    return f"{figure:,.1f} ({figure / reference:,.1f}×)"


def main() -> None:
    """Make the visits, run everybody, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="1.2 million people, 136 million visits")
    parser.add_argument("--share", type=float, default=0.1, help="of the full size (default: %(default)s)")
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS), help="default: all")
    options = parser.parse_args()
    share = 1.0 if options.full else options.share
    bench = province(VAR / f"trace-{share:g}", share)
    print(f"{len(bench.person):,} visits, load of the machine {os.getloadavg()[0]:.1f}")
    mine, index = ours(bench)
    peers = {name: peer(name, bench) for name in options.peers}
    for name, found in peers.items():
        compare(name, found, mine)
    plain = unlimited(bench, index)
    table(mine, peers, plain)
    medians = slope(bench)
    print("one case as the history grows 1×, 3×, 10×: " + ", ".join(f"{figure:.2f} ms" for figure in medians))
    read, copied = bandwidth(bench, min(mine["many_ms"]) / 1000)
    print(
        f"2,000 cases read {read / 1e9:.1f} GB/s at least, {read / copied:.0%} of a plain copy ({copied / 1e9:.1f} GB/s)"
    )
    print("Identical contacts by count and checksum: " + ", ".join([*peers, "pairwise loop"]))


if __name__ == "__main__":
    main()
