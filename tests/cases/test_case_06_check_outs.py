"""luca: check-out needed only a trace id and took any later time."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from dauchan.door.running import RunningDoor
from dauchan.door.testing import Ledger, check_in, uuid7

pytestmark = pytest.mark.django_db

STRANGER = 2**40 + 1


@pytest.fixture
def visit(door: RunningDoor) -> str:
    """A visit that began an hour ago."""
    item = check_in(door, ago=timedelta(hours=1))
    assert door.client.post("/api/v1/check-ins", json=item, headers=door.person(door.someone)).status_code == 201
    return str(item["check_in_id"])


def leave(door: RunningDoor, visit: str, left_at: datetime, person: int = 0) -> httpx.Response:
    item = {"check_out_id": uuid7(), "check_in_id": visit, "left_at": left_at.isoformat()}
    return door.client.post("/api/v1/check-outs", json=item, headers=door.person(person or door.someone))


def test_case_06_a_third_party_can_not_close_a_visit(door: RunningDoor, ledger: Ledger, visit: str) -> None:
    answer = leave(door, visit, datetime.now(UTC), STRANGER)
    assert (answer.status_code, answer.json()["reason"]["code"]) == (403, "not_yours")
    assert ledger.execute("SELECT left_at FROM visit").fetchall() == [(None,)]
    assert ledger.execute("SELECT count(*) FROM check_out").fetchone() == (0,)


def test_case_06_a_far_future_end_becomes_now_is_marked_and_the_original_kept(
    door: RunningDoor, ledger: Ledger, visit: str
) -> None:
    asked = datetime(2099, 1, 1, tzinfo=UTC)
    answer = leave(door, visit, asked)
    assert "clamped" in answer.json()["labels"]
    row = ledger.execute("SELECT left_at <= now(), left_at = received_at, device_at FROM check_out").fetchone()
    assert row == (True, True, asked)


def test_case_06_a_stay_of_one_second_is_marked(door: RunningDoor, ledger: Ledger, visit: str) -> None:
    (entered_at,) = ledger.execute("SELECT entered_at FROM check_in").fetchone() or (None,)
    assert isinstance(entered_at, datetime)
    assert "short_stay" in leave(door, visit, entered_at + timedelta(seconds=1)).json()["labels"]


def test_case_06_an_end_before_the_entry_is_refused(door: RunningDoor, ledger: Ledger, visit: str) -> None:
    answer = leave(door, visit, datetime.now(UTC) - timedelta(hours=2))
    assert (answer.status_code, answer.json()["reason"]["code"]) == (422, "before_entry")
    assert ledger.execute("SELECT count(*) FROM check_out").fetchone() == (0,)


def test_case_06_nobody_closes_a_visit_without_a_token(door: RunningDoor, visit: str) -> None:
    item = {"check_out_id": uuid7(), "check_in_id": visit, "left_at": datetime.now(UTC).isoformat()}
    assert door.client.post("/api/v1/check-outs", json=item).status_code == 401


def test_case_06_a_stay_of_days_is_marked(door: RunningDoor, ledger: Ledger) -> None:
    item = check_in(door, ago=timedelta(days=3))
    door.client.post("/api/v1/check-ins", json=item, headers=door.person(door.someone))
    assert leave(door, item["check_in_id"], datetime.now(UTC)).json()["labels"] == ["long_stay"]
    assert ledger.execute("SELECT count(*) FROM check_out").fetchone() == (1,)
