"""In how much company contacts were exposed, against the single encounters and a count of everybody."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings

from dauchan.epi import (
    TracePolicy,
    VisitIndex,
    encounters_of,
    exposures_behind,
    presence_of_contacts,
    source_window,
    trace,
)
from dauchan.epi.risk import Circumstances, Setting, exposure_risk
from dauchan.epi.visit_columns import joined
from tests.epi import oracle
from tests.epi.test_trace import as_policy, case, cases_of, index_of, policies, some_visits

OUTDOORS = np.array([2], np.int64)


@settings(max_examples=150, deadline=None)
@given(some_visits(), case(), policies)
def test_it_is_that_of_the_encounters(
    visits: list[oracle.Visit], index_case: oracle.Case, rules: oracle.Policy
) -> None:
    policy = as_policy(rules)
    if policy.crowd_limit:
        policy = TracePolicy(generations=1, default_stay_minutes=policy.default_stay_minutes)
    index = index_of(visits, rules.stay)
    contacts = trace(index, cases_of([index_case]), policy).contacts
    behind = exposures_behind(index, contacts, (index_case.start, index_case.end), policy)
    found = presence_of_contacts(index, behind, OUTDOORS, policy)
    rows = contacts.to_pylist()
    exposed_at = {row["person_id"]: int(row["first_at"].timestamp()) for row in rows}
    for at, row in enumerate(rows):
        window = (index_case.start, index_case.end)
        if row["generation"] > 1:
            window = source_window(index, exposed_at[row["source_id"]], policy)
        met = encounters_of(index, row["source_id"], row["person_id"], window, policy).to_pylist()
        doses = [exposure_risk(circumstances(index, each)).dose for each in met]
        together = Circumstances(
            minutes=sum(each["overlap_seconds"] for each in met) / 60,
            people_present=float(found.people[at]),
            outdoor_share=float(found.outdoor_share[at]),
        )
        assert exposure_risk(together).dose == pytest.approx(sum(doses)), "the exposures one by one"


def circumstances(index: VisitIndex, encounter: dict[str, object]) -> Circumstances:
    starts, ends = (int(encounter[name].timestamp()) for name in ("starts_at", "ends_at"))  # type: ignore[attr-defined]
    return Circumstances(
        minutes=float(encounter["overlap_seconds"]) / 60,  # type: ignore[arg-type]
        people_present=max(2, present(index, int(encounter["venue_id"]), (starts + ends) // 2)),  # type: ignore[call-overload]
        setting=Setting.OUTDOOR if encounter["venue_id"] in OUTDOORS else Setting.INDOOR,
    )


def present(index: VisitIndex, venue: int, moment: int) -> int:
    """By looking at every visit."""
    every = joined([pack.columns() for pack in index.packs])
    return int(np.count_nonzero((every.venue == venue) & (every.entered <= moment) & (every.left > moment)))


def test_where_no_exposure_is_left_nothing_is_known() -> None:
    index = index_of([oracle.Visit(1, 7, 0, 3600), oracle.Visit(2, 7, 0, 3600)], 3600)
    contacts = trace(index, cases_of([oracle.Case(1, 0, 9000)]), TracePolicy(generations=1)).contacts
    behind = exposures_behind(index, contacts, (9000, 9001), TracePolicy())
    found = presence_of_contacts(index, behind, OUTDOORS, TracePolicy())
    assert math.isnan(found.people[0])
    assert math.isnan(found.outdoor_share[0])


def test_a_share_is_a_share() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        exposure_risk(Circumstances(minutes=1, outdoor_share=1.1))
    half = exposure_risk(Circumstances(minutes=15, outdoor_share=0.5))
    assert half.times_reference == pytest.approx((1 + 1 / 18.7) / 2)
    assert next(factor.value for factor in half.factors if factor.name == "setting") == "mixed"
