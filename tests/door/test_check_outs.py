"""Ends of visits, said by the visitor."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from dauchan.door.running import RunningDoor
from dauchan.door.testing import Ledger, check_in, uuid7

pytestmark = pytest.mark.django_db

PATH = "/api/v1/check-outs"
HOUR = timedelta(hours=1)


def entered(door: RunningDoor, ago: timedelta = HOUR) -> str:
    item = check_in(door, ago=ago)
    assert door.client.post("/api/v1/check-ins", json=item, headers=door.person(door.someone)).status_code == 201
    return str(item["check_in_id"])


def leaving(check_in_id: str, **changes: object) -> dict[str, Any]:
    return {"check_out_id": uuid7(), "check_in_id": check_in_id, "left_at": datetime.now(UTC).isoformat()} | changes


def post(door: RunningDoor, body: object, person: int = 0) -> httpx.Response:
    return door.client.post(PATH, json=body, headers=door.person(person or door.someone))


def test_a_visit_is_closed_and_repeating_it_changes_nothing(door: RunningDoor, ledger: Ledger) -> None:
    check_in_id = entered(door)
    item = leaving(check_in_id)
    first, second = post(door, item), post(door, item)
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == first.json() | {"outcome": "repeated"}
    row = ledger.execute("SELECT check_in_id::text, left_at = ended_at, imputed_left_at, left_by FROM visit").fetchone()
    assert row == (check_in_id, True, None, 1)


def test_the_earliest_of_several_ends_counts_in_whatever_order_they_arrive(door: RunningDoor, ledger: Ledger) -> None:
    check_in_id = entered(door)
    now = datetime.now(UTC)
    early, late = now - timedelta(minutes=30), now - timedelta(minutes=5)
    for moment in (late, early, now):
        assert post(door, leaving(check_in_id, left_at=moment.isoformat())).status_code == 201
    assert ledger.execute("SELECT left_at FROM visit").fetchall() == [(early,)]


def test_a_check_out_that_overtakes_its_check_in_counts_once_both_are_there(door: RunningDoor, ledger: Ledger) -> None:
    item = check_in(door, ago=HOUR)
    answer = post(door, leaving(item["check_in_id"]))
    assert answer.json()["labels"] == ["unmatched"]
    assert ledger.execute("SELECT count(*) FROM visit").fetchone() == (0,)
    door.client.post("/api/v1/check-ins", json=item, headers=door.person(door.someone))
    assert ledger.execute("SELECT left_at IS NOT NULL FROM visit").fetchall() == [(True,)]


def test_a_strangers_check_out_that_came_first_never_counts(door: RunningDoor, ledger: Ledger) -> None:
    item = check_in(door, ago=HOUR)
    post(door, leaving(item["check_in_id"]), person=2**40 + 7)
    door.client.post("/api/v1/check-ins", json=item, headers=door.person(door.someone))
    assert ledger.execute("SELECT left_at FROM visit").fetchall() == [(None,)]


def test_a_list_is_answered_item_by_item(door: RunningDoor, ledger: Ledger) -> None:
    check_in_id = entered(door)
    before = (datetime.now(UTC) - timedelta(hours=3)).isoformat()
    items = [
        leaving(check_in_id),
        {"nonsense": 1},
        leaving(check_in_id, left_at=before),
        leaving(check_in_id, check_out_id=str(4)),
    ]
    answers = post(door, items).json()["items"]
    codes = [answer["reason"]["code"] if "reason" in answer else answer["outcome"] for answer in answers]
    assert codes == ["recorded", "malformed", "before_entry", "malformed"]
    assert ledger.execute("SELECT count(*) FROM check_out").fetchone() == (1,)
