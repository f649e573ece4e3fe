"""The code people read aloud and type."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dauchan.qr import CodeRefusal, CodeRefused, make_short_code, read_short_code
from dauchan.qr.short_code import ALPHABET

codes = st.builds(make_short_code)


def test_it_has_the_printed_form_and_differs_each_time() -> None:
    made = {make_short_code() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", code) for code in made)
    assert all(read_short_code(code) == code for code in made)


@given(codes)
def test_what_people_type_is_understood(code: str) -> None:
    for typed in (
        code.lower(),
        code.replace("-", ""),
        f"  {code.replace('-', ' – ')} ",
        code.replace("0", "O").replace("1", "l"),
        " ".join(code),
    ):
        assert read_short_code(typed) == code


@given(codes, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(code: str, at: int, letter: str) -> None:
    bare = code.replace("-", "")
    assume(bare[at] != letter)
    with pytest.raises(CodeRefused) as refused:
        read_short_code(bare[:at] + letter + bare[at + 1 :])
    assert refused.value.reason is CodeRefusal.MISTYPED


@given(codes, st.integers(0, 7), st.integers(0, 7))
def test_two_swapped_characters_are_found(code: str, one: int, other: int) -> None:
    letters = list(code.replace("-", ""))
    assume(letters[one] != letters[other])
    letters[one], letters[other] = letters[other], letters[one]
    with pytest.raises(CodeRefused):
        read_short_code("".join(letters))


@given(st.text())
def test_any_text_gives_a_code_or_a_refusal(text: str) -> None:
    try:
        assert read_short_code(text) in text.upper() or len(text) >= 8
    except CodeRefused as refused:
        assert refused.reason is CodeRefusal.MISTYPED  # noqa: PT017 - most texts are refused, a few are codes
