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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numba
import numpy as np
import trace_pairwise as pairwise
from environments import VAR, peers_python
from numpy.typing import NDArray
from trace_data import DAY, Bench, province
from trace_peers import PEERS
from trace_segments import seal, segments

from dauchan.epi import Cases, TracePolicy, VisitIndex, compile_kernels, trace, traces
from dauchan.epi.co_presence import places_of, ranges_of
from dauchan.epi.crowds import NOT_ASKED
from dauchan.epi.first_generation import windows_of
from dauchan.epi.sources import sources_of
from dauchan.epi.visit_columns import Int64s

HERE = Path(__file__).parent
FIRST = TracePolicy(generations=1)
PAIRWISE_MOST = 20_000_000
"""Visits up to which the loop over all pairs is run beside: it wants 100 bytes a visit."""
LISTED = ("person_id", "overlap_seconds", "tail_seconds", "first_at", "last_at", "venue_id")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds, and what came of it."""
    began = time.perf_counter()
    result = work()
    return (time.perf_counter() - began) * 1000, result


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
    words = [str(peers_python("trace")), str(HERE / "trace_peers.py"), name, str(bench.folder)]
    if name in {"postgresql", "gist"}:
        with database() as url:
            done = subprocess.run([*words, url], check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own words
    else:
        done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - as above
    kept.write_text(done.stdout, encoding="utf-8")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def ours(bench: Bench) -> tuple[dict[str, Any], VisitIndex]:
    """The same figures of this project, from days on disk."""
    root, kept = bench.folder / "segments", bench.folder / "segments.json"
    if not kept.exists():
        kept.write_text(json.dumps(seal(bench.folder / "prepared.parquet", root)), encoding="utf-8")
    figures: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    cold = subprocess.run([sys.executable, HERE / "trace_segments.py", bench.folder], check=True, capture_output=True)  # noqa: S603 - our own words
    compile_kernels()
    opened, index = timed(lambda: VisitIndex.from_segments(segments(root)))
    figures |= {"cold_ms": json.loads(cold.stdout), "open_ms": opened, "open_mb": memory()}
    wanted = bench.cases
    kinds = (
        ("one", wanted["one"], wanted, FIRST),
        ("three", wanted["three"], wanted, third_of(wanted)),
        ("recent", wanted["three"], wanted["recent"], third_of(wanted["recent"])),
    )
    for name, people, window, policy in kinds:
        for person in people:  # the run before this one left the disk cold, and here the index is to be warm
            traced(index, [person], window, policy)
        runs = [timed(lambda at=person, in_=window, by=policy: traced(index, [at], in_, by)) for person in people]
        figures |= {f"{name}_ms": [spent for spent, _ in runs], name: [checked(table) for _, table in runs]}
    spent = min(timed(lambda: many(index, bench, lambda table: [len(table)]))[0] for _ in range(2))
    return figures | {"many_ms": [spent], "many": many(index, bench, checked), "memory_mb": memory()}, index


def third_of(window: dict[str, Any]) -> TracePolicy:
    """To generation 3 under a crowd limit."""
    return TracePolicy(
        generations=3, crowd_limit=150, generation_min_overlap_minutes=(15, 60), horizon=window["horizon"]
    )


def memory() -> tuple[int, int]:
    """MiB of this process: its own, and pages of files that are mapped, which the system takes back when it wants to."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    sizes = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith("Rss")}
    return int(sizes["RssAnon"]) // 1024, int(sizes["RssFile"]) // 1024


def many(index: VisitIndex, bench: Bench, check: Callable[[Any], list[int]]) -> list[int]:
    """What is said of 2,000 cases, added up; each list is whole then, and gone after it."""
    people, edges = bench.cases["many"], (bench.cases["from"], bench.cases["to"])
    cases = Cases.from_arrays(people, *([edge] * len(people) for edge in edges))
    lists = (check(part.contacts) for part in traces(index, cases, FIRST))
    return [sum(column) for column in zip(*lists, strict=True)]


