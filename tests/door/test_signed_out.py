"""What a phone that was signed out from afar still sends is recorded, and marked; other phones are not concerned."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Any

import pytest

from dauchan.door.phones import HOLDS, PhoneRow, SignedOutPhones
from dauchan.door.testing import Ledger, check_in
from dauchan.visits.registry import Label

if TYPE_CHECKING:
    from dauchan.door.running import RunningDoor

LOST, KEPT = 7_000_001, 7_000_002
SECONDS = 15


def test_the_door_forgets_phones_whose_tokens_have_run_out() -> None:
    phones, now = SignedOutPhones(), dt.datetime.now(dt.UTC)
    assert phones.since(now) < now - dt.timedelta(days=14)
    phones.learn([PhoneRow(1, now - HOLDS - dt.timedelta(hours=1)), PhoneRow(2, now)])
    assert [phones.labels(each) for each in (0, 1, 2)] == [0, 0, Label.SIGNED_OUT]
    assert phones.since(now) < now, "one that was committed late is not missed"


@pytest.mark.django_db
def test_a_lost_phones_scans_are_marked_and_none_is_dropped(door: RunningDoor, ledger: Ledger) -> None:
    phones = "INSERT INTO phones_ownphone (id, person_id, label, signed_in_at, seen_on, ending) VALUES (%s, %s, '', now(), now(), '')"
    ledger.execute(
        "INSERT INTO people_person (id, created_at) VALUES (%s, now()) ON CONFLICT DO NOTHING", [door.someone]
    )
    for phone in (LOST, KEPT):
        ledger.execute(phones, [phone, door.someone])

    def sent(phone: int) -> dict[str, Any]:
        waited = check_in(door, ago=dt.timedelta(hours=2))
        return dict(
            door.client.post("/api/v1/check-ins", json=waited, headers=door.person(door.someone, phone_id=phone)).json()
        )

    try:
        assert sent(LOST)["labels"] == ["offline"]
        ledger.execute("UPDATE phones_ownphone SET ended_at = now(), ending = 'hotline' WHERE id = %s", [LOST])
        until = time.monotonic() + SECONDS
        while (answer := sent(LOST))["labels"] == ["offline"] and time.monotonic() < until:
            time.sleep(0.2)
        assert (answer["outcome"], answer["labels"]) == ("recorded", ["offline", "signed_out"])
        assert sent(KEPT)["labels"] == sent(0)["labels"] == ["offline"]
        left = {"check_out_id": check_in(door)["check_in_id"], "check_in_id": answer["check_in_id"]}
        left["left_at"] = dt.datetime.now(dt.UTC).isoformat()
        told = door.client.post("/api/v1/check-outs", json=left, headers=door.person(door.someone, phone_id=LOST))
        assert told.json()["labels"] == ["signed_out"]
    finally:
        ledger.execute("DELETE FROM phones_ownphone WHERE id = ANY(%s)", [[LOST, KEPT]])
