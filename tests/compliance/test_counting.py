"""Counting a day against the plainest way to say what is counted."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dauchan.compliance.counting import NOWHERE, Doors, counted

VENUES = 6
SCANS = st.lists(st.tuples(st.integers(-5, 5), st.integers(0, VENUES)), max_size=40)


@given(
    scans=SCANS,
    units=st.lists(st.integers(NOWHERE, 2), min_size=VENUES, max_size=VENUES),
    registered=st.lists(st.booleans(), min_size=VENUES, max_size=VENUES),
)
def test_each_figure_is_what_its_name_says(
    scans: list[tuple[int, int]], units: list[int], registered: list[bool]
) -> None:
    ids = [10 * n for n in range(VENUES)]
    door = {venue: n for n, venue in enumerate(ids)}
    scans = [(person * 2**40, 10 * venue) for person, venue in scans]  # the venue 60 is none of ours
    doors = Doors(np.array(ids), np.array(registered), np.zeros(VENUES, np.bool_), np.arange(VENUES), [np.array(units)])
    table = np.array(scans, np.int64).reshape(-1, 2)
    counts = counted(table[:, 0], table[:, 1], doors, [3])
    ours = [(person, venue) for person, venue in scans if venue in door]
    assert counts.doors.scans.tolist() == [sum(venue == at for _, at in ours) for venue in ids]
    assert counts.doors.people.tolist() == [len({person for person, at in ours if at == venue}) for venue in ids]
    (level,) = counts.levels
    for unit in range(3):
        inside = [(person, venue) for person, venue in ours if units[door[venue]] == unit]
        own = [n for n in range(VENUES) if units[n] == unit and registered[n]]
        assert level.scans[unit] == len(inside)
        assert level.people[unit] == len({person for person, _ in inside})
        assert level.registered[unit] == len(own)
        assert level.active[unit] == len({ids[n] for n in own} & {venue for _, venue in inside})
        assert level.failed[unit] == sum(n for n in range(VENUES) if units[n] == unit)
    assert not level.new.any()
