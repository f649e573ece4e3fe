"""What gates without a network hand in, by HTTP: recorded, repeated, refused, quarantined."""

import base64
import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from dauchan.door.testing import APPROVED
from dauchan.door.testing_ids import uuid7
from dauchan.people.sealing import PHONE, SUBJECT, hash_text, open_text
from dauchan.qr import make_card_code, make_personal_code
from dauchan.qr.gate_queue import QueueRing, QueueSealer
from dauchan.visits.registry import Assurance, AttemptReason, Label, Source
from tests.door.gate_devices import AT_SUSPENDED, BACK, ELSEWHERE, FRONT, PATH, REVOKED, Gates, gates

__all__ = ["gates"]
pytestmark = pytest.mark.django_db

CARD = "identity_card_2021:046090012345"
PHONE_SAID = "phone:+84905111222"
NOW = "2026"


def ago(minutes: float) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=minutes)


def test_a_document_and_a_phone_make_people_that_are_found_again(gates: Gates) -> None:
    kit = gates.door.gates
    batch = [kit.scan(CARD, at=ago(30)), kit.scan(PHONE_SAID, at=ago(29)), kit.scan(CARD, "out", ago(20))]
    assert gates.outcomes(batch) == ["recorded"] * 3
    again = kit.scan("identity_card_2024:046090012345", at=ago(10))
    assert gates.outcomes([again], ELSEWHERE) == ["recorded"]
    ((person, hashed),) = gates.rows("SELECT person_id, subject_hash FROM people_credential")
    assert hashed == hash_text("citizen:046090012345", SUBJECT, kit.lookup)
    ((claimed, phone, phone_hash, verified),) = gates.rows(
        "SELECT person_id, phone, phone_hash, verified_at FROM people_identity"
    )
    assert open_text(phone, kit.personal) == "+84905111222"
    assert (phone_hash, verified) == (hash_text("+84905111222", PHONE, kit.lookup), None)
    rows = gates.rows("SELECT person_id, device_id, source, assurance FROM check_in ORDER BY entered_at")
    gate = int(Source.GATE)
    assert rows == [
        (person, FRONT, gate, int(Assurance.CARD)),
        (claimed, FRONT, gate, int(Assurance.CLAIMED)),
        (person, ELSEWHERE, gate, int(Assurance.CARD)),
    ]
    assert gates.count("people_person") == 2


def test_our_own_codes_are_verified_by_the_door(gates: Gates) -> None:
    kit = gates.door.gates
    gates.ledger.execute("INSERT INTO people_person (id, created_at) VALUES (77, now())")
    shown_at = ago(600)
    code = make_personal_code(77, int(shown_at.timestamp()), kit.cards)
    good = kit.scan(f"personal_code:{code}", at=shown_at)
    late = kit.scan(f"personal_code:{code}", at=shown_at + timedelta(minutes=30))
    nobody = kit.scan(f"personal_code:{make_personal_code(78, int(shown_at.timestamp()), kit.cards)}", at=shown_at)
    forged = kit.scan(f"personal_code:{code[:-3]}AAA", at=shown_at)
    card = kit.scan(f"control_card:{make_card_code(5, kit.cards)}", at=shown_at)
    answers = gates.send([good, late, nobody, forged, card]).json()["items"]
    assert [answer["outcome"] for answer in answers] == ["recorded", "recorded", "refused", "refused", "refused"]
    assert "clock_skew" in answers[1]["labels"]
    assert "clock_skew" not in answers[0].get("labels", [])
    assert [answer["reason"]["code"] for answer in answers[2:]] == ["person_unknown", "forged", "card_unknown"]
    reasons = {reason for (reason,) in gates.rows("SELECT reason FROM scan_attempt")}
    assert reasons == {AttemptReason.PERSON_UNKNOWN, AttemptReason.FORGED, AttemptReason.CARD_UNKNOWN}


def test_repeating_a_batch_changes_nothing(gates: Gates) -> None:
    kit = gates.door.gates
    entry, exit_ = kit.scan(CARD, at=ago(30)), kit.scan(CARD, "out", ago(20))
    lonely, failed = kit.scan(PHONE_SAID, "out", ago(15)), {"failed": "expired", "sealed": None}
    refused = kit.scan(CARD, at=ago(14)) | failed
    batch = [entry, exit_, lonely, refused, kit.undo(exit_)]
    assert gates.outcomes(batch) == ["recorded"] * 5
    before = [gates.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in ("check_in", "check_out", "scan_attempt")]  # noqa: S608
    assert gates.outcomes(batch) == ["repeated"] * 5
    assert gates.outcomes(batch[::-1]) == ["repeated"] * 5
    after = [gates.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in ("check_in", "check_out", "scan_attempt")]  # noqa: S608
    assert after == before
    assert gates.outcomes([batch[0], batch[0]]) == ["repeated", "repeated"]
    twice = kit.scan(CARD, at=ago(1))
    assert gates.outcomes([twice, twice]) == ["recorded", "repeated"]


