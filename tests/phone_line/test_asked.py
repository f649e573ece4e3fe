"""What people write and press, and what it asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.web.phone_line.asked import Asked, Wish, read_keys, read_text

ENTER, LEAVE, HELP, UNCLEAR = Wish.ENTER, Wish.LEAVE, Wish.HELP, Wish.UNCLEAR


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("K7M3-2QXD", Asked(ENTER, "k7m32qxd")),
        (" k7m3 2qxd ", Asked(ENTER, "k7m32qxd")),
        ("VÀO K7M3 2QXD", Asked(ENTER, "k7m32qxd")),
        ("vaok7m32qxd", Asked(ENTER, "k7m32qxd")),
        ("Vào: K7M3.2QXD 3", Asked(ENTER, "k7m32qxd", 3)),
        ("VAO 1234 5678 3 người", Asked(ENTER, "12345678", 3)),
        ("1234-5678", Asked(ENTER, "12345678")),
        ("12345678 12", Asked(ENTER, "12345678", 12)),
        ("VAO 123", Asked(ENTER, "123")),
        ("in K7M32QXD", Asked(ENTER, "k7m32qxd", language="en")),
        ("RA", Asked(LEAVE)),
        ("ra về", Asked(LEAVE)),
        ("RA K7M3-2QXD", Asked(LEAVE)),
        ("Out", Asked(LEAVE, language="en")),
        ("TRỢ GIÚP", Asked(HELP)),
        ("trogiup", Asked(HELP)),
        ("help", Asked(HELP, language="en")),
    ],
)
def test_what_is_written_is_understood(text: str, asked: Asked) -> None:
    assert read_text(text) == asked


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "xin chào", "Ra chợ mấy giờ thì đông?", "vao", "K7M3 2QXD 25", "tro di", "1" * 500]
)
def test_a_sentence_is_no_check_in_and_no_check_out(text: str) -> None:
    assert read_text(text).wish is UNCLEAR


@given(st.text(max_size=80))
def test_nothing_that_can_be_written_breaks_it(text: str) -> None:
    asked = read_text(text)
    assert 1 <= asked.party <= 20
    assert (asked.wish is ENTER) == bool(asked.code)


@pytest.mark.parametrize(
    ("keys", "asked"),
    [
        ("", Asked(Wish.BEGIN)),
        ("12345678#", Asked(ENTER, "12345678")),
        ("12345678", Asked(ENTER, "12345678")),
        ("12345678*3#", Asked(ENTER, "12345678", 3)),
        ("123#", Asked(ENTER, "123")),
        ("0#", Asked(LEAVE)),
        ("*#", Asked(HELP)),
        ("#", Asked(UNCLEAR)),
        ("12345678*0#", Asked(UNCLEAR)),
        ("12345678*21#", Asked(UNCLEAR)),
        ("**1#2#", Asked(UNCLEAR)),
    ],
)
def test_what_is_pressed_is_understood(keys: str, asked: Asked) -> None:
    assert read_keys(keys) == asked
