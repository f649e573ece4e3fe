"""Every answer fits into one text message, in both languages and both spellings."""

import datetime as dt
from itertools import product

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from dauchan.web.phone_line.words import LONGEST, Outcome, Told, plain, words_for

AT = dt.datetime(2026, 3, 10, 1, 5, tzinfo=dt.UTC)


@hypothesis_settings(deadline=None)  # the first one loads the catalogues
@given(
    st.sampled_from(Outcome),
    st.builds(
        Told,
        place=st.text(st.characters(exclude_categories=["C"]), max_size=120),
        at=st.just(AT),
        party=st.integers(1, 20),
        is_first=st.booleans(),
        by_call=st.booleans(),
        language=st.sampled_from(["vi", "en"]),
    ),
)
def test_it_fits(outcome: Outcome, told: Told) -> None:
    words = words_for(outcome, told)
    assert 0 < len(words.plain) <= len(words.text) <= LONGEST
    assert words.plain.isascii()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_fits_at_a_long_address_too(settings: Settings, language: str) -> None:
    settings.BASE_URL = "https://quan-ly-dich-benh-bang-ma-qr.soyte.thuathienhue.gov.vn"
    for outcome, by_call, party in product(Outcome, (False, True), (1, 20)):
        words = words_for(outcome, Told("Chợ Đông Ba", AT, party, is_first=True, by_call=by_call, language=language))
        assert len(words.text) <= LONGEST, words.text


def test_what_it_says() -> None:
    words = words_for(Outcome.RECORDED, Told("Chợ Đông Ba", AT))
    assert words.text == "Đã ghi lượt vào Chợ Đông Ba lúc 08:05. Khi về nhắn RA."
    assert words.plain == "Da ghi luot vao Cho Dong Ba luc 08:05. Khi ve nhan RA."
    first = words_for(Outcome.RECORDED, Told("Chợ Đông Ba", AT, is_first=True)).plain
    assert "21 ngay" in first
    assert "/visitor/notice/" in first


def test_a_long_name_is_cut_and_a_shelters_is_left_out() -> None:
    long = "Trung tâm Chăm sóc sức khỏe sinh sản – Kế hoạch hóa gia đình và Phòng khám đa khoa khu vực Quảng Điền cơ sở hai"
    assert "Trung tâm Chăm sóc" in words_for(Outcome.RECORDED, Told(long, AT, is_first=True)).text
    assert words_for(Outcome.LEFT, Told("", AT)).text == "Đã ghi giờ ra lúc 08:05."


def test_letters_without_marks() -> None:
    assert plain("Đường Nguyễn Huệ – “quán” Thủy… 🍜") == 'Duong Nguyen Hue - "quan" Thuy.. '