def traced(index: VisitIndex, people: list[int], wanted: dict[str, Any], policy: TracePolicy) -> Any:  # noqa: ANN401 - Arrow
    """The contacts of cases that are infectious at the same time."""
    periods = ([wanted[edge]] * len(people) for edge in ("from", "to"))
    return trace(index, Cases.from_arrays(people, *periods), policy).contacts


def checked(table: Any) -> list[int]:  # noqa: ANN401 - Arrow
    """Count and checksum of contacts."""
    return list(
        added_up(
            *(table.column(name).to_numpy().view(np.int64) for name in LISTED), table.column("encounters").to_numpy()
        )
    )


@numba.njit(nogil=True)
def added_up(
    people: Int64s,
    seconds: Int64s,
    tails: Int64s,
    firsts: Int64s,
    lasts: Int64s,
    venues: Int64s,
    encounters: NDArray[np.int32],
) -> tuple[int, int, int]:
    """`sums` of bench/trace_peers.py as a loop: adding up must not take longer than the trace."""
    total, checksum = 0, 0
    for at in range(len(people)):
        mixed = seconds[at] + 3 * tails[at] + 5 * encounters[at] + 13 * venues[at]
        mixed += (7 * firsts[at] + 11 * lasts[at]) // 1_000_000
        total += seconds[at]
        checksum += (people[at] % 1000003) * (mixed % 10007)
    return len(people), total, checksum


def compare(name: str, theirs: dict[str, Any], mine: dict[str, Any]) -> None:
    """Fail where a peer found anything else."""
    for what in ("one", "three", "recent", "many"):
        if what in theirs and theirs[what] != mine[what]:
            places = [at for at, pair in enumerate(zip(theirs[what], mine[what], strict=True)) if pair[0] != pair[1]]
            at = places[0]
            raise SystemExit(f"{name} disagrees on {what} ({len(places)}): {theirs[what][at]}, ours {mine[what][at]}")


def unlimited(bench: Bench, index: VisitIndex) -> tuple[float, float | None]:
    """Milliseconds of generation 2 of one case without a crowd limit, ours and those of a loop over all pairs; the latter only
    where it fits into memory.
    """
    wanted, policy = bench.cases, TracePolicy(generations=2, horizon=bench.cases["horizon"])
    case = wanted["one"][0]
    spent, table = timed(lambda: traced(index, [case], wanted, policy))
    generation = table.column("generation").to_numpy()
    first = {name: table.column(name).to_numpy()[generation == 1] for name in ("person_id", "first_at")}
    second = [table.column(name).to_numpy()[generation == 2] for name in ("person_id", "overlap_seconds")]  # noqa: PLR2004 - the second
    words = f"generation 2 without a limit: {len(first['person_id']):,} sources, {len(second[0]):,} contacts"
    if len(index) > PAIRWISE_MOST:
        print(words)
        return spent, None
    s = pairwise.sort(*bench.visits())
    sources = np.searchsorted(s.ids, first["person_id"])
    windows = first["first_at"].astype("datetime64[s]").astype(np.int64) + pairwise.LATENT
    known = np.zeros(len(s.ids), np.bool_)
    known[np.append(sources, np.searchsorted(s.ids, case))] = True
    pairwise.second_generation(s, sources[:1], windows[:1], wanted["horizon"], known)
    plain, (best, _, pairs) = timed(lambda: pairwise.second_generation(s, sources, windows, wanted["horizon"], known))
    print(f"{words}, {pairs:,} pairs of visits")
    order = np.argsort(second[0])
    if not (np.array_equal(second[0][order], s.ids[best >= 0]) and np.array_equal(second[1][order], best[best >= 0])):
        raise SystemExit("the pairwise loop disagrees")
    return spent, plain


