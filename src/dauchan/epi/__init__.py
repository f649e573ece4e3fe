"""Contact tracing over visits: pure functions on NumPy and Arrow arrays, without database or clock.

>>> from dauchan.epi import Cases, TracePolicy, VisitIndex, trace
>>> index = VisitIndex.from_arrays([1, 2], [7, 7], [0, 600], [3600, 4200])
>>> trace(index, Cases.from_arrays([1], [0], [86400]), TracePolicy(generations=1)).contacts.column("overlap_seconds")[0].as_py()
3600
"""

from dauchan.epi.arrays import MISSING
from dauchan.epi.cases import Cases
from dauchan.epi.encounters import encounters_of, source_window
from dauchan.epi.errors import EpiError, PolicyRefused, RefusedRow, RowRefusal, TableRefused, VisitsRefused
from dauchan.epi.generations import Trace, trace
from dauchan.epi.policy import TracePolicy
from dauchan.epi.visit_index import VisitIndex
from dauchan.epi.warming import compile_kernels
from dauchan.epi.weights import VisitFacts, Weights, weigh_contacts

__all__ = [
    "MISSING",
    "Cases",
    "EpiError",
    "PolicyRefused",
    "RefusedRow",
    "RowRefusal",
    "TableRefused",
    "Trace",
    "TracePolicy",
    "VisitFacts",
    "VisitIndex",
    "VisitsRefused",
    "Weights",
    "compile_kernels",
    "encounters_of",
    "source_window",
    "trace",
    "weigh_contacts",
]
