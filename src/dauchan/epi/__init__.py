"""Contact tracing over visits: pure functions on NumPy and Arrow arrays, without database or clock.

>>> from dauchan.epi import Cases, TracePolicy, VisitIndex, trace
>>> index = VisitIndex.from_arrays([1, 2], [7, 7], [0, 600], [3600, 4200])
>>> trace(index, Cases.from_arrays([1], [0], [86400]), TracePolicy(generations=1)).contacts.column("overlap_seconds")[0].as_py()
3600
"""

from dauchan.epi.arrays import MISSING
from dauchan.epi.behind import Behind, exposures_behind
from dauchan.epi.cases import Cases
from dauchan.epi.encounters import encounters_of, source_window
from dauchan.epi.errors import (
    Damage,
    EpiError,
    PolicyRefused,
    RefusedRow,
    RowRefusal,
    SegmentDamaged,
    TableRefused,
    VisitsRefused,
)
from dauchan.epi.generations import Trace, trace, traces
from dauchan.epi.policy import TracePolicy
from dauchan.epi.presence import Presence, presence_of_contacts
from dauchan.epi.segments import Segment, drop_segment, open_segment, segment_folders, write_segment
from dauchan.epi.visit_columns import VisitColumns
from dauchan.epi.visit_index import VisitIndex
from dauchan.epi.warming import compile_kernels
from dauchan.epi.weights import VisitFacts, Weights, weigh_contacts

__all__ = [
    "MISSING",
    "Behind",
    "Cases",
    "Damage",
    "EpiError",
    "PolicyRefused",
    "Presence",
    "RefusedRow",
    "RowRefusal",
    "Segment",
    "SegmentDamaged",
    "TableRefused",
    "Trace",
    "TracePolicy",
    "VisitColumns",
    "VisitFacts",
    "VisitIndex",
    "VisitsRefused",
    "Weights",
    "compile_kernels",
    "drop_segment",
    "encounters_of",
    "exposures_behind",
    "open_segment",
    "presence_of_contacts",
    "segment_folders",
    "source_window",
    "trace",
    "traces",
    "weigh_contacts",
    "write_segment",
]
