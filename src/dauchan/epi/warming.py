"""Compiling ahead: the first trace of a new installation need not wait for the compiler."""

import numpy as np

from dauchan.epi.behind import exposures_behind
from dauchan.epi.cases import Cases
from dauchan.epi.crowds import NOT_ASKED
from dauchan.epi.generations import trace
from dauchan.epi.policy import TracePolicy
from dauchan.epi.presence import presence_of_contacts
from dauchan.epi.records import WINDOW, Rule
from dauchan.epi.search import Search
from dauchan.epi.sources import nobody, sources_of
from dauchan.epi.visit_index import VisitIndex
from dauchan.epi.weights import VisitFacts, weigh_contacts

HOUR = 3600


def compile_kernels() -> None:
    """Run every compiled loop once, on three visits. Takes about a minute on a new installation, half of it for the first generation, and nothing later: the code is kept."""
    index = VisitIndex.from_arrays([1, 2, 3], [7, 7, 7], [0, 0, 30 * HOUR], [HOUR, 31 * HOUR, None])
    cases = Cases.from_arrays([1], [0], [2 * HOUR])
    trace(index, cases, TracePolicy(generations=2, crowd_limit=1))
    found = trace(index, cases, TracePolicy(generations=2))
    behind = exposures_behind(index, found.contacts, (0, 2 * HOUR), TracePolicy(generations=2))
    presence_of_contacts(index, behind, np.empty(0, np.int64), TracePolicy(generations=2))
    weigh_contacts(behind, VisitFacts(*np.zeros((3, len(behind.visits.person)), np.int64)), 0)
    _search_both_ways(index)


def _search_both_ways(index: VisitIndex) -> None:
    """What only a case with many contacts needs."""
    windows, known = np.array([(0, 0, HOUR)], WINDOW), nobody(len(index.person_ids))
    search = Search(index, known, Rule(2, 60, False, index.tails(TracePolicy()), index.person_ids), 1, None)
    sources, _ = sources_of(index.spans, windows, NOT_ASKED)
    search.by_place([sources], np.array([[1]], np.int32), 1, 1, search.others(windows))
    search.by_person(sources)
