"""The single overlaps behind a contact's row add up to it."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dauchan.epi import TracePolicy, VisitIndex, encounters_of, source_window, trace
from tests.epi import oracle
from tests.epi.test_trace import as_policy, case, cases_of, index_of, policies, some_visits


@settings(max_examples=300, deadline=None)
@given(some_visits(), case(), policies)
def test_encounters_add_up_to_the_row(
    visits: list[oracle.Visit], index_case: oracle.Case, rules: oracle.Policy
) -> None:
    policy = as_policy(rules)
    if policy.crowd_limit:
        policy = TracePolicy(generations=1, default_stay_minutes=policy.default_stay_minutes)
    index = index_of(visits, rules.stay)
    contacts = trace(index, cases_of([index_case]), policy).contacts.to_pylist()
    exposed_at = {row["person_id"]: int(row["first_at"].timestamp()) for row in contacts}
    for row in contacts:
        window = (index_case.start, index_case.end)
        if row["generation"] > 1:
            window = source_window(index, exposed_at[row["source_id"]], policy)
        met = encounters_of(index, row["source_id"], row["person_id"], window, policy).to_pylist()
        assert sum(shared["overlap_seconds"] for shared in met) == row["overlap_seconds"]
        assert sum(shared["tail_seconds"] for shared in met) == row["tail_seconds"]
        assert len(met) == row["encounters"]
        assert met[0]["starts_at"] == row["first_at"]
        assert max(shared["ends_at"] for shared in met) == row["last_at"]
        assert row["venue_id"] in {shared["venue_id"] for shared in met}


@given(st.integers(-5, 5))
def test_nobody_meets_himself_or_a_stranger(person: int) -> None:
    index = VisitIndex.from_arrays([1, 1], [7, 7], [0, 60], [3600, 3600])
    assert encounters_of(index, 1, person, (0, 9000)).num_rows == 0


def test_a_timeline_shows_both_stays_and_what_was_imputed() -> None:
    index = VisitIndex.from_arrays([1, 2], [7, 7], [0, 1800], [3600, None])
    (met,) = encounters_of(index, 1, 2, (0, 9000)).to_pylist()
    assert {name: _plain(value) for name, value in met.items()} == {
        "venue_id": 7,
        "starts_at": 1800,
        "ends_at": 5400,
        "overlap_seconds": 3600,
        "tail_seconds": 1800,
        "source_entered_at": 0,
        "source_left_at": 3600,
        "source_left_imputed": False,
        "contact_entered_at": 1800,
        "contact_left_at": 5400,
        "contact_left_imputed": True,
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 cells of a table
    return int(value.timestamp()) if hasattr(value, "timestamp") else value
