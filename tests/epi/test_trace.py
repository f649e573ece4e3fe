"""`trace` agrees with the brute-force oracle on whatever visits there are, and gives the rows the contract writes out."""

import doctest
from datetime import UTC, date, datetime
from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dauchan.epi
from dauchan.epi import Cases, PolicyRefused, TracePolicy, VisitIndex, search, trace
from tests.epi import oracle

HOUR = 3600
MIDNIGHT = 1_627_750_800  # 2021-08-01 00:00 in Vietnam, 17:00 UTC the day before
# Few people and places on a coarse clock around a local midnight: touching ends, equal entries, containment and chains of
# contacts are common then; the odd seconds make the rest.
instants = st.one_of(
    st.integers(-6, 10).map(lambda step: MIDNIGHT + step * HOUR), st.integers(MIDNIGHT - 20_000, MIDNIGHT + 40_000)
)
stays = st.one_of(st.none(), st.sampled_from([0, 600, 900, HOUR, HOUR + 1, 2 * HOUR, 30 * HOUR]), st.integers(0, 9000))
people = st.integers(1, 6).map(lambda number: number * 10**15 - 3 * 10**15)
venues = st.sampled_from([-1, 0, 0, 0])


@st.composite
def visit(draw: st.DrawFn) -> oracle.Visit:
    entered, stay = draw(instants), draw(stays)
    return oracle.Visit(draw(people), draw(venues), entered, None if stay is None else entered + stay)


@st.composite
def case(draw: st.DrawFn) -> oracle.Case:
    start = draw(st.one_of(instants, st.just(MIDNIGHT - 24 * HOUR)))
    return oracle.Case(draw(people), start, start + draw(st.sampled_from([0, HOUR, 3 * HOUR, 20 * 24 * HOUR])))


@st.composite
def some_visits(draw: st.DrawFn) -> list[oracle.Visit]:
    visits = draw(st.lists(visit(), min_size=draw(st.sampled_from([0, 12])), max_size=24))
    repeated = draw(st.lists(st.sampled_from(visits), max_size=3)) if visits else []
    return draw(st.permutations(visits + repeated))


policies = st.builds(
    oracle.Policy,
    min_overlap=st.sampled_from([0, 60, 900, HOUR]),
    tail=st.sampled_from([0, 600, 1800]),
    latent=st.sampled_from([0, 0, 1800, HOUR]),
    generations=st.sampled_from([3, 2, 1]),
    stay=st.sampled_from([600, HOUR]),
    horizon=st.one_of(st.none(), instants, st.just(MIDNIGHT + 40 * HOUR)),
    crowd_limit=st.sampled_from([0, 0, 1, 2, 4]),
    by_generation=st.one_of(st.just([]), st.lists(st.sampled_from([0, 60, 900, HOUR]), max_size=3)),
    per_24_hours=st.sampled_from([False, False, True]),
    tail_at=st.sampled_from([{}, {}, {0: 7200}, {-1: 0, 9: 60}]),
)


def as_policy(rules: oracle.Policy) -> TracePolicy:
    return TracePolicy(
        min_overlap_minutes=rules.min_overlap / 60,
        tail_minutes=rules.tail / 60,
        latent_period_hours=rules.latent / HOUR,
        generations=rules.generations,
        default_stay_minutes=rules.stay / 60,
        horizon=rules.horizon,
        crowd_limit=rules.crowd_limit,
        generation_min_overlap_minutes=tuple(seconds / 60 for seconds in rules.by_generation),
        per_24_hours=rules.per_24_hours,
        tail_minutes_by_venue={venue: seconds / 60 for venue, seconds in rules.tail_at.items()},
    )


def index_of(visits: list[oracle.Visit], stay: int = HOUR) -> VisitIndex:
    columns = [[row[column] for row in visits] for column in range(4)]
    return VisitIndex.from_arrays(*columns, default_stay_minutes=stay / 60)


def cases_of(cases: list[oracle.Case]) -> Cases:
    return Cases.from_arrays(*([row[column] for row in cases] for column in range(3)))


def rows_of(contacts: pa.Table) -> list[oracle.Row]:
    return [
        oracle.Row(
            row["index_id"],
            row["person_id"],
            row["generation"],
            row["source_id"],
            row["overlap_seconds"],
            row["tail_seconds"],
            row["encounters"],
            int(row["first_at"].timestamp()),
            int(row["last_at"].timestamp()),
            row["venue_id"],
        )
        for row in contacts.to_pylist()
    ]


