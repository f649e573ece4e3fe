"""After compiling ahead, a real trace finds its loops compiled."""

from typing import Any

from dauchan.epi import Cases, TracePolicy, VisitIndex, compile_kernels, exposures, trace


def test_no_loop_is_compiled_by_the_first_real_trace() -> None:
    compile_kernels()
    compiled: Any = exposures.contacts_of
    before = len(compiled.signatures)
    index = VisitIndex.from_arrays([1, 2], [7, 7], [0, 600], [3600, 4200])
    found = trace(index, Cases.from_arrays([1], [0], [86400]), TracePolicy(generations=3, crowd_limit=150))
    assert found.contacts.num_rows == 1
    assert len(compiled.signatures) == before > 0
