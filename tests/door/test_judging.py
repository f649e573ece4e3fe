"""Check-ins judged together get what each would get alone, and their answers are those of the closed form."""

import asyncio
import uuid
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.door.admission import Sender
from dauchan.door.clock import DAY, MINUTE, SECOND
from dauchan.door.config import Config
from dauchan.door.credentials import Credentials
from dauchan.door.endpoints import Endpoints
from dauchan.door.errors import Unavailable
from dauchan.door.judging import Delivery, Judging
from dauchan.door.ledger import Ledger, recorded
from dauchan.door.metrics import Metrics
from dauchan.door.pace import PERSON_SCANS, Pace
from dauchan.door.replies import check_in_answer, encode, recorded_answers
from dauchan.door.room import Room
from dauchan.door.rows import Scans
from dauchan.door.schemas import CheckIn, Position
from dauchan.door.testing_ids import uuid7
from dauchan.door.venues import KnownVenues, VenueRow
from dauchan.qr.venue_code import make_venue_code
from dauchan.visits.registry import Label
from tests.door.test_pure_parts import GIVEN

NOW = 1_790_000_000 * SECOND
CONFIG = Config.read(GIVEN)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PLACES = (None, Position(16.4, 107.6, 5.0), Position(17.0, 107.6))


def code(venue: int) -> str:
    return "FOREIGN" if venue == 0 else make_venue_code(venue, venue, CONFIG.venue_keys)


def judging() -> Judging:
    venues = KnownVenues()
    venues.learn(
        [
            VenueRow(1, "approved", 16.4, 107.6, None, "1:1:"),
            VenueRow(2, "suspended", None, None, [0, 5_000], "1:1:"),
            VenueRow(3, "closed", 16.5, 107.6, [60, 3_000, 4_000, 9_000], "1:1:"),
        ]
    )
    return Judging(Credentials(CONFIG), Pace(), venues)


senders = st.builds(
    Sender,
    st.integers(1, 3),
    st.none() | st.integers(NOW - 3 * MINUTE, NOW + 3 * MINUTE),
    st.integers(NOW, NOW + SECOND),
    st.sampled_from((0, int(Label.SIGNED_OUT))),
)
ago = st.sampled_from((-5 * MINUTE, 0, SECOND, 3 * MINUTE, 2 * DAY, 30 * DAY))
items = st.tuples(st.integers(1, 3), ago, st.sampled_from(PLACES))


def check_in(venue: int, ago: int, where: Position | None) -> CheckIn:
    at = EPOCH + timedelta(microseconds=NOW - ago)
    return CheckIn(uuid.UUID(uuid7(at)), code(venue), at, position=where)


@given(st.lists(st.tuples(senders, st.lists(items, min_size=1, max_size=4)), min_size=1, max_size=6))
def test_together_as_alone(requests: list[tuple[Sender, list[tuple[int, int, Position | None]]]]) -> None:
    deliveries = [Delivery([check_in(*item) for item in found], sender) for sender, found in requests]
    together, alone = judging(), judging()
    scans, known = together.judged(deliveries)
    one_by_one = [alone.judged([Delivery([item], delivery.sender)]) for delivery in deliveries for item in delivery]
    is_refused = any(judged.known is None for judged in one_by_one)
    assert known == (None if is_refused else "1:1:")
    if not is_refused:  # else the database judges by the venue
        assert scans.rows() == [judged.scans.rows()[0] for judged in one_by_one]
    assert scans.reason.tolist() == [int(judged.scans.reason[0]) for judged in one_by_one]
    assert scans.entered_at.tolist() == [int(judged.scans.entered_at[0]) for judged in one_by_one]


@given(st.lists(st.tuples(st.integers(0, NOW), st.integers(0, 2**18)), min_size=1))
def test_answers_written_at_once_are_those_written_one_by_one(facts: list[tuple[int, int]]) -> None:
    at, labels = np.array(facts, np.int64).T
    at[0] -= at[0] % SECOND
    ones = np.ones_like(at)
    few = [1] * len(at)
    scans = Scans([uuid.uuid4() for _ in few], ones, ones * 2**40, at, at, at, labels, few, few, few, ones, ones, None)
    expected = [encode(check_in_answer(scan.check_in_id, recorded(scan))).decode() for scan in scans.rows()]
    assert recorded_answers(scans) == expected


def test_what_was_not_recorded_does_not_count_as_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    async def down(_ledger: Ledger, _scans: Scans, _known: str | None) -> None:
        raise Unavailable

    monkeypatch.setattr(Ledger, "check_in", down)
    pace = Pace()
    monkeypatch.setattr("dauchan.door.endpoints.Pace", lambda: pace)
    delivery = Delivery([check_in(1, 0, None)], Sender(1, None, NOW))

    async def again_and_again() -> None:
        ledger = Ledger(CONFIG.database_url, Room())
        endpoints = Endpoints(CONFIG, ledger, Metrics())
        for _ in range(PERSON_SCANS + 3):
            with pytest.raises(Unavailable):
                await endpoints.scans.submit(delivery)

    asyncio.run(again_and_again())
    one = np.array([1])
    assert pace.labels(one, one, np.array([NOW]), NOW).tolist() == [0]