def test_an_exit_without_an_entry_waits_for_it(gates: Gates) -> None:
    kit = gates.door.gates
    answer = gates.send(kit.scan(CARD, "out", ago(10)), BACK)
    assert (answer.status_code, answer.json()["labels"]) == (201, ["offline", "unmatched"])
    assert gates.rows("SELECT reason, device_id FROM scan_attempt") == [(AttemptReason.NOT_INSIDE, BACK)]
    assert gates.outcomes([kit.scan(CARD, at=ago(30))]) == ["recorded"]
    assert gates.rows("SELECT left_by, left_at - entered_at < interval '21 minutes' FROM visit") == [(2, True)]


def test_who_comes_in_twice_was_out(gates: Gates) -> None:
    kit = gates.door.gates
    assert gates.outcomes([kit.scan(CARD, at=ago(30))]) == ["recorded"]
    assert gates.outcomes([kit.scan(CARD, at=ago(29.95))], BACK) == ["recorded"]
    first, second = gates.rows("SELECT left_at, entered_at, left_by FROM visit ORDER BY entered_at")
    assert first[0] == second[1]
    assert (first[2], second[0]) == (4, None)


def test_undoing(gates: Gates) -> None:
    kit = gates.door.gates
    entry = kit.scan(CARD, at=ago(30))
    gates.outcomes([entry, kit.undo(entry)])
    assert gates.rows("SELECT left_at = entered_at FROM visit") == [(True,)]
    early = kit.scan(PHONE_SAID, at=ago(20))
    leaving = kit.scan(PHONE_SAID, "out", ago(10))
    undo = kit.undo(leaving)
    answer = gates.send([undo]).json()["items"][0]
    assert (answer["outcome"], answer["reason"]["code"]) == ("quarantined", "undo_early")
    assert gates.outcomes([undo]) == ["quarantined"]
    assert gates.outcomes([early, leaving]) == ["recorded", "recorded"]
    assert gates.count("gate_quarantine") == 0
    assert gates.outcomes([undo]) == ["repeated"]
    open_visit = gates.rows("SELECT check_in_id::text FROM visit WHERE left_at IS NULL")
    assert open_visit == [(undo["scan_id"],)]
    assert gates.outcomes([kit.undo(early)], BACK) == ["quarantined"], "only the device itself takes its scans back"


def test_labels_as_check_ins_have_them(gates: Gates) -> None:
    kit = gates.door.gates
    said = gates.send([kit.scan(CARD, at=ago(3 * 1440))], AT_SUSPENDED).json()["items"][0]["labels"]
    assert said == ["offline", "late", "venue_suspended"]
    wrong = {"X-Device-Time": (datetime.now(UTC) - timedelta(days=400)).isoformat()}
    scan = kit.scan(CARD, at=ago(400 * 1440 + 5))
    assert gates.send([scan], FRONT, wrong).json()["items"][0]["labels"] == ["offline", "clock_skew"]
    ((entered, device_at),) = gates.rows(
        "SELECT entered_at, device_at FROM check_in WHERE check_in_id = %s", scan["scan_id"]
    )
    assert abs(datetime.now(UTC) - timedelta(minutes=5) - entered) < timedelta(seconds=30)
    assert device_at < ago(399 * 1440)
    assert gates.count("gate_odd_event") == 1
    out = kit.scan(CARD, "out", ago(1))
    assert gates.outcomes([out], BACK) == ["recorded"]
    assert gates.rows("SELECT check_in_id::text FROM check_out WHERE check_out_id = %s", out["scan_id"]) == [
        (scan["scan_id"],)
    ]
    ancient = gates.send([kit.scan(CARD, at=ago(22 * 1440))]).json()["items"][0]
    assert ancient["reason"]["code"] == "too_old"


def test_a_revoked_card_is_a_fact_with_a_mark(gates: Gates) -> None:
    kit = gates.door.gates
    gates.ledger.execute(
        "INSERT INTO people_person (id, created_at) VALUES (77, now());"
        "INSERT INTO units_officer (id, password, is_superuser, username, email, is_staff, is_active, date_joined, full_name)"
        " VALUES (901, '', false, 'x', '', false, true, now(), 'X') ON CONFLICT DO NOTHING;"
        "INSERT INTO people_controlcard (id, person_id, unit_id, serial, issued_at, issued_by_id, expires_on, revoked_at, revoke_reason)"
        " VALUES (5, 77, 900001, 'TK-1', now(), 901, now() + interval '1 year', now() - interval '1 hour', 'lost')"
    )
    code = make_card_code(5, kit.cards)
    before, after = kit.scan(f"control_card:{code}", at=ago(70)), kit.scan(f"control_card:{code}", "out", at=ago(30))
    assert gates.outcomes([before]) == ["recorded"]
    assert gates.send([after]).json()["items"][0]["labels"] == ["offline", "revoked_card"]
    assert gates.rows("SELECT person_id, labels & %s FROM check_in", int(Label.REVOKED_CARD)) == [(77, 0)]