def traced(visits: list[oracle.Visit], cases: list[oracle.Case], rules: oracle.Policy) -> list[oracle.Row]:
    return rows_of(trace(index_of(visits, rules.stay), cases_of(cases), as_policy(rules)).contacts)


def assert_the_oracle_agrees(visits: list[oracle.Visit], cases: list[oracle.Case], rules: oracle.Policy) -> None:
    found = trace(index_of(visits, rules.stay), cases_of(cases), as_policy(rules))
    rows, notices = oracle.trace(visits, cases, rules)
    assert rows_of(found.contacts) == rows
    listed = [(row["index_id"], row["venue_id"], row["day"], row["visits"]) for row in found.notices.to_pylist()]
    assert listed == sorted(notices)
    assert found.imputed == sum(row.left is None for row in visits)
    assert found.cases == len({row.person for row in cases})


@settings(max_examples=150, deadline=None)
@given(some_visits(), st.lists(case(), max_size=3), policies)
def test_the_oracle_agrees(visits: list[oracle.Visit], cases: list[oracle.Case], rules: oracle.Policy) -> None:
    assert_the_oracle_agrees(visits, cases, rules)


def some_days(chance: np.random.Generator) -> tuple[list[oracle.Visit], list[oracle.Case]]:
    """A week of short meetings of few people: what is enough in total may not be enough within any 24 hours."""
    visits = []
    for _ in range(chance.integers(10, 40)):
        entered = MIDNIGHT + int(chance.integers(0, 7 * 4)) * 6 * HOUR + int(chance.choice([0, 0, 300, 600]))
        visits.append(
            oracle.Visit(int(chance.integers(0, 5)), 0, entered, entered + int(chance.choice([300, 600, 1200])))
        )
    return visits, [oracle.Case(0, MIDNIGHT, MIDNIGHT + 5 * 24 * HOUR)]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([0, 10**9]))
def test_the_oracle_agrees_on_minutes_within_24_hours(seed: int, cost_of_a_visit: int) -> None:
    chance = np.random.default_rng(seed)
    visits, cases = some_days(chance)
    rules = oracle.Policy(
        min_overlap=int(chance.choice([600, 900, 1200, 2400])),
        tail=int(chance.choice([0, 300])),
        latent=HOUR,
        per_24_hours=True,
    )
    with patch.multiple(search, FEW=0, VISIT=cost_of_a_visit, PAIR=1):
        assert_the_oracle_agrees(visits, cases, rules)


def crowded_days(chance: np.random.Generator) -> tuple[list[oracle.Visit], list[oracle.Case]]:
    """A day or two of up to 12 people at 4 venues: many examples have contacts of generation 2 and sources that compete."""
    visits = []
    for _ in range(chance.integers(15, 40)):
        step = int(chance.choice([600, 1800, HOUR]))
        entered = MIDNIGHT + int(chance.integers(-12, 24)) * step + int(chance.choice([0, 0, 0, 1, 899]))
        stay = int(chance.choice([0, 600, 900, 900, HOUR, HOUR, 7200 + 1, 9 * HOUR]))
        left = None if chance.random() < 0.2 else entered + stay
        visits.append(oracle.Visit(int(chance.integers(0, 12)), int(chance.integers(-1, 3)), entered, left))
    visits += [visits[place] for place in chance.integers(0, len(visits), chance.integers(0, 3))]
    starts = [MIDNIGHT - 24 * HOUR, *(visit.entered + 600 for visit in visits[:3])]
    cases = [
        oracle.Case(visits[number].person, int(chance.choice(starts)), MIDNIGHT + int(chance.integers(2, 90)) * HOUR)
        for number in range(chance.integers(1, 4))
    ]
    return visits, [case for case in cases if case.start <= case.end]


def some_rules(chance: np.random.Generator) -> oracle.Policy:
    return oracle.Policy(
        min_overlap=int(chance.choice([0, 60, 900])),
        tail=int(chance.choice([0, 600, 1800])),
        latent=int(chance.choice([0, 1800, HOUR])),
        generations=int(chance.choice([1, 2, 3, 3])),
        stay=int(chance.choice([600, HOUR])),
        horizon=[None, None, MIDNIGHT + 12 * HOUR][chance.integers(3)],
        crowd_limit=int(chance.choice([0, 0, 2, 4])),
        by_generation=[[], [], [60, 900], [900, 60, HOUR]][chance.integers(4)],
        per_24_hours=bool(chance.random() < 0.3),
        tail_at=[{}, {}, {1: 0, -1: 5400}][chance.integers(3)],
    )


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_the_oracle_agrees_where_many_meet(seed: int) -> None:
    chance = np.random.default_rng(seed)
    visits, cases = crowded_days(chance)
    assert_the_oracle_agrees(visits, cases, some_rules(chance))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([(0, 0), (10**9, 0), (10**9, 10**9)]))
