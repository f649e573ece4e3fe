"""Lists of cases as people write them."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.tracing.intake.headings import HEADINGS, columns_of, heading_of
from dauchan.tracing.intake.list_words import kind_of, result_of, symptoms_of
from dauchan.vietnamese import fold
from dauchan.vietnamese.dates import LOCAL, DayUnreadable, read_day, read_instant

TODAY = dt.date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("28/11/2026", dt.date(2026, 11, 28)),
        ("1.2.2026", dt.date(2026, 2, 1)),
        ("28-11-26", dt.date(2026, 11, 28)),
        ("2026-11-28", dt.date(2026, 11, 28)),
        ("2026-11-28T08:30:00", dt.date(2026, 11, 28)),
        ("ngày 5 tháng 3 năm 2026", dt.date(2026, 3, 5)),
        ("27/11", dt.date(2026, 11, 27)),
        ("29/11", dt.date(2025, 11, 29)),
        ("46354", dt.date(2026, 11, 28)),
        (" 28/11/2026 8h30 ", dt.date(2026, 11, 28)),
    ],
)
def test_days_as_people_write_them(text: str, day: dt.date) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("28/11/2026 08:30", dt.time(8, 30)),
        ("08:30 28/11/2026", dt.time(8, 30)),
        ("8h30 ngày 28/11/2026", dt.time(8, 30)),
        ("8 giờ 30 phút ngày 28 tháng 11", dt.time(8, 30)),
        ("14h 28/11/2026", dt.time(14, 0)),
        ("2026-11-28T08:30:05", dt.time(8, 30)),
        ("28/11/2026", None),
    ],
)
def test_times_beside_days(text: str, time: dt.time | None) -> None:
    assert read_instant(text, TODAY) == (dt.date(2026, 11, 28), time)


@pytest.mark.parametrize(
    "text", ["", "hôm qua", "31/02/2026", "13/13/2026", "28/11/2026 25:00", "28/11/2026 sáng", "12"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(DayUnreadable):
        read_day(text, TODAY)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y"]))
def test_every_day_is_read_back(day: dt.date, form: str) -> None:
    assert read_day(day.strftime(form), TODAY) == day


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    with contextlib.suppress(DayUnreadable):
        assert read_day(text, TODAY).year > 0


@pytest.mark.parametrize(
    ("cell", "fact"),
    [
        ("HỌ VÀ TÊN", "full_name"), ("ho ten", "full_name"), ("Full name", "full_name"), ("SĐT", "phone"),
        ("Số điện thoại (liên hệ)", "phone"), ("Ngày lấy mẫu", "sampled_on"), ("Sample_date", "sampled_on"),
        ("Năm sinh*", "birth"), ("CCCD/CMND", "document"), ("Địa chỉ", "address"), ("STT", ""), ("", ""),
    ],
)  # fmt: skip
def test_headings_in_any_case_with_or_without_diacritics(cell: str, fact: str) -> None:
    assert heading_of(cell) == fact


def test_no_heading_means_two_things() -> None:
    words = [word for known in HEADINGS.values() for word in known]
    assert len(words) == len(set(words))
    assert all(word == fold(word) for word in words)


def test_a_title_may_stand_above_the_headings() -> None:
    rows = [["DANH SÁCH CA BỆNH"], [], ["STT", "Họ tên", "SĐT", "Ngày lấy mẫu"], ["1", "A B", "0905", "1/1/2026"]]
    assert columns_of(rows) == ({"full_name": 1, "phone": 2, "sampled_on": 3}, 3)
    assert columns_of([["a", "b"]]) == ({}, 0)


def test_words_of_the_laboratory() -> None:
    assert [result_of(word) for word in ("Dương tính", "(+)", "NEGATIVE", "?")] == [
        "positive",
        "positive",
        "negative",
        None,
    ]
    assert [kind_of(word) for word in ("RT-PCR", "Test nhanh", "xyz")] == ["pcr", "antigen", None]
    assert symptoms_of("Sốt, cough; đau lưng") == (("fever", "cough", "other"), ["đau lưng"])
    assert LOCAL.key == "Asia/Ho_Chi_Minh"