def test_a_revoked_device_is_heard_and_not_believed(gates: Gates) -> None:
    kit = gates.door.gates
    entry = kit.scan(CARD, at=ago(30))
    batch = [entry, kit.scan(CARD, "out", ago(20)), kit.undo(entry)]
    answers = gates.send(batch, REVOKED).json()["items"]
    assert {(answer["outcome"], answer["reason"]["code"]) for answer in answers} == {("quarantined", "device_revoked")}
    assert gates.outcomes(batch, REVOKED) == ["quarantined"] * 3
    assert [gates.count(table) for table in ("check_in", "check_out", "people_person", "gate_quarantine")] == [
        0,
        0,
        0,
        3,
    ]
    ((sealed,),) = gates.rows("SELECT sealed FROM gate_quarantine WHERE scan_id = %s", entry["scan_id"])
    assert sealed == base64.urlsafe_b64decode(entry["sealed"])


def test_what_cannot_be_opened_is_kept_and_blocks_nothing(gates: Gates) -> None:
    kit = gates.door.gates
    other_key = QueueSealer(QueueRing(1, {1: bytes(range(32))}).key)
    strange, swapped = kit.scan(CARD), kit.scan(CARD)
    strange["sealed"] = base64.urlsafe_b64encode(other_key.seal(CARD, uuid.UUID(strange["scan_id"]))).decode()
    swapped["sealed"] = kit.scan(CARD)["sealed"]
    version = kit.scan(CARD)
    version["sealed"] = "CQ" + version["sealed"][2:]
    bad = [
        *(strange, swapped, version, kit.scan("spell:abracadabra"), kit.scan(CARD) | {"sealed": "§"}),
        *(
            kit.scan(CARD) | {"sealed": None},
            kit.scan(CARD) | {"direction": "up"},
            kit.scan(CARD) | {"at": "yesterday"},
        ),
        *({"scan_id": uuid7(), "direction": "undo", "at": ago(1).isoformat()}, kit.scan("phone:0905111222")),
    ]
    answers = gates.send([*bad, kit.scan(CARD), {"scan_id": 5}, "?"]).json()["items"]
    assert [answer["outcome"] for answer in answers] == ["quarantined"] * 10 + ["recorded", "refused", "refused"]
    assert [answer["reason"]["code"] for answer in answers[:10]] == ["unopened"] * 3 + ["malformed"] * 7
    assert gates.count("check_in") == 1
    ((scrap,),) = gates.rows("SELECT sealed FROM gate_quarantine WHERE scan_id = %s", bad[6]["scan_id"])
    assert json.loads(open_text(scrap, kit.personal))["direction"] == "up"
    single = gates.send(kit.scan(CARD) | {"direction": "up"})
    assert (single.status_code, single.json()["outcome"]) == (200, "quarantined")
    assert gates.outcomes([kit.scan(CARD) | {"scan_id": str(uuid.uuid4())}]) == ["refused"]


def test_a_ticket_is_short_lived_and_for_one_venue(gates: Gates) -> None:
    kit, client = gates.door.gates, gates.door.client
    scan = kit.scan(CARD)
    for headers in ({}, kit.ticket(FRONT, APPROVED, -1), {"authorization": "Device DCG.AAAA"}, gates.door.person(5)):
        answer = client.post(PATH, json=scan, headers=headers)
        assert (answer.status_code, answer.json()["reason"]["code"]) == (401, "ticket_refused")
        assert answer.headers["www-authenticate"].startswith("Device")
    elsewhere = client.post(PATH, json=scan, headers=kit.ticket(FRONT, 5))
    assert elsewhere.json()["outcome"] == "quarantined"
    assert gates.count("check_in") == 0


def test_limits_and_metrics(gates: Gates) -> None:
    kit = gates.door.gates
    assert gates.send([kit.scan(CARD)] * 501).status_code == 413
    assert gates.send([]).status_code == 422
    assert gates.send([kit.scan(CARD, padding="x" * 1_000_000)]).status_code == 413
    assert gates.outcomes([kit.scan(CARD)]) == ["recorded"]
    assert 'dauchan_door_gate_scans_total{outcome="recorded"}' in gates.door.client.get("/metrics").text
