import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.vietnamese import PhoneRefusal, PhoneRefused, read_phone, show_phone

mobiles = st.builds(
    lambda prefix, rest: prefix + rest,
    st.sampled_from(["090", "091", "098", "032", "039", "070", "079", "083", "056", "059"]),
    st.text(alphabet="0123456789", min_size=7, max_size=7),
)


@given(mobiles)
def test_every_way_of_writing_a_number_gives_the_same(mobile: str) -> None:
    e164 = f"+84{mobile[1:]}"
    written = [
        mobile,
        mobile[1:],
        e164,
        e164[1:],
        f"00{e164[1:]}",
        f"+84 (0){mobile[1:]}",
        f" {mobile[:4]}.{mobile[4:7]}-{mobile[7:]} ",
        show_phone(e164),
    ]
    assert {read_phone(text) for text in written} == {e164}


@given(mobiles)
def test_reading_twice_changes_nothing(mobile: str) -> None:
    assert read_phone(read_phone(mobile)) == read_phone(mobile)


def outcome(text: str) -> str | PhoneRefusal:
    try:
        return read_phone(text)
    except PhoneRefused as refused:
        return refused.reason


@given(st.text() | st.text(alphabet="+0123456789 ()."))
def test_any_text_gives_a_number_or_a_reason(text: str) -> None:
    answer = outcome(text)
    assert isinstance(answer, PhoneRefusal) or (answer.startswith("+") and answer[1:].isdecimal())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        *[(f"016{digit}", f"03{digit}") for digit in range(2, 10)],
        *[("0120", "070"), ("0121", "079"), ("0122", "077"), ("0126", "076"), ("0128", "078")],
        *[("0123", "083"), ("0124", "084"), ("0125", "085"), ("0127", "081"), ("0129", "082")],
        *[("0186", "056"), ("0188", "058"), ("0199", "059")],
    ],
)
def test_numbers_from_before_2018_reach_the_same_person(old: str, new: str) -> None:
    assert read_phone(f"{old}2345678") == read_phone(f"{new}2345678") == f"+84{new[1:]}2345678"
    assert read_phone(f"+84{old[1:]}2345678") == f"+84{new[1:]}2345678"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", PhoneRefusal.EMPTY),
        (" \u200b ", PhoneRefusal.EMPTY),
        ("không có", PhoneRefusal.LETTERS),
        ("0905 123 45O", PhoneRefusal.LETTERS),
        ("0905123456/0906123456", PhoneRefusal.LETTERS),
        ("=0905123456", PhoneRefusal.LETTERS),
        ("113", PhoneRefusal.TOO_SHORT),
        ("+", PhoneRefusal.TOO_SHORT),
        ("090512345", PhoneRefusal.TOO_SHORT),
        ("0905123", PhoneRefusal.TOO_SHORT),
        ("09051234567", PhoneRefusal.TOO_LONG),
        ("0" * 200, PhoneRefusal.TOO_LONG),
        ("19001075", PhoneRefusal.HOTLINE),
        ("1900 1075", PhoneRefusal.HOTLINE),
        ("+84 19001075", PhoneRefusal.HOTLINE),
        ("1800 599 920", PhoneRefusal.HOTLINE),
        ("0234 3822 822", PhoneRefusal.NOT_MOBILE),
        ("0411234567", PhoneRefusal.UNKNOWN),
        ("+999 123 456", PhoneRefusal.UNKNOWN),
    ],
)
def test_what_is_refused_and_why(text: str, reason: PhoneRefusal) -> None:
    with pytest.raises(PhoneRefused) as refused:
        read_phone(text)
    assert refused.value.reason is reason


def test_a_venue_may_publish_a_landline() -> None:
    assert read_phone("0234 3822 822", landline=True) == "+842343822822"


def test_visitors_from_abroad_keep_their_number() -> None:
    assert read_phone("+65 8123 4567") == "+6581234567"
    assert show_phone("+6581234567") == "+65 8123 4567"


@pytest.mark.parametrize("reason", list(PhoneRefusal))
def test_every_reason_has_a_sentence_in_both_languages(reason: PhoneRefusal) -> None:
    assert reason.vi.endswith(".")
    assert reason.en.endswith(".")
    assert reason.vi != reason.en
    assert str(PhoneRefused(reason)) == reason.vi


def test_showing_something_else_returns_it() -> None:
    assert show_phone("19001075") == "19001075"
