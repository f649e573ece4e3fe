"""Check-ins through HTTP, with a door in its own process and a real ledger behind it."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from dauchan.door.running import HOST, RunningDoor
from dauchan.door.testing import APPROVED, CLOSED, PENDING, SUSPENDED, UNKNOWN, Ledger, check_in, uuid7
from dauchan.visits.registry import AttemptReason, Label, Source

# pytest-django makes the test database, of which the door's ledger is a copy, only for tests with this mark.
pytestmark = pytest.mark.django_db

PATH = "/api/v1/check-ins"
BINH = 5_000_000_002


def post(door: RunningDoor, body: object, person: int = 0, device_time: str = "") -> httpx.Response:
    headers = door.person(person or door.someone) | ({"x-device-time": device_time} if device_time else {})
    return door.client.post(PATH, json=body, headers=headers)


def count(ledger: Ledger, table: str = "check_in") -> int:
    (found,) = ledger.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)  # noqa: S608 names of this file
    return int(found)


def test_a_check_in_is_recorded_with_all_it_said(door: RunningDoor, ledger: Ledger) -> None:
    position = {"lat": 16.4637, "lon": 107.5909, "accuracy_m": 12.5}
    item = check_in(door, party=4, source="link", position=position)
    answer = post(door, item)
    assert answer.status_code == 201
    said = answer.json()
    assert said["outcome"] == "recorded"
    assert said["check_in_id"] == item["check_in_id"]
    assert said["venue_id"] == APPROVED
    assert said.get("labels", []) == []
    row = ledger.execute(
        "SELECT person_id, venue_id, poster_version, source, party, labels, round(lat::numeric, 4), accuracy_m FROM check_in"
    ).fetchone()
    assert row is not None
    assert [*row[:6], float(row[6]), row[7]] == [door.someone, APPROVED, 1, Source.LINK, 4, 0, 16.4637, 12.5]


def test_a_whole_address_names_the_venue_too(door: RunningDoor, ledger: Ledger) -> None:
    code = f"HTTPS://{HOST.upper()}/Q/{door.code(APPROVED)}"
    assert post(door, check_in(door, venue_code=code)).status_code == 201
    assert count(ledger) == 1


def test_a_repeated_request_gets_the_first_answer_and_leaves_one_row(door: RunningDoor, ledger: Ledger) -> None:
    item = check_in(door, ago=timedelta(minutes=10))
    first, second = post(door, item), post(door, item)
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["outcome"] == "repeated"
    same = ("check_in_id", "venue_id", "entered_at", "received_at", "labels")
    assert [first.json()[name] for name in same] == [second.json()[name] for name in same]
    assert count(ledger) == 1


def test_a_retry_gets_the_first_answer_although_the_venue_was_suspended_in_between(
    door: RunningDoor, ledger: Ledger
) -> None:
    item = check_in(door)
    first = post(door, item).json()
    ledger.execute("UPDATE venues_venue SET status = 'suspended' WHERE id = %s", [APPROVED])
    second = post(door, item).json()
    assert second["outcome"] == "repeated"
    assert second.get("labels", []) == first.get("labels", []) == []


@pytest.mark.parametrize(
    ("venue_id", "label"),
    [(SUSPENDED, Label.VENUE_SUSPENDED), (CLOSED, Label.VENUE_CLOSED)],
    ids=["suspended", "closed"],
)
def test_a_scan_at_a_venue_that_may_not_open_is_a_fact_and_labelled(
    door: RunningDoor, ledger: Ledger, venue_id: int, label: Label
) -> None:
    answer = post(door, check_in(door, venue_id))
    assert answer.status_code == 201
    assert answer.json()["labels"] == [str(label.name).lower()]
    assert ledger.execute("SELECT labels FROM check_in").fetchone() == (label,)


@pytest.mark.parametrize(
    ("venue_id", "status", "code"), [(PENDING, 409, "venue_not_open"), (UNKNOWN, 422, "venue_unknown")]
)
def test_a_scan_at_no_venue_of_ours_is_refused_and_kept_as_an_attempt(
    door: RunningDoor, ledger: Ledger, venue_id: int, status: int, code: str
) -> None:
    answer = post(door, check_in(door, venue_id))
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    reason = answer.json()["reason"]
    assert reason["code"] == code
    assert reason["vi"] != reason["en"]
    assert count(ledger) == 0
    row = ledger.execute("SELECT person_id, venue_id, reason FROM scan_attempt").fetchone()
    assert row == (door.someone, venue_id, AttemptReason[code.upper()])


def test_a_forged_code_is_refused_and_only_its_hash_is_kept(door: RunningDoor, ledger: Ledger) -> None:
    good = door.code(APPROVED)
    forged = good[:-1] + ("A" if good[-1] != "A" else "B")
    answer = post(door, check_in(door, venue_code=forged))
    assert answer.status_code == 422
    assert answer.json()["reason"]["code"] in {"forged", "foreign"}
    row = ledger.execute("SELECT venue_id, code_hash IS NOT NULL FROM scan_attempt").fetchone()
    assert row == (None, True)


def test_somebody_elses_identifier_is_refused_and_shows_nothing_of_theirs(door: RunningDoor, ledger: Ledger) -> None:
    item = check_in(door)
    assert post(door, item).status_code == 201
    answer = post(door, item, BINH)
    assert answer.status_code == 409
    assert answer.json()["reason"]["code"] == "id_taken"
    assert "venue_id" not in answer.json()
    assert count(ledger) == 1


def test_a_bad_item_never_blocks_the_others_and_every_item_is_answered_in_order(
    door: RunningDoor, ledger: Ledger
) -> None:
    good, again = check_in(door), check_in(door)
    body = [
        good,
        {"check_in_id": "not a uuid"},
        check_in(door, PENDING),
        check_in(door, check_in_id="0192d9e4-8c3e-4abc-9def-0123456789ab"),
        good,
        check_in(door, venue_code="https://dauchan.example.evil/q/AAAA"),
        again,
        check_in(door, entered_at="2026-01-01T00:00:00"),
        None,
    ]
    answer = post(door, body)
    assert answer.status_code == 200
    items = answer.json()["items"]
    codes = [item["reason"]["code"] if "reason" in item else item["outcome"] for item in items]
    assert codes == [
        *("recorded", "malformed", "venue_not_open", "not_uuid7", "repeated", "foreign", "recorded"),
        *("malformed", "malformed"),
    ]
    assert items[0]["check_in_id"] == good["check_in_id"]
    assert items[6]["check_in_id"] == again["check_in_id"]
    assert "venue_code" in items[1]["reason"]["detail"] or "check_in_id" in items[1]["reason"]["detail"]
    assert count(ledger) == 2
    assert count(ledger, "scan_attempt") == 2


def test_an_offline_queue_keeps_its_times_and_is_labelled(door: RunningDoor, ledger: Ledger) -> None:
    items = [check_in(door, ago=ago) for ago in (timedelta(hours=1), timedelta(days=6), timedelta(0))]
    answers = post(door, items).json()["items"]
    assert [answer.get("labels", []) for answer in answers] == [["offline"], ["offline", "late"], []]
    rows = ledger.execute("SELECT entered_at = device_at, received_at > entered_at FROM check_in").fetchall()
    assert rows == [(True, True)] * 3


def test_a_clock_that_is_years_off_is_corrected_by_its_offset_and_both_times_are_kept(
    door: RunningDoor, ledger: Ledger
) -> None:
    now = datetime.now(UTC)
    wrong = now - timedelta(days=1000)
    item = check_in(door, check_in_id=uuid7(wrong), entered_at=(wrong - timedelta(minutes=30)).isoformat())
    answer = post(door, item, device_time=wrong.isoformat())
    assert answer.json()["labels"] == ["offline", "clock_skew"]
    row = ledger.execute("SELECT entered_at, device_at FROM check_in").fetchone()
    assert row is not None
    assert abs(row[0] - (now - timedelta(minutes=30))) < timedelta(seconds=30)
    assert row[1] == wrong - timedelta(minutes=30)


def test_a_time_in_the_future_becomes_now_and_is_labelled(door: RunningDoor, ledger: Ledger) -> None:
    answer = post(door, check_in(door, entered_at=(datetime.now(UTC) + timedelta(days=400)).isoformat()))
    assert answer.json()["labels"] == ["clock_skew", "clamped"]
    assert ledger.execute("SELECT entered_at = received_at FROM check_in").fetchone() == (True,)


def test_a_scan_past_retention_is_refused(door: RunningDoor, ledger: Ledger) -> None:
    answer = post(door, check_in(door, ago=timedelta(days=22)))
    assert answer.json()["reason"]["code"] == "too_old"
    assert count(ledger) == 0


def test_more_scans_than_a_visitor_makes_are_recorded_and_marked(door: RunningDoor, ledger: Ledger) -> None:
    items = [check_in(door, ago=timedelta(hours=3)) for _ in range(30)]
    answers = post(door, items).json()["items"]
    marked = ["pace" in answer.get("labels", []) for answer in answers]
    assert marked[0] is False
    assert all(marked[25:])
    assert count(ledger) == 30


def test_retries_do_not_count_as_scans(door: RunningDoor, ledger: Ledger) -> None:
    item = check_in(door)
    for _ in range(20):
        post(door, item)
    assert post(door, check_in(door)).json().get("labels", []) == []
    assert count(ledger) == 2


def test_companions_are_at_most_twenty(door: RunningDoor) -> None:
    for party in (0, 21, -1, 2.5, "3", None):
        assert post(door, check_in(door, party=party)).status_code == 422


def test_without_a_token_nothing_is_recorded(door: RunningDoor, ledger: Ledger) -> None:
    item = check_in(door)
    expired = door.person(door.someone, seconds=-120)
    for headers in ({}, {"authorization": "Bearer nonsense"}, {"authorization": "Basic YTpi"}, expired):
        answer = door.client.post(PATH, json=item, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert door.client.post(PATH, json=item, headers=expired).json()["reason"]["code"] == "token_expired"
    assert count(ledger) == 0
