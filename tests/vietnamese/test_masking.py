import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.vietnamese import mask_name, mask_phone


@pytest.mark.parametrize(
    ("e164", "masked"),
    [("+84901234567", "090•••••67"), ("+6581234567", "+65•••••67"), ("19001075", "•••••"), ("", "•••••")],
)
def test_phones_keep_their_first_and_last_digits(e164: str, masked: str) -> None:
    assert mask_phone(e164) == masked


@given(st.text(alphabet="0123456789", min_size=9, max_size=9))
def test_at_least_five_digits_of_a_vietnamese_phone_are_hidden(national: str) -> None:
    masked = mask_phone(f"+84{national}")
    assert sum(letter.isdecimal() for letter in masked) == 5
    assert national[2:7] not in masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [("Nguyễn Văn An", "N••• V••• An"), ("Đặng  Thử", "Đ••• Thử"), ("Ánh", "Á•••"), ("A\u0301nh", "Á•••"), (" ", "")],
)
def test_names_keep_the_given_name(name: str, masked: str) -> None:
    assert mask_name(name) == masked