def test_the_oracle_agrees_whichever_way_is_taken(seed: int, costs: tuple[int, int]) -> None:
    chance = np.random.default_rng(seed)
    visits, cases = crowded_days(chance)
    at_once, chunk = int(chance.choice([1, 1 << 27])), int(chance.choice([0, 256]))
    with patch.multiple(search, FEW=0, VISIT=costs[0], UNPACK=costs[1], PAIR=1, PEOPLE=5, AT_ONCE=at_once, CHUNK=chunk):
        assert_the_oracle_agrees(visits, cases, some_rules(chance))


def test_all_ways_agree_where_places_are_full() -> None:
    """More stays at a place and day than are looked at one by one, people who come back before the air is clean, nights."""
    chance, count = np.random.default_rng(4), 6000
    entered = np.sort(at(0) + chance.integers(0, 5 * 24 * HOUR, count))
    stay = chance.choice([900, HOUR, HOUR, 3 * HOUR, 9 * HOUR, 30 * HOUR], count)
    index = VisitIndex.from_arrays(
        chance.integers(0, 300, count), chance.integers(0, 6, count), entered, entered + stay
    )
    for per_24_hours in (False, True):
        minutes = (400.0, 700.0)
        policy = TracePolicy(latent_period_hours=4, generation_min_overlap_minutes=minutes, per_24_hours=per_24_hours)
        with patch.multiple(search, FEW=0, VISIT=10**9, UNPACK=10**9, PAIR=1):
            by_source = trace(index, cases_of([ALWAYS]), policy).contacts
        with patch.multiple(search, FEW=0, VISIT=10**9, UNPACK=0, PAIR=1):
            copied = trace(index, cases_of([ALWAYS]), policy).contacts
        with patch.multiple(search, FEW=0, VISIT=0, PAIR=1, PEOPLE=37):
            by_person = trace(index, cases_of([ALWAYS]), policy).contacts
        assert by_person.equals(by_source)
        assert copied.equals(by_source)
        assert (by_person.column("generation").to_numpy() == 2).sum() > 20


def test_sums_beyond_32_bits_are_exact() -> None:
    years = 60 * 365 * 24 * HOUR
    visits = [oracle.Visit(person, venue, at(0), at(0) + years) for person in (1, 2, 3) for venue in range(4)]
    rules = oracle.Policy(generations=2, min_overlap=0)
    case = oracle.Case(1, at(0), at(0) + years)
    expected = traced(visits, [case], rules)
    with patch.multiple(search, FEW=0, VISIT=0):
        assert traced(visits, [case], rules) == expected
    with patch.multiple(search, FEW=0, VISIT=10**9, UNPACK=0, PAIR=1):
        assert traced(visits, [case], rules) == expected
    assert expected[0].overlap > 2**32


def at(hours: float, day: int = 1) -> int:
    return int(datetime(2021, 8, day, tzinfo=UTC).timestamp() + hours * HOUR)


ALWAYS = oracle.Case(1, at(0), at(0, 20))
ONE = oracle.Policy(generations=1, tail=0, min_overlap=0)


def test_touching_ends_are_no_overlap() -> None:
    visits = [oracle.Visit(1, 5, at(1), at(2)), oracle.Visit(2, 5, at(2), at(3)), oracle.Visit(3, 5, at(0), at(1))]
    assert traced(visits, [ALWAYS], ONE) == []


def test_one_inside_the_other_counts_the_inner_stay() -> None:
    visits = [oracle.Visit(1, 5, at(1), at(9)), oracle.Visit(2, 5, at(3), at(4))]
    assert traced(visits, [ALWAYS], ONE) == [oracle.Row(1, 2, 1, 1, HOUR, 0, 1, at(3), at(4), 5)]


def test_the_longest_stay_of_a_venue_may_overlap_by_a_second() -> None:
    visits = [oracle.Visit(1, 5, at(1), at(2)), oracle.Visit(2, 5, at(0), at(1) + 1)]
    assert traced(visits, [ALWAYS], ONE) == [oracle.Row(1, 2, 1, 1, 1, 0, 1, at(1), at(1) + 1, 5)]


