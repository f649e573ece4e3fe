"""Trace index cases through their generations of contacts."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from dauchan.epi.cases import Cases
from dauchan.epi.contact_rows import Lists, contact_table, notice_table
from dauchan.epi.errors import PolicyRefused
from dauchan.epi.first_generation import Periods, first_generation, windows_of
from dauchan.epi.policy import TracePolicy
from dauchan.epi.records import EXPOSURE, Crowds, Rows, Rule, Windows
from dauchan.epi.search import Search
from dauchan.epi.sources import make_known, nobody, windows_after
from dauchan.epi.visit_index import VisitIndex

BATCH = 16
"""Cases that one thread traces before it writes their rows."""


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """What a trace found.

    Attributes:
        contacts: one row per index case and person: `index_id, person_id, generation, source_id, overlap_seconds,
            tail_seconds, encounters, first_at, last_at, venue_id`, sorted by index, generation, overlap descending,
            person. All figures of a row are those of the pair of its source and its person.
        notices: `index_id, venue_id, day, visits`: venue-days above the crowd limit whose visitors are not listed.
        cases: how many index cases were traced.
        cases_without_visits: those of them who have no visits at all.
        imputed: how many visits of the index have an imputed end.
    """

    contacts: pa.Table
    notices: pa.Table
    cases: int
    cases_without_visits: tuple[int, ...]
    imputed: int

    def contacts_per_generation(self, generations: int) -> list[int]:
        """How many rows generation 1, 2, … have."""
        counts = np.bincount(self.contacts.column("generation").to_numpy(), minlength=generations + 1)
        return [int(count) for count in counts[1:]]


def trace(
    index: VisitIndex,
    cases: Cases | pa.Table,
    policy: TracePolicy | None = None,
    *,
    on_case: Callable[[], object] = lambda: None,
) -> Trace:
    """List the contacts of index cases, generation after generation.

    Args:
        index: the visits.
        cases: k infectious periods.
        policy: the rules; the defaults of `TracePolicy` where None.
        on_case: called after each index case, for progress.

    Raises:
        PolicyRefused: the policy assumes another stay for missing check-outs than the index was made with.
        VisitsRefused: the table of cases is none.
    """
    parts = []
    for part in traces(index, cases, policy):
        parts.append(part)
        for _ in range(part.cases):
            on_case()
    if len(parts) == 1:
        return parts[0]
    return Trace(
        contacts=pa.concat_tables([contact_table(index, []), *(part.contacts for part in parts)]),
        notices=pa.concat_tables([notice_table(index, []), *(part.notices for part in parts)]),
        cases=sum(part.cases for part in parts),
        cases_without_visits=tuple(person for part in parts for person in part.cases_without_visits),
        imputed=index.imputed,
    )


def traces(index: VisitIndex, cases: Cases | pa.Table, policy: TracePolicy | None = None) -> Iterator[Trace]:
    """`trace`, a few index cases at a time: lists can leave while later ones are still being made, and take no memory then.

    The cases come in ascending order; arguments and errors as in `trace`.
    """
    policy = policy or TracePolicy()
    _check_stay(index, policy)
    periods = list((cases if isinstance(cases, Cases) else Cases.from_table(cases)).periods().items())
    if len(periods) == 1 and policy.generations == 1:  # a thread costs more than a case
        yield _traced(index, periods, policy, None)
        return
    cores = os.cpu_count() or 1
    size = max(1, min(BATCH, len(periods) // cores))
    batches = [periods[at : at + size] for at in range(0, len(periods), size)]
    with ThreadPoolExecutor(cores) as threads:
        if len(periods) == 1:
            yield _traced(index, periods, policy, threads)
            return
        ahead = [threads.submit(_traced, index, batch, policy, None) for batch in batches[: 2 * cores]]
        for upcoming in [*batches[2 * cores :], *[None] * len(ahead)]:
            yield ahead.pop(0).result()
            if upcoming is not None:
                ahead.append(threads.submit(_traced, index, upcoming, policy, None))


def _check_stay(index: VisitIndex, policy: TracePolicy) -> None:
    stay = round(policy.default_stay_minutes * 60)
    if index.imputed and index.default_stay is not None and index.default_stay != stay:
        raise PolicyRefused(
            f"the policy assumes stays of {stay} s where a check-out is missing, the index was made with {index.default_stay} s",
            f"chính sách giả định thời gian lưu lại {stay} giây khi thiếu lượt ra, chỉ mục được tạo với {index.default_stay} giây",
        )


def _traced(index: VisitIndex, periods: Periods, policy: TracePolicy, threads: ThreadPoolExecutor | None) -> Trace:
    """Some index cases, one after another."""
    windows, unseen = windows_of(index, periods)
    lists, noticed = (
        ([first_generation(index, windows, policy)], [])
        if policy.generations == 1
        else _all_generations(index, windows, policy, threads)
    )
    contacts, notices = contact_table(index, lists), notice_table(index, noticed)
    return Trace(contacts, notices, len(periods), tuple(unseen), index.imputed)


def _all_generations(
    index: VisitIndex, windows: Windows, policy: TracePolicy, threads: ThreadPoolExecutor | None
) -> tuple[list[Lists], list[tuple[int, Crowds]]]:
    """The contacts of index cases, one case and generation after another, and the crowded venue-days of each case."""
    lists: list[Lists] = []
    noticed: list[tuple[int, Crowds]] = []
    for own in np.split(windows, np.flatnonzero(np.diff(windows["person"])) + 1):
        if len(own):
            case = int(index.person_ids[own["person"][0]])
            rows, crowds = _trace_case(index, own, policy, threads)
            lists += [Lists(np.array([case]), np.array([0, len(each)]), each) for each in rows]
            noticed.append((case, crowds))
    return lists, noticed


def _trace_case(
    index: VisitIndex, windows: Windows, policy: TracePolicy, threads: ThreadPoolExecutor | None
) -> tuple[list[Rows], Crowds]:
    """The contacts of one case, generation by generation, and the crowded venue-days, each once."""
    case = np.zeros(1, EXPOSURE)
    case["person"] = windows["person"][0]
    found: list[Rows] = []
    known, crowds, tails = nobody(len(index.person_ids)), [], index.tails(policy)
    make_known(known, case)
    horizon = index.horizon if policy.horizon is None else policy.horizon
    for generation, least in enumerate(policy.min_overlaps, start=1):
        rule, limit = (
            Rule(generation, least, policy.per_24_hours, tails, index.person_ids),
            policy.crowd_limit if generation > 1 else 0,
        )
        rows, crowded = Search(index, known, rule, limit, threads).contacts(windows)
        found.append(rows)
        crowds.append(crowded)
        if generation == policy.generations:
            break
        make_known(known, rows)
        windows = windows_after(rows, policy.latent_period, horizon - index.origin)
        windows = windows[np.argsort(windows["person"])]  # neighbours stand together in every day's copy by person
        if not len(windows):
            break
    return found, crowds[0] if len(crowds) == 1 else np.unique(np.concatenate(crowds))
