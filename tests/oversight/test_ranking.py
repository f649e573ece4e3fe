"""The database puts places in the order that the points give: `ranking.sql` and `scoring.score` say the same, whatever is known."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dauchan.oversight.inspections.ranking import most_pressing
from dauchan.oversight.inspections.scoring import POINTS_OF_SETTING, Facts, score

TODAY = dt.date(2026, 3, 11)
#: Noon in Huế.
NOON = dt.time(5, tzinfo=dt.UTC)
FACTS = st.builds(
    Facts,
    st.just(0.0) | st.floats(-0.5, 1.5) | st.sampled_from([half / 80 for half in range(81)]),
    st.integers(0, 12),
    st.integers(0, 12),
    st.sampled_from([*POINTS_OF_SETTING, "unheard_of", ""]),
    st.none() | st.integers(-3, 400),
)
#: Each with its name; some are called the same.
PLACES = st.lists(st.tuples(FACTS, st.sampled_from("abc")), min_size=1, max_size=25)
HALVES = [(Facts(confidence=half / 80, days_since=6 * half), "a") for half in range(1, 81, 2)]


def as_tables(places: list[tuple[Facts, str]]) -> dict[str, tuple[str, list[Any]]]:
    """What the database would find of them; nothing of a place without, as in the real tables."""
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for pk, (facts, name) in enumerate(places):
        rows.setdefault("venues", []).append((pk, name, facts.setting))
        for table, fact in (("signs", facts.confidence), ("reports", facts.reports), ("findings", facts.findings)):
            rows.setdefault(table, []).extend([(pk, fact)] if fact else [])
        seen = [] if facts.days_since is None else [(pk, TODAY - dt.timedelta(days=facts.days_since))]
        rows.setdefault("inspected", []).extend((pk, dt.datetime.combine(day, NOON)) for pk, day in seen)
    kinds = {
        "venues": ("bigint", "text", "text"),
        "signs": ("bigint", "double precision"),
        "reports": ("bigint", "bigint"),
        "findings": ("bigint", "bigint"),
        "inspected": ("bigint", "timestamptz"),
    }
    return {table: unnested(rows[table], of) for table, of in kinds.items()}


def unnested(rows: list[tuple[Any, ...]], kinds: tuple[str, ...]) -> tuple[str, list[Any]]:
    columns = ", ".join(f"%s::{kind}[]" for kind in kinds)
    return "SELECT * FROM unnest({columns})".replace("{columns}", columns), [
        [row[at] for row in rows] for at in range(len(kinds))
    ]


@pytest.mark.django_db
@settings(max_examples=50)
@given(PLACES)
@example(HALVES)
def test_the_database_orders_as_the_points_do(places: list[tuple[Facts, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(*most_pressing(as_tables(places), TODAY))
        rows = cursor.fetchall()
    assert [Facts(*facts) for _pk, *facts in rows] == [places[pk][0] for pk, *_facts in rows]
    expected = sorted(range(len(places)), key=lambda pk: (-score(places[pk][0]).total, places[pk][1], pk))
    assert [pk for pk, *_facts in rows] == expected
