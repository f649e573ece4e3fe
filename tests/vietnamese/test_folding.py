import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.vietnamese import clean_text, fold

VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
letters = st.one_of(
    st.sampled_from("bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX -'"),
    st.builds(lambda vowel, tone: vowel + tone, st.sampled_from(VOWELS), st.sampled_from(TONES)),
)
vietnamese_texts = st.lists(letters, max_size=40).map("".join)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@given(vietnamese_texts)
def test_composed_and_decomposed_text_are_one(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert fold(composed) == fold(decomposed)
    assert clean_text(composed) == clean_text(decomposed)


@given(vietnamese_texts)
def test_folded_vietnamese_is_plain_lower_case_ascii(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == folded.lower()
    assert "  " not in folded


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Thuỷ", "Thủy"),
        ("hoà", "hòa"),
        ("Đường Điện Biên Phủ", "duong dien bien phu"),
        ("A Lưới", "a  luoi"),
        ("PHÚ NHUẬN", "Phú Nhuận"),
        ("Ｈｕế", "hue"),
        ("Bún bò\u00a0Huế", "bun bo hue"),
        ("Thừa\u200b Thiên", "thua thien"),
    ],
)
def test_spellings_that_search_takes_for_the_same(left: str, right: str) -> None:
    assert fold(left) == fold(right)


def test_dd_is_d_in_both_cases() -> None:
    assert fold("Đđ") == "dd"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Nguyễn Thị  Thử \t", "Nguyễn Thị  Thử"),
        ("dòng một\r\ndòng hai\rdòng ba", "dòng một\ndòng hai\ndòng ba"),
        ("Chợ\x00 Đông\u202e Ba\ufeff", "Chợ Đông Ba"),
        ("\ud800", "\ufffd"),
        ("- 12/5 Lê Lợi, kiệt 3'", "- 12/5 Lê Lợi, kiệt 3'"),
    ],
)
def test_what_is_stored(typed: str, stored: str) -> None:
    assert clean_text(typed) == stored
