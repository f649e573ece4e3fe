"""Durations and lists of numbers in words lose nothing."""

import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dauchan.web.tracer.words import duration, numbers_in_words


@given(st.integers(60, 10**6))
def test_a_duration_says_every_whole_minute(seconds: int) -> None:
    with translation.override("vi"):
        words = duration(seconds)
    found = re.fullmatch(r"(?:(\d+) giờ)? ?(?:(\d+) phút)?", words)
    assert found
    hours, minutes = (int(part or 0) for part in found.groups())
    assert minutes < 60
    assert hours * 60 + minutes == seconds // 60


@pytest.mark.parametrize(
    ("seconds", "vietnamese", "english"),
    [
        (0, "0 giây", "0 seconds"),
        (59, "59 giây", "59 seconds"),
        (60, "1 phút", "1 minute"),
        (3600, "1 giờ", "1 hour"),
        (3900, "1 giờ 5 phút", "1 hour 5 minutes"),
        (7260, "2 giờ 1 phút", "2 hours 1 minute"),
    ],
)
def test_durations_in_both_languages(seconds: int, vietnamese: str, english: str) -> None:
    with translation.override("vi"):
        assert duration(seconds) == vietnamese
    with translation.override("en"):
        assert duration(seconds) == english


@given(st.sets(st.integers(1, 500)))
def test_no_number_is_left_out(numbers: set[int]) -> None:
    spans = [part.split("–") for part in numbers_in_words(numbers).split(", ") if part]
    read = [number for span in spans for number in range(int(span[0]), int(span[-1]) + 1)]
    assert read == sorted(numbers)


def test_numbers_read_as_one_would_write_them() -> None:
    assert numbers_in_words([7, 1, 2, 3, 9, 10]) == "1–3, 7, 9–10"
