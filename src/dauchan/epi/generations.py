"""Trace index cases through their generations of contacts."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from dauchan.epi.cases import Cases
from dauchan.epi.contact_rows import Generation, contact_table, notice_table
from dauchan.epi.errors import PolicyRefused
from dauchan.epi.policy import TracePolicy
from dauchan.epi.records import EXPOSURE, WINDOW, Crowds, Rows, Rules, Windows
from dauchan.epi.search import Search
from dauchan.epi.sources import sources_of, windows_after
from dauchan.epi.visit_index import VisitIndex

BATCH = 16
"""Cases that one thread traces before it writes their rows."""
Periods: TypeAlias = dict[int, list[tuple[int, int]]]


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
    policy = policy or TracePolicy()
    _check_stay(index, policy)
    periods = (cases if isinstance(cases, Cases) else Cases.from_table(cases)).periods()
    contacts, notices = [], []
    for listed, noticed in _traced(index, periods, policy, on_case):
        contacts.append(listed)
        notices += noticed
    return Trace(
        contacts=contacts[0] if len(contacts) == 1 else pa.concat_tables(contacts or [contact_table(index, [])]),
        notices=notice_table(index, notices),
        cases=len(periods),
        cases_without_visits=tuple(person for person in periods if index.person_number(person) is None),
        imputed=index.imputed,
    )


def rules_of(index: VisitIndex, policy: TracePolicy) -> Rules:
    """The policy in seconds since the index's origin."""
    horizon = index.horizon if policy.horizon is None else policy.horizon
    tails = np.full(len(index.venue_ids), policy.tail, np.int32)
    return Rules(tails, policy.latent_period, horizon - index.origin, policy.crowd_limit)


def windows_of(index: VisitIndex, person_id: int, periods: list[tuple[int, int]]) -> Windows:
    """When a person of the index is a source; empty for a person without visits."""
    number = index.person_number(person_id)
    found = [] if number is None else periods
    return np.array([(number, start - index.origin, end - index.origin) for start, end in found], WINDOW)


def _check_stay(index: VisitIndex, policy: TracePolicy) -> None:
    stay = round(policy.default_stay_minutes * 60)
    if index.imputed and index.default_stay is not None and index.default_stay != stay:
        raise PolicyRefused(
            f"the policy assumes stays of {stay} s where a check-out is missing, the index was made with {index.default_stay} s",
            f"chính sách giả định thời gian lưu lại {stay} giây khi thiếu lượt ra, chỉ mục được tạo với {index.default_stay} giây",
        )


Noticed: TypeAlias = tuple[int, Crowds]
Batch: TypeAlias = tuple[pa.Table, list[Noticed]]


def _traced(index: VisitIndex, periods: Periods, policy: TracePolicy, on_case: Callable[[], object]) -> Iterator[Batch]:
    rules = rules_of(index, policy)

    def batch(some: list[tuple[int, Windows]], threads: ThreadPoolExecutor | None) -> Batch:
        generations: list[Generation] = []
        noticed = []
        for person, windows in some:
            rows, crowds = _trace_case(index, windows, policy.min_overlaps, rules, threads)
            generations += [Generation(person, each) for each in rows]
            noticed.append((person, crowds))
        return contact_table(index, generations), noticed

    work = [(person, windows_of(index, person, merged)) for person, merged in periods.items()]
    work = [(person, windows) for person, windows in work if len(windows)]
    if len(work) == 1 and policy.generations == 1:  # a thread costs more than a case
        yield batch(work, None)
        on_case()
        return
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        if len(work) == 1:
            yield batch(work, threads)
            on_case()
            return
        size = max(1, min(BATCH, len(work) // (os.cpu_count() or 1)))
        batches = [work[at : at + size] for at in range(0, len(work), size)]
        for some, done in zip(batches, threads.map(lambda part: batch(part, None), batches), strict=True):
            yield done
            for _ in some:
                on_case()


def _trace_case(
    index: VisitIndex, windows: Windows, min_overlaps: tuple[int, ...], rules: Rules, threads: ThreadPoolExecutor | None
) -> tuple[list[Rows], Crowds]:
    """The contacts of one case, generation by generation, and the crowded venue-days, each once."""
    case = np.zeros(1, EXPOSURE)
    case["person"] = windows["person"][0]
    known, crowds = [case], []
    for generation, least in enumerate(min_overlaps, start=1):
        sources, crowded = sources_of(index.spans, windows, rules.crowd_limit if generation > 1 else 0)
        rows = Search(index, known, generation, least, rules.tails, threads).contacts(sources)
        known.append(rows)
        crowds.append(crowded)
        windows = (
            windows_after(rows, rules.latent_period, rules.horizon) if generation < len(min_overlaps) else windows[:0]
        )
        if not len(windows):
            break
    return known[1:], crowds[0] if len(crowds) == 1 else np.unique(np.concatenate(crowds))
