"""Text of the old fonts becomes Unicode; Unicode stays what it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dauchan.vietnamese import fold
from dauchan.vietnamese.legacy import (
    _TCVN3,
    _VNI,
    LEGACY,
    Spelling,
    as_unicode,
    from_legacy,
    spelling_of,
    spelling_of_column,
)
from dauchan.vietnamese.syllables import is_syllable

WRITTEN = """quán ăn hủ tiếu nhà hàng đường phố chợ Đông Ba phường Thuận Hòa Hương Thủy cửa tiệm thuốc Tây Lộc Vĩnh Ninh
bánh mì khách sạn trường tiểu học tạp hóa giặt ủi gội đầu Nguyễn Huệ Trần Hưng Đạo Kim Long Vỹ Dạ bệnh viện khoảng khuỷu giếng
gì quyền quýt nghiêng xăng dầu nước uống giải khát rượu điện thoại sửa xe máy lẩu nướng hấp bún bò cơm hến"""
WORDS = WRITTEN.split()
TEXTS = st.lists(st.sampled_from(WORDS), min_size=2, max_size=6).map(" ".join)
BACK = {
    Spelling.TCVN3: {meant: stored for stored, meant in _TCVN3.items()},
    Spelling.VNI: {meant: stored for stored, meant in _VNI.items()},
}


def stored(text: str, kind: Spelling) -> str:
    """As the old font stored it; capitals with tones had no place in TCVN3, so they are small there."""
    back = BACK[kind]
    return "".join(back.get(sign, back.get(sign.lower(), sign)) for sign in text)


@pytest.mark.parametrize("word", WORDS)
def test_words_of_the_language_are_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["Qu¸n", "aên", "hµng", "Café", "Crème", "thuôcf", "quốn̉", "bát́", "lạp̣"])
def test_misread_words_are_none(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("kind", LEGACY)
@settings(max_examples=40)
@given(text=TEXTS)
def test_what_an_old_font_stored_is_read_back(kind: Spelling, text: str) -> None:
    """Whatever the column: these texts tell it by themselves, or leave it to the column they stand in."""
    old = stored(text, kind)
    assert from_legacy(old, kind) == text
    if spelling_of(old) in LEGACY:
        assert from_legacy(old) == text


@settings(max_examples=40)
@given(TEXTS)
def test_unicode_stays_as_it_is(text: str) -> None:
    assert from_legacy(text) == text
    assert from_legacy(text, Spelling.UNICODE) == text
    assert from_legacy(from_legacy(text), Spelling.UNICODE) == text


@settings(max_examples=40)
@given(st.text())
def test_no_text_breaks_it_and_plain_letters_stay(text: str) -> None:
    read = from_legacy(text)
    assert [sign for sign in read if sign.isdigit()] == [sign for sign in text if sign.isdigit()] or spelling_of(
        text
    ) in LEGACY
    if text.isascii():
        assert read == text


@pytest.mark.parametrize(
    "text",
    ["Café Crème", "Hôtel Saigon Résidence", "Zürich Straße", "Señor Ñ", "Heineken®", "© 2020 ABC", "25°C", "200 m²", "Cà phê",
     "Bún bò «Mệ Kéo»", "Mì, phở – lẩu…", "Cá kho", "Tôm hùm", "Nhà in Trí", "Đình", "ð", "naïve Noël"],
)  # fmt: skip
def test_other_languages_and_short_unicode_are_not_mangled(text: str) -> None:
    assert from_legacy(text) == text
    assert from_legacy(text, Spelling.UNICODE) == text


@pytest.mark.parametrize(
    ("old", "meant"),
    [
        ("Qu¸n ¨n H­¬ng Giang", "Quán ăn Hương Giang"),
        ("CöA HµNG T¹P HãA", "CỬA HÀNG TẠP HÓA"),
        ("§¹i Néi, ®­êng 23/8", "Đại Nội, đường 23/8"),
        ("Tó", "Tú"),
        ("Quaùn aên Höông Giang", "Quán ăn Hương Giang"),
        ("CÖÛA HAØNG TAÏP HOÙA", "CỬA HÀNG TẠP HÓA"),
        ("Ñöôøng Leâ Lôïi", "Đường Lê Lợi"),
    ],
)
def test_both_fonts_are_recognised_cell_by_cell(old: str, meant: str) -> None:
    kind = spelling_of(old)
    assert from_legacy(old, Spelling.TCVN3 if kind is Spelling.UNCLEAR else Spelling.UNICODE) == meant


def test_the_column_decides_what_a_cell_leaves_open() -> None:
    column = ["C¸", "Qu¸n ¨n", "B¸nh m×", "Cá"]
    assert spelling_of("Cá") is Spelling.UNCLEAR
    assert spelling_of_column(column) is Spelling.TCVN3
    assert from_legacy("Cá", Spelling.TCVN3) == "Cỏ"
    assert from_legacy("Cá", spelling_of_column(["Quán ăn", "Bánh mì", "Cửa hàng"])) == "Cá"
    assert from_legacy("Cá", spelling_of_column(["Cá", "Quán"])) == "Cá"


def test_a_mixed_column_is_read_cell_by_cell() -> None:
    column = ["Qu¸n ¨n", "Cửa hàng", "Quaùn côm", "Cá"]
    assert spelling_of_column(column) is Spelling.UNCLEAR
    assert [from_legacy(cell, spelling_of_column(column)) for cell in column] == [
        "Quán ăn",
        "Cửa hàng",
        "Quán cơm",
        "Cá",
    ]


@pytest.mark.parametrize("kind", LEGACY)
def test_the_tables_reach_every_letter(kind: Spelling) -> None:
    letters = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    assert as_unicode(stored(letters, kind), kind) == letters
    assert {fold(as_unicode(stored(letter, kind), kind)) for letter in letters} == set("aeiouyd")
