"""Numbers sorted digit by digit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dauchan.epi.sorting import by_digits


@given(st.integers(0, 40), st.integers(0, 20), st.data())
def test_numbers_stand_by_their_bits_from_one_on_and_otherwise_as_they_did(
    high: int, low: int, data: st.DataObject
) -> None:
    numbers = data.draw(st.lists(st.integers(0, (1 << high) - 1), max_size=60))
    expected = sorted(numbers, key=lambda number: number >> low)
    assert by_digits(np.array(numbers, np.int64), low, max(low, high)).tolist() == expected
