"""What every official document shares: date lines as the decree writes them."""

from __future__ import annotations

import datetime as dt

import pytest

from dauchan.units.official_paper import place_and_date


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (dt.date(2026, 2, 5), "Huế, ngày 05 tháng 02 năm 2026"),
        (dt.date(2026, 3, 5), "Huế, ngày 05 tháng 3 năm 2026"),
        (dt.date(2026, 11, 28), "Huế, ngày 28 tháng 11 năm 2026"),
        (None, "Huế, ngày … tháng … năm …"),
    ],
)
def test_only_january_and_february_have_a_zero(day: dt.date | None, line: str) -> None:
    assert place_and_date("Huế", day) == line
