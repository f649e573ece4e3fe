"""A corrected pack is the pack of the corrected visits, in all that is derived from its words too."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dauchan.epi.corrections import corrected
from dauchan.epi.packing import pack
from dauchan.epi.visit_columns import VisitColumns

HOUR = 3600
VISIT = st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(0, 20), st.integers(0, 5), st.booleans())
CHANGE = st.tuples(st.integers(0, 5), st.booleans())


def columns(rows: list[tuple[int, int, int, int, bool]]) -> VisitColumns:
    person, venue, entered, stay, imputed = (np.array(column) for column in zip(*rows, strict=True))
    return VisitColumns(person, venue, entered * HOUR, (entered + stay) * HOUR, imputed=imputed)


@settings(deadline=None)
@given(st.lists(VISIT, min_size=1, max_size=25, unique_by=lambda row: row[:3]), st.data())
def test_bounds_are_those_of_the_corrected_visits(
    rows: list[tuple[int, int, int, int, bool]], data: st.DataObject
) -> None:
    chosen = data.draw(st.lists(st.integers(0, len(rows) - 1), min_size=1, unique=True))
    changes = data.draw(st.lists(CHANGE, min_size=len(chosen), max_size=len(chosen)))
    after = list(rows)
    for at, (stay, imputed) in zip(chosen, changes, strict=True):
        after[at] = (*rows[at][:3], stay, imputed)
    found = corrected(pack(columns(rows), 0), columns([after[at] for at in chosen]))
    wanted = pack(columns(after), 0)
    assert (found.reach, found.imputed_visits) == (wanted.reach, wanted.imputed_visits)
    assert found.longest_stay.tolist() == wanted.longest_stay.tolist()
    assert np.sort(found.by_person).tolist() == np.sort(wanted.by_person).tolist()
    assert np.sort(found.by_venue).tolist() == np.sort(wanted.by_venue).tolist()
