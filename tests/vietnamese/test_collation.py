import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.vietnamese import name_sort_key, sort_key

ALPHABET = "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y".split()  # noqa: SIM905 - read as one row
TONES_OF_A = ["ma", "mà", "mả", "mã", "má", "mạ"]


def in_order(texts: list[str]) -> bool:
    shuffled = random.Random(46).sample(texts, len(texts))  # noqa: S311 - a fixed shuffle, no secret
    return sorted(shuffled, key=sort_key) == texts


def test_the_alphabet_is_in_order() -> None:
    assert in_order(ALPHABET)


@pytest.mark.parametrize("vowel", list("aăâeêioôơuưy"))
def test_tones_are_in_order_on_every_vowel(vowel: str) -> None:
    marks = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
    assert in_order([unicodedata.normalize("NFC", vowel + mark) for mark in marks])


def test_letters_count_before_tones() -> None:
    assert in_order([*TONES_OF_A, "man", "măn", "mân", "me"])


def test_words_are_compared_one_by_one() -> None:
    assert in_order(["Hoa Bình", "Hòa An", "Hòa Bình", "Hoan", "Hương An", "Hương Xuân", "Kim Long"])


def test_a_shorter_text_stands_before_its_continuation() -> None:
    assert in_order(["Phú", "Phú Bài", "Phú Xuân", "Phụ", "Phương"])


def test_communes_in_dictionary_order() -> None:
    assert in_order(
        ["A Lưới 1", "An Cựu", "Dương Nỗ", "Đan Điền", "Lộc An", "Thuận An", "Thuận Hóa", "Vinh Lộc", "Vỹ Dạ"]
    )


@pytest.mark.parametrize(("left", "right"), [("hoà", "hòa"), ("Thuỷ", "THỦY"), ("Đông Ba", "đông-ba"), ("Huế", "Huế")])
def test_what_does_not_count(left: str, right: str) -> None:
    assert sort_key(left) == sort_key(right)


@given(st.text())
def test_composition_does_not_count(text: str) -> None:
    assert sort_key(unicodedata.normalize("NFC", text)) == sort_key(unicodedata.normalize("NFD", text))


@given(st.text(), st.text())
def test_bytes_and_characters_sort_alike(left: str, right: str) -> None:
    left, right = sort_key(left), sort_key(right)
    assert (left < right) == (left.encode() < right.encode())


@given(st.text(alphabet="aàăâđdeêuưy 1", min_size=1), st.text(alphabet="aàăâđdeêuưy 1"))
def test_appending_a_word_never_moves_a_text_forward(text: str, more: str) -> None:
    assert sort_key(text) <= sort_key(f"{text} {more}")


def test_people_are_listed_by_given_name_then_surname() -> None:
    names = ["Trần Văn An", "Lê Thị Ánh", "Lê Bình", "Nguyễn An Bình", "Phạm Thị Đào", "Nguyễn Văn Thử"]
    shuffled = random.Random(46).sample(names, len(names))  # noqa: S311 - a fixed shuffle, no secret
    assert sorted(shuffled, key=name_sort_key) == names


def test_a_name_of_one_word_and_none() -> None:
    assert name_sort_key("An") == sort_key("An")
    assert name_sort_key(" - ") == ""
