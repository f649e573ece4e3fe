"""Scans that failed on the device are kept with their reason, and nothing of what was scanned."""

from datetime import UTC, datetime
from typing import Any

import pytest

from dauchan.door.running import RunningDoor
from dauchan.door.testing import APPROVED, Ledger, uuid7
from dauchan.visits.registry import AttemptReason

pytestmark = pytest.mark.django_db

PATH = "/api/v1/scan-attempts"
IDENTITY_CARD = "046090012345|191234567|Trần Thị Thử|02091990|Nữ|12 Lê Lợi, Huế|15042021"


def attempt(**changes: object) -> dict[str, Any]:
    return {"attempt_id": uuid7(), "attempted_at": datetime.now(UTC).isoformat(), "reason": "unreadable"} | changes


def test_an_attempt_without_sign_in_is_kept_and_repeating_it_is_harmless(door: RunningDoor, ledger: Ledger) -> None:
    item = attempt(code=door.code(APPROVED))
    for _ in range(2):
        answer = door.client.post(PATH, json=item)
        assert answer.status_code == 201
        assert answer.json() == {"outcome": "kept", "attempt_id": item["attempt_id"]}
    rows = ledger.execute("SELECT person_id, venue_id, reason, code_hash FROM scan_attempt").fetchall()
    assert rows == [(None, APPROVED, AttemptReason.UNREADABLE, None)]


def test_of_a_strange_code_only_a_hash_remains(door: RunningDoor, ledger: Ledger) -> None:
    items = [attempt(reason="foreign", code=IDENTITY_CARD), attempt(reason="foreign", code=IDENTITY_CARD)]
    door.client.post(PATH, json=items, headers=door.person(door.someone))
    rows = ledger.execute("SELECT person_id, venue_id, code_hash, scan_attempt::text FROM scan_attempt").fetchall()
    assert [row[:2] for row in rows] == [(door.someone, None)] * 2
    assert len({row[2] for row in rows}) == 1
    assert not any("046090012345" in row[3] or "Th" in row[3] for row in rows)


def test_reasons_are_a_closed_list(door: RunningDoor, ledger: Ledger) -> None:
    answers = door.client.post(PATH, json=[attempt(reason="because"), attempt()]).json()["items"]
    assert [answer["outcome"] for answer in answers] == ["refused", "kept"]
    assert ledger.execute("SELECT count(*) FROM scan_attempt").fetchone() == (1,)


def test_nobody_fills_the_ledger_with_attempts(door: RunningDoor) -> None:
    items = [attempt() for _ in range(70)]
    headers = door.person(door.someone)
    statuses = [door.client.post(PATH, json=items, headers=headers).status_code for _ in range(4)]
    assert 429 in statuses