def test_who_comes_after_the_source_left_has_only_tail_seconds() -> None:
    visits = [oracle.Visit(1, 5, at(1), at(2)), oracle.Visit(2, 5, at(2), at(3))]
    rules = oracle.Policy(generations=1)
    assert traced(visits, [ALWAYS], rules) == [oracle.Row(1, 2, 1, 1, 1800, 1800, 1, at(2), at(2.5), 5)]


def test_short_overlaps_add_up_and_a_second_less_is_no_contact() -> None:
    visits = [oracle.Visit(1, 5, at(1), at(1.125)), oracle.Visit(1, 6, at(2), at(2.125))]
    together = [row._replace(person=2) for row in visits]
    rules = oracle.Policy(generations=1, tail=0, min_overlap=900)
    assert traced(visits + together, [ALWAYS], rules) == [oracle.Row(1, 2, 1, 1, 900, 0, 2, at(1), at(2.125), 5)]
    assert traced(visits + together, [ALWAYS], oracle.Policy(generations=1, tail=0, min_overlap=901)) == []


def test_the_infectious_period_clips_the_source_and_nobody_else() -> None:
    visits = [oracle.Visit(1, 5, at(1), at(9)), oracle.Visit(2, 5, at(1), at(9))]
    period = oracle.Case(1, at(3), at(4))
    rules = oracle.Policy(generations=1, tail=1800)
    assert traced(visits, [period], rules) == [oracle.Row(1, 2, 1, 1, HOUR + 1800, 1800, 1, at(3), at(4.5), 5)]


def test_a_visit_that_ended_before_the_period_leaves_no_tail() -> None:
    visits = [oracle.Visit(1, 5, at(1), at(3)), oracle.Visit(2, 5, at(3), at(9))]
    assert traced(visits, [oracle.Case(1, at(3), at(8))], oracle.Policy(generations=1)) == []


