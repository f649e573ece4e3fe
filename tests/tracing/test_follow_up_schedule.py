"""The days of a follow-up, whatever rule and day; the reference data as shipped."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dauchan
from dauchan.tracing.follow_up.beginning import rule_for
from dauchan.tracing.follow_up.models import AppealRoute, LegalBasis
from dauchan.tracing.follow_up.reference import load_follow_up
from dauchan.tracing.follow_up.reference_models import RetentionPurpose
from dauchan.tracing.follow_up.retention import days_kept
from dauchan.tracing.follow_up.schedule import days_between, missed_in, missed_in_a_row, plan_of
from dauchan.tracing.models import Disease
from dauchan.tracing.reference import load_doctrine
from dauchan.units.errors import ReferenceRefused

DAYS = st.dates(dt.date(2021, 1, 1), dt.date(2027, 1, 1))
REFERENCE = Path(dauchan.__file__).parent / "tracing/follow_up/reference"


@given(DAYS, st.integers(0, 30), st.integers(0, 30), st.lists(st.integers(0, 40), max_size=6), st.integers(0, 50))
def test_a_plan_lies_between_today_and_its_end(
    exposed: dt.date, days: int, monitoring: int, tests: list[int], late: int
) -> None:
    today = exposed + dt.timedelta(days=late)
    plan = plan_of(exposed, days, monitoring, tests, today)
    assert plan.until_on == exposed + dt.timedelta(days=days + monitoring + 1)
    assert plan.quarantine_until_on <= plan.until_on
    assert plan.asked_from >= today
    assert plan.asked_from > exposed
    assert all(today <= test < plan.until_on for test in plan.tests)
    assert list(plan.tests) == sorted(set(plan.tests))
    assert plan.is_over == (not days_between(plan.asked_from, plan.until_on))
    future = {exposed + dt.timedelta(days=day) for day in tests} & set(days_between(today, plan.until_on))
    assert future <= set(plan.tests)


@given(DAYS, st.sets(st.integers(1, 30)))
def test_days_in_a_row_end_at_the_first_answer(today: dt.date, back: set[int]) -> None:
    missed = {today - dt.timedelta(days=day) for day in back}
    row = missed_in_a_row(missed, today)
    assert all(day in back for day in range(1, row + 1))
    assert row + 1 not in back
    days = days_between(today - dt.timedelta(days=30), today)
    assert missed_in(days, missed) == [day for day in days if day not in missed]


@pytest.mark.parametrize(
    ("disease", "day", "vaccinated", "days", "monitoring", "place"),
    [
        ("covid-19", "2021-08-20", None, 14, 14, "facility"),
        ("covid-19", "2022-01-10", True, 7, 7, "home"),
        ("covid-19", "2022-01-10", False, 14, 14, "home"),
        ("covid-19", "2022-01-10", None, 14, 14, "home"),
        ("covid-19", "2026-01-10", True, 10, 0, "none"),
        ("measles", "2026-01-10", None, 21, 0, "none"),
        ("diphtheria", "2026-01-10", None, 10, 0, "home"),
        ("disease-x", "2026-01-10", None, 14, 7, "home"),
    ],
)
def test_the_schedule_in_force_is_the_days(
    db: None,
    disease: str,
    day: str,
    vaccinated: bool | None,  # noqa: FBT001 - a row of the table
    days: int,
    monitoring: int,
    place: str,
) -> None:
    load_doctrine()
    load_follow_up()
    rule = rule_for(Disease.objects.get(code=disease), dt.date.fromisoformat(day), is_vaccinated=vaccinated)
    assert rule is not None
    assert (rule.days, rule.monitoring_days, rule.place) == (days, monitoring, place)


def test_what_is_recalled_is_marked_and_loading_again_changes_nothing(db: None) -> None:
    load_doctrine()
    first = load_follow_up()
    assert load_follow_up().unchanged == first.added
    with (REFERENCE / "schedules.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            assert row["is_verified"] == "yes" or "xác minh" in row["note_vi"]
            assert row["is_verified"] == "yes" or "verified" in row["note_en"]
    assert LegalBasis.objects.filter(valid_to=None).exists()
    assert AppealRoute.objects.get().is_verified is False
    assert days_kept(RetentionPurpose.FOLLOW_UP, dt.date(2026, 1, 1)) == 60


def test_a_symptom_nobody_knows_is_refused_with_its_line(db: None, tmp_path: Path) -> None:
    load_doctrine()
    for file in REFERENCE.glob("*.csv"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8").replace("fever", "feber"), encoding="utf-8")
    with pytest.raises(ReferenceRefused, match=r"schedules.csv, dòng 2: không có triệu chứng feber"):
        load_follow_up(tmp_path)
