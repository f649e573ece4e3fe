"""The rules by which a venue marks a scan, on the listed examples and against the rules that people see on screen."""

import datetime as dt
import json
import math
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dauchan.venues.models import Venue
from dauchan.venues.opening_hours import DAYS, state_at
from dauchan.visits.registry import Label

EXAMPLES = json.loads(Path(__file__).with_name("rules.json").read_text(encoding="utf-8"))
LOCAL = dt.timezone(dt.timedelta(hours=7))
MONDAY = dt.datetime(2026, 3, 9, tzinfo=LOCAL)
CLOCK = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))


def value(expression: str, *given: Any) -> Any:  # noqa: ANN401 whatever the expression is
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {expression}", given)
        return cursor.fetchone()[0]


def is_marked(hours: object, at: dt.datetime) -> bool:
    labels = "ledger_labels(%s, ledger_hours(%s::jsonb), NULL, NULL, NULL, NULL, NULL)"
    return bool(value(labels, at, json.dumps(hours)) & Label.OUT_OF_HOURS)


@pytest.mark.django_db
@pytest.mark.parametrize("example", EXAMPLES["out_of_hours"], ids=lambda example: example["why"])
def test_out_of_hours(example: dict[str, Any]) -> None:
    assert is_marked(example["hours"], dt.datetime.fromisoformat(example["at"])) is example["marked"]


@pytest.mark.django_db
@pytest.mark.parametrize("example", EXAMPLES["metres"])
def test_metres(example: dict[str, Any]) -> None:
    found = value("ledger_metres(%s, %s, %s, %s)", *example["from"], *example["to"])
    assert math.isclose(found, example["metres"], rel_tol=0.002)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    hours=st.dictionaries(st.sampled_from(DAYS), st.lists(st.tuples(CLOCK, CLOCK), min_size=1, max_size=3), min_size=1),
    minute=st.integers(0, 7 * 1440 - 1),
)
def test_a_scan_is_out_of_hours_where_the_page_says_closed_for_half_an_hour_around(
    hours: dict[str, list[tuple[str, str]]], minute: int
) -> None:
    at = MONDAY + dt.timedelta(minutes=minute)
    around = (at + dt.timedelta(minutes=offset) for offset in range(-30, 31))
    states = [state_at(hours, moment) for moment in around]
    assert is_marked(hours, at) is not any(state is not None and state.is_open for state in states)


def test_a_venue_keeps_its_hours_as_minutes_of_the_week(venues: list[Venue]) -> None:
    venues[0].opening_hours = {"tue": [["08:00", "09:00"]]}
    venues[0].save()
    assert value("scan_hours::text FROM venues_venue WHERE id = %s", venues[0].pk) == "{[1890,2010)}"
    assert value("scan_hours FROM venues_venue WHERE id = %s", venues[1].pk) is None
