"""Visits in and out of the ledger by the million: what goes in comes out, and twice is once."""

import datetime as dt
import uuid

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dauchan.epi import MISSING as EPI_MISSING
from dauchan.epi import VisitIndex
from dauchan.venues.models import Venue
from dauchan.visits.actions import load_visits
from dauchan.visits.arrays import MISSING, check_in_ids
from dauchan.visits.copying import HEADER, TRAILER, read_rows, row_type, seconds_of, timestamps_of
from dauchan.visits.errors import ArraysDoNotMatch
from dauchan.visits.models import CheckIn
from dauchan.visits.queries import visits_between
from dauchan.visits.registry import Source

START = 1_773_000_000
ALWAYS = dt.datetime(2000, 1, 1, tzinfo=dt.UTC), dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
SECONDS = st.integers(0, 2**32)


def some_visits(n: int, venue_ids: list[int]) -> tuple[np.ndarray, ...]:
    random = np.random.default_rng(7)
    entered = START + random.permutation(n * 3)[:n]
    left = np.where(random.random(n) < 0.3, MISSING, entered + random.integers(0, 7200, n))
    return random.integers(2**40, 2**53, n), random.choice(venue_ids, n), entered, left


def in_order(*columns: np.ndarray) -> list[tuple[int, ...]]:
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


def test_what_goes_in_comes_out_and_loading_it_again_changes_nothing(venues: list[Venue]) -> None:
    visits = some_visits(5_000, [venue.pk for venue in venues])
    assert load_visits(*visits, source=Source.SIMULATED) == 5_000
    assert load_visits(*visits, source=Source.SIMULATED) == 0
    found = visits_between(*ALWAYS)
    assert in_order(found.person, found.venue, found.entered, found.left) == in_order(*visits)
    assert set(found.stay_minutes.tolist()) == {45}
    assert CheckIn.objects.filter(source=Source.SIMULATED).count() == len(found) == 5_000


def test_only_visits_that_began_in_the_interval_come_out(venues: list[Venue]) -> None:
    entered = np.array([START, START + 10, START + 20])
    load_visits(np.arange(1, 4), np.full(3, venues[0].pk), entered, np.full(3, MISSING))
    found = visits_between(dt.datetime.fromtimestamp(START, dt.UTC), dt.datetime.fromtimestamp(START + 20, dt.UTC))
    assert sorted(found.entered.tolist()) == [START, START + 10]


def test_arrays_feed_the_visit_index_with_each_venues_usual_stay(venues: list[Venue]) -> None:
    load_visits(np.array([1]), np.array([venues[0].pk]), np.array([START]), np.array([MISSING]))
    found = visits_between(*ALWAYS)
    index = VisitIndex.from_arrays(
        found.person, found.venue, found.entered, found.left, default_stay_minutes=found.stay_minutes
    )
    assert index.horizon == START + 45 * 60


def test_an_end_before_the_entry_counts_as_unknown(venues: list[Venue]) -> None:
    load_visits(np.array([1]), np.array([venues[0].pk]), np.array([START]), np.array([START - 1]))
    assert visits_between(*ALWAYS).left.tolist() == [MISSING]


@pytest.mark.django_db
def test_an_empty_ledger_and_an_empty_load_are_no_errors() -> None:
    nothing = np.empty(0, np.int64)
    assert load_visits(nothing, nothing, nothing, nothing) == 0
    assert len(visits_between(*ALWAYS)) == 0


def test_arrays_of_different_lengths_are_refused() -> None:
    one, two = np.array([1]), np.array([1, 2])
    with pytest.raises(ArraysDoNotMatch):
        load_visits(one, two, one, one)


def test_missing_is_one_number_everywhere() -> None:
    assert MISSING == EPI_MISSING


@given(st.lists(st.tuples(st.integers(0, 2**53), st.integers(0, 2**32), SECONDS), min_size=1, unique=True))
def test_identifiers_are_uuids_of_version_7_that_tell_their_time_and_no_two_visits_share_one(
    visits: list[tuple[int, int, int]],
) -> None:
    person, venue, entered = (np.array(column) for column in zip(*visits, strict=True))
    ids = [uuid.UUID(int=(int(upper) << 64) | int(lower)) for upper, lower in check_in_ids(person, venue, entered)]
    assert all(each.version == 7 and each.variant == uuid.RFC_4122 for each in ids)
    assert [each.int >> 80 for each in ids] == [second * 1000 for second in entered.tolist()]
    assert len(set(ids)) == len(visits)
    again = check_in_ids(person[::-1], venue[::-1], entered[::-1])[::-1]
    assert np.array_equal(check_in_ids(person, venue, entered), again)


@given(st.lists(SECONDS | st.just(MISSING)))
def test_instants_survive_the_way_to_the_database_and_back(seconds: list[int]) -> None:
    column = np.array(seconds, np.int64)
    assert np.array_equal(seconds_of(timestamps_of(column)), column)


@settings(max_examples=50)
@given(st.integers(0, 300), st.integers(1, 60))
def test_a_stream_may_be_cut_anywhere(count: int, size: int) -> None:
    kind = row_type([8, 8])
    rows = np.zeros(count, kind)
    rows["v0"], rows["v1"] = np.arange(count), 7
    stream = HEADER + rows.tobytes() + TRAILER
    pieces = [stream[start : start + size] for start in range(0, len(stream), size)]
    read = list(read_rows(pieces, kind))
    assert [value for part in read for value in part["v0"].tolist()] == list(range(count))
