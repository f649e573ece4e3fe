"""The eight digits of a venue on a telephone's keys."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.qr import CodeRefusal, CodeRefused
from dauchan.qr.line_code import MOST_VENUES, make_line_code, read_line_code

KEY = b"k" * 32
venues = st.integers(0, MOST_VENUES - 1)


@given(venues)
def test_a_code_leads_back_to_its_venue_however_it_is_spaced(venue_id: int) -> None:
    code = make_line_code(venue_id, KEY)
    assert len(code) == 9
    for written in (code, code.replace(" ", ""), code.replace(" ", "-"), f" {code} "):
        assert read_line_code(written, KEY) == venue_id


@given(venues, st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(venue_id: int, place: int, more: int) -> None:
    digits = make_line_code(venue_id, KEY).replace(" ", "")
    wrong = f"{digits[:place]}{(int(digits[place]) + more) % 10}{digits[place + 1 :]}"
    with pytest.raises(CodeRefused) as refused:
        read_line_code(wrong, KEY)
    assert refused.value.reason is CodeRefusal.MISTYPED


def test_neighbouring_venues_have_codes_that_nobody_can_continue() -> None:
    numbers = [int(make_line_code(venue_id, KEY).replace(" ", "")[:7]) for venue_id in range(1000)]
    assert len(set(numbers)) == 1000
    steps = [abs(one - other) for one, other in pairwise(numbers)]
    assert sum(step < 10_000 for step in steps) < 20  # by chance two of a thousand; counting up would give all
    assert make_line_code(7, KEY) != make_line_code(7, b"another key, of thirty-two bytes")


@pytest.mark.parametrize("text", ["", "1234567", "123456789", "1234567a", "①②③④⑤⑥⑦⑧", "١٢٣٤٥٦٧٨"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(CodeRefused):
        read_line_code(text, KEY)


@pytest.mark.parametrize("venue_id", [-1, MOST_VENUES])
def test_a_number_with_more_digits_has_no_code(venue_id: int) -> None:
    with pytest.raises(ValueError, match="seven digits"):
        make_line_code(venue_id, KEY)