def test_a_missing_check_out_ends_at_the_next_entry_or_after_the_default_stay() -> None:
    visits = [
        oracle.Visit(1, 5, at(1), None),
        oracle.Visit(1, 6, at(1.5), None),
        oracle.Visit(2, 5, at(0), at(9)),
        oracle.Visit(3, 6, at(0), at(9)),
    ]
    assert traced(visits, [ALWAYS], ONE) == [
        oracle.Row(1, 3, 1, 1, HOUR, 0, 1, at(1.5), at(2.5), 6),
        oracle.Row(1, 2, 1, 1, HOUR // 2, 0, 1, at(1), at(1.5), 5),
    ]


def test_a_person_at_two_places_at_once_exposes_both() -> None:
    visits = [
        oracle.Visit(1, 5, at(1), at(3)),
        oracle.Visit(1, 6, at(1), at(3)),
        oracle.Visit(2, 5, at(1), at(3)),
        oracle.Visit(2, 6, at(2), at(3)),
    ]
    assert traced(visits, [ALWAYS], ONE) == [oracle.Row(1, 2, 1, 1, 3 * HOUR, 0, 2, at(1), at(3), 5)]


def test_within_24_hours_is_half_open_and_may_cut_an_overlap() -> None:
    # Ten minutes on each of two days, 24 hours from start to start: the window holds all of the first or all of the second.
    apart = [oracle.Visit(person, 5, at(1, day), at(1, day) + 600) for day in (1, 2) for person in (1, 2)]
    rules = oracle.Policy(generations=1, tail=0, min_overlap=601, per_24_hours=True)
    assert traced(apart, [ALWAYS], rules) == []
    # A second earlier on the second day: one second of it falls into the 24 hours of the first.
    nearer = apart[:2] + [row._replace(entered=row.entered - 1) for row in apart[2:]]
    assert [row.overlap for row in traced(nearer, [ALWAYS], rules)] == [1201]


def test_the_tail_of_a_venue_is_its_own() -> None:
    visits = [oracle.Visit(1, 5, at(1), at(2)), oracle.Visit(1, 6, at(3), at(4))]
    visits += [oracle.Visit(2, 5, at(2), at(3)), oracle.Visit(3, 6, at(4), at(5))]
    rules = oracle.Policy(generations=1, tail=0, tail_at={6: 1200})
    assert traced(visits, [ALWAYS], rules) == [oracle.Row(1, 3, 1, 1, 1200, 1200, 1, at(4), at(4) + 1200, 6)]


def test_the_latent_period_opens_the_window_of_a_contact() -> None:
    meeting = [oracle.Visit(1, 5, at(1), at(2)), oracle.Visit(2, 5, at(1), at(2))]
    too_early = [oracle.Visit(2, 6, at(0, 2), at(1, 2)), oracle.Visit(3, 6, at(0, 2), at(1, 2))]
    later = [oracle.Visit(2, 6, at(1, 2), at(2, 2)), oracle.Visit(4, 6, at(1, 2), at(2, 2))]
    rules = oracle.Policy(generations=2, tail=0)
    assert traced(meeting + too_early + later, [ALWAYS], rules) == [
        oracle.Row(1, 2, 1, 1, HOUR, 0, 1, at(1), at(2), 5),
        oracle.Row(1, 4, 2, 2, HOUR, 0, 1, at(1, 2), at(2, 2), 6),
    ]


def test_the_longest_of_several_sources_is_named_then_the_smallest() -> None:
    first = [oracle.Visit(person, 5, at(1), at(2)) for person in (1, 2, 3, 4)]
    second = [
        oracle.Visit(2, 6, at(1, 3), at(2, 3)),
        oracle.Visit(3, 6, at(1, 3), at(3, 3)),
        oracle.Visit(4, 6, at(1, 3), at(3, 3)),
        oracle.Visit(9, 6, at(1, 3), at(3, 3)),
    ]
    rules = oracle.Policy(generations=2, tail=0)
    assert traced(first + second, [ALWAYS], rules)[-1] == oracle.Row(1, 9, 2, 3, 2 * HOUR, 0, 1, at(1, 3), at(3, 3), 6)


def test_a_crowd_is_counted_by_the_local_day_and_noticed() -> None:
    first = [oracle.Visit(1, 5, at(1), at(2)), oracle.Visit(2, 5, at(1), at(2))]
    # 16:59 and 17:00 UTC are two days in Vietnam: three visits on 3 August, one on 4 August.
    crowd = [oracle.Visit(person, 6, at(16, 3), at(17.5, 3)) for person in (2, 8)]
    crowd += [oracle.Visit(9, 6, at(16.98, 3), at(17.5, 3)), oracle.Visit(7, 6, at(17, 3), at(17.5, 3))]
    rules = oracle.Policy(generations=2, crowd_limit=2)
    found = trace(index_of(first + crowd), cases_of([ALWAYS]), as_policy(rules))
    assert [row.person for row in rows_of(found.contacts)] == [2]
    assert found.notices.to_pylist() == [{"index_id": 1, "venue_id": 6, "day": date(2021, 8, 3), "visits": 3}]
    open_rules = oracle.Policy(generations=2, crowd_limit=3)
    assert {row.person for row in traced(first + crowd, [ALWAYS], open_rules)} == {2, 7, 8, 9}


def test_generation_one_knows_no_crowd_limit() -> None:
    visits = [oracle.Visit(person, 5, at(1), at(2)) for person in range(1, 9)]
    assert len(traced(visits, [ALWAYS], oracle.Policy(generations=1, crowd_limit=1))) == 7


def test_many_people_make_the_tables_grow() -> None:
    visits = [oracle.Visit(person, 5, at(1), at(2)) for person in range(1, 2001)]
    found = traced(visits, [ALWAYS, oracle.Case(700, at(0), at(9))], oracle.Policy())
    assert len(found) == 2 * 1999
    assert [row.person for row in found[:1999]] == list(range(2, 2001))


def test_a_case_without_visits_is_named() -> None:
    found = trace(index_of([oracle.Visit(1, 5, at(1), at(2))]), cases_of([oracle.Case(77, at(0), at(1))]))
    assert found.cases_without_visits == (77,)
    assert found.contacts.num_rows == 0


def test_nothing_at_all_gives_empty_tables() -> None:
    found = trace(index_of([]), cases_of([]))
    assert found.contacts.column_names[0] == "index_id"
    assert (found.contacts.num_rows, found.notices.num_rows, found.cases) == (0, 0, 0)


def test_an_index_of_another_default_stay_is_refused() -> None:
    index = index_of([oracle.Visit(1, 5, at(1), None)], stay=HOUR)
    with pytest.raises(PolicyRefused, match="5400 s"):
        trace(index, cases_of([ALWAYS]), TracePolicy(default_stay_minutes=90))


def test_progress_is_told_case_by_case() -> None:
    told: list[int] = []
    cases = [oracle.Case(person, at(0), at(9)) for person in (1, 2, 3)]
    visits = [oracle.Visit(person, 5, at(1), at(2)) for person in (1, 2, 3)]
    trace(index_of(visits), cases_of(cases), on_case=lambda: told.append(1))
    assert told == [1, 1, 1]


def test_the_example_of_the_package_holds() -> None:
    outcome = doctest.testmod(dauchan.epi)
    assert (outcome.failed, outcome.attempted) == (0, 3)
