"""Compiling ahead: the first trace of a new installation need not wait for the compiler."""

from dauchan.epi.cases import Cases
from dauchan.epi.generations import trace
from dauchan.epi.policy import TracePolicy
from dauchan.epi.visit_index import VisitIndex

HOUR = 3600


def compile_kernels() -> None:
    """Run every compiled loop once, on three visits. Takes seconds on a new installation, later none: the code is kept."""
    index = VisitIndex.from_arrays([1, 2, 3], [7, 7, 7], [0, 0, 30 * HOUR], [HOUR, 31 * HOUR, None])
    cases = Cases.from_arrays([1], [0], [2 * HOUR])
    trace(index, cases, TracePolicy(generations=2, crowd_limit=1))
    trace(index, cases, TracePolicy(generations=2))
