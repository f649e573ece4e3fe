"""Generation 1 of some index cases at once: nobody is known before, and each case has a list of its own."""

from typing import TypeAlias

import numpy as np

from dauchan.epi.contact_rows import Lists
from dauchan.epi.crowds import NOT_ASKED
from dauchan.epi.exposures import contacts_of_each
from dauchan.epi.policy import TracePolicy
from dauchan.epi.records import NOWHERE, WINDOW, Rule, Windows
from dauchan.epi.sources import sources_of
from dauchan.epi.visit_index import VisitIndex

Periods: TypeAlias = list[tuple[int, list[tuple[int, int]]]]
"""Identifiers of people, and when each was infectious."""


def windows_of(index: VisitIndex, periods: Periods) -> tuple[Windows, list[int]]:
    """When people of the index are sources, those of one standing together; and who has no visits at all."""
    numbers = index.people.numbers_of(np.array([person for person, _ in periods], np.int64)).tolist()
    known = [(number, merged) for number, (_, merged) in zip(numbers, periods, strict=True) if number != NOWHERE]
    windows = [(number, start - index.origin, end - index.origin) for number, merged in known for start, end in merged]
    unseen = [person for number, (person, _) in zip(numbers, periods, strict=True) if number == NOWHERE]
    return np.array(windows, WINDOW), unseen


def first_generation(index: VisitIndex, windows: Windows, policy: TracePolicy) -> Lists:
    """The contacts of index cases, each case's by itself."""
    rule = Rule(1, policy.min_overlaps[0], policy.per_24_hours, index.tails(policy), index.person_ids)
    sources, _ = sources_of(index.spans, windows, NOT_ASKED)
    rows, edges = contacts_of_each(index.spans, sources, rule)
    return Lists(index.person_ids[sources.person], edges, rows)