def slope(bench: Bench) -> list[float]:
    """Median of one case in the first two days, in a history of 2, 6 and 20 days."""
    start, medians = bench.cases["start"], []
    window = {"from": start, "to": start + 2 * DAY}
    for days in (2, 6, 20):
        index = VisitIndex.from_segments(segments(bench.folder / "segments")[:days])
        traced(index, bench.cases["one"][:1], window, FIRST)
        runs = [timed(lambda at=person, i=index: traced(i, [at], window, FIRST))[0] for person in bench.cases["one"]]
        medians.append(statistics.median(runs))
    return medians


def bandwidth(bench: Bench, index: VisitIndex, seconds: float) -> tuple[float, float]:
    """Bytes a second that 2,000 cases read of the words alone, and those of a plain copy: the machine's own reference."""
    tails, visits = index.tails(FIRST), 0
    for person in bench.cases["many"]:
        windows, _ = windows_of(index, [(person, [(bench.cases["from"], bench.cases["to"])])])
        sources, _ = sources_of(index.spans, windows, NOT_ASKED)
        places, _ = places_of(index.spans, sources, 0, tails)
        ranges = ranges_of(index.spans, places, sources.stays, tails)
        visits += int((ranges["high"] - ranges["low"]).sum())
    source = np.ones(2**26)
    target = source.copy()
    copied = min(timed(lambda: np.copyto(target, source))[0] for _ in range(5)) / 1000
    return visits * 8 / seconds, 2 * source.nbytes / copied


def table(mine: dict[str, Any], peers: dict[str, dict[str, Any]], plain: tuple[float, float | None]) -> None:
    """All ratios."""
    print(f"\n{'milliseconds (× ours)':34}{'dauchan':>12}" + "".join(f"{name:>19}" for name in peers))
    rows = (
        ("one case, generation 1, median", "one_ms"),
        ("to generation 3, limit 150, recent", "recent_ms"),
        ("the same, infectious 12 days ago", "three_ms"),
        ("2,000 cases at once", "many_ms"),
        ("two sorted copies from Parquet, on disk", "build_ms"),
    )
    for title, name in rows:
        figure = median(mine[name])
        cells = [cell(median(found[name]), figure) if name in found else "–" for found in peers.values()]
        print(f"{title:34}{figure:12,.2f}" + "".join(f"{text:>19}" for text in cells))
    mebibytes = "".join(f"{found['memory_mb']:19,}" for found in peers.values())
    print(f"{'peak memory, MiB; no server counted':34}{sum(mine['memory_mb']):12,}{mebibytes}")
    for title, name in (
        ("one case from a cold disk, median", "cold_ms"),
        ("a day sealed, fsync included", "day_ms"),
        ("index opened", "open_ms"),
    ):
        print(f"{title:34}{median(mine[name]):12,.1f}")
    own, mapped = mine["memory_mb"]
    print(
        f"memory of dauchan: {mine['open_mb'][0]:,} MiB of its own once open, {own:,} after all runs; {mapped:,} MiB of files mapped"
    )
    print(
        f"{'generation 2 without a limit':34}{plain[0]:12,.0f}"
        + ("" if plain[1] is None else f"   pairwise loop {cell(plain[1], plain[0])}")
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
    print(f"{bench.count:,} visits, load of the machine {os.getloadavg()[0]:.1f}")
    mine, index = ours(bench)
    peers = {name: peer(name, bench) for name in options.peers}
    for name, found in peers.items():
        compare(name, found, mine)
    plain = unlimited(bench, index)
    table(mine, peers, plain)
    medians = slope(bench)
    print("one case as the history grows 1×, 3×, 10×: " + ", ".join(f"{figure:.2f} ms" for figure in medians))
    read, copied = bandwidth(bench, index, min(mine["many_ms"]) / 1000)
    print(
        f"2,000 cases read {read / 1e9:.1f} GB/s at least, {read / copied:.0%} of a plain copy ({copied / 1e9:.1f} GB/s)"
    )
    print("Identical contacts by count and checksum: " + ", ".join([*peers, *(["pairwise loop"] if plain[1] else [])]))


if __name__ == "__main__":
    main()
