"""What contacts rest on, against the single encounters behind them."""

from __future__ import annotations

from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dauchan.epi import TracePolicy, VisitFacts, encounters_of, exposures_behind, source_window, trace, weigh_contacts
from tests.epi import oracle
from tests.epi.test_trace import as_policy, case, cases_of, index_of, policies, some_visits

DOUBTFUL = 0b110


@settings(max_examples=200, deadline=None)
@given(some_visits(), case(), policies, st.randoms(use_true_random=False))
def test_weights_are_those_of_the_encounters(
    visits: list[oracle.Visit], index_case: oracle.Case, rules: oracle.Policy, chance: Random
) -> None:
    policy = as_policy(rules)
    if policy.crowd_limit:
        policy = TracePolicy(generations=1, default_stay_minutes=policy.default_stay_minutes)
    index = index_of(visits, rules.stay)
    contacts = trace(index, cases_of([index_case]), policy).contacts
    keys = sorted({(visit.person, visit.entered) for visit in visits})
    known = {key: (chance.randrange(8), chance.randrange(1, 5), chance.randrange(1, 9)) for key in keys}
    period = index_case.start, index_case.end
    behind = exposures_behind(index, contacts, period, policy)
    people, entered = index.person_ids[behind.visits.person], behind.visits.entered + index.origin
    facts = [known[key] for key in zip(people.tolist(), entered.tolist(), strict=True)]
    found = weigh_contacts(behind, VisitFacts(*np.array(facts, np.int64).reshape(-1, 3).T), DOUBTFUL)
    rows = contacts.to_pylist()
    exposed_at = {row["person_id"]: int(row["first_at"].timestamp()) for row in rows}
    for at, row in enumerate(rows):
        window = period
        if row["generation"] > 1:
            window = source_window(index, exposed_at[row["source_id"]], policy)
        met = encounters_of(index, row["source_id"], row["person_id"], window, policy).to_pylist()
        own = [known[row["person_id"], int(each["contact_entered_at"].timestamp())] for each in met]
        other = [known[row["source_id"], int(each["source_entered_at"].timestamp())] for each in met]
        assert found.labels[at] == np.bitwise_or.reduce([fact[0] for fact in own])
        assert found.assurance[at] == max(fact[1] for fact in own)
        assert found.sources[at] == np.bitwise_or.reduce([1 << fact[2] for fact in own])
        doubts = [bool((mine[0] | theirs[0]) & DOUBTFUL) for mine, theirs in zip(own, other, strict=True)]
        assert found.is_doubtful[at] == all(doubts)


def test_a_visit_of_which_nothing_is_known_is_no_doubt() -> None:
    index = index_of([oracle.Visit(1, 7, 0, 3600), oracle.Visit(2, 7, 0, 3600)], 3600)
    contacts = trace(index, cases_of([oracle.Case(1, 0, 9000)]), TracePolicy(generations=1)).contacts
    behind = exposures_behind(index, contacts, (0, 9000), TracePolicy())
    found = weigh_contacts(behind, VisitFacts(*np.zeros((3, len(behind.visits.person)), np.int64)), DOUBTFUL)
    assert [column.tolist() for column in found] == [[0], [0], [0], [False]]
