"""The levels of risk are dated: each decision has its own words."""

from __future__ import annotations

import datetime as dt

import pytest

from dauchan.tracing.zones.models import RiskLevel
from dauchan.tracing.zones.reference import load_levels

pytestmark = pytest.mark.django_db


def test_the_words_are_those_of_the_decision_in_force_on_the_day() -> None:
    assert load_levels().added == 8
    assert load_levels().unchanged == 8
    names = {day: [level.name_vi for level in RiskLevel.objects.in_force_on(day)] for day in map(dt.date.fromisoformat, (
        "2021-05-30", "2021-10-10", "2021-10-11"))}  # fmt: skip
    assert names[dt.date(2021, 5, 30)] == []
    assert names[dt.date(2021, 10, 10)] == ["Bình thường mới", "Nguy cơ", "Nguy cơ cao", "Nguy cơ rất cao"]
    assert names[dt.date(2021, 10, 11)] == ["Vùng xanh", "Vùng vàng", "Vùng cam", "Vùng đỏ"]
