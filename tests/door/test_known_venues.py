"""What the door remembers of venues is never older than what the ledger knows."""

import datetime as dt
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pytest
from psycopg import sql

from dauchan.door.rows import NOWHERE, Place
from dauchan.door.running import RunningDoor
from dauchan.door.testing import APPROVED, OTHER_APPROVED, PENDING, Ledger, check_in
from dauchan.door.venues import KnownVenues, VenueRow, metres
from dauchan.visits.registry import Label

EXAMPLES = json.loads((Path(__file__).parent.parent / "visits" / "rules.json").read_text(encoding="utf-8"))


def known(
    status: str | None = "approved", lat: float | None = None, lon: float | None = None, hours: list[int] | None = None
) -> KnownVenues:
    venues = KnownVenues()
    venues.learn([VenueRow(1, status, lat, lon, hours, "1:1:"), VenueRow(2, "approved", None, None, [0, 1], "1:1:")])
    return venues


def labelled(venues: KnownVenues, at: int = 0, place: Place = NOWHERE) -> int | None:
    """The labels of the venue's scan, judged together with one of another venue that is never open."""
    labels = venues.labels(np.array([2, 1, 2]), np.array([0, at, 0]), [NOWHERE, place, NOWHERE])
    if labels is None:
        return None
    assert labels[0] == labels[2] == Label.OUT_OF_HOURS
    return int(labels[1])


def sent(door: RunningDoor, *items: dict[str, Any]) -> list[dict[str, Any]]:
    answer = door.client.post("/api/v1/check-ins", json=list(items), headers=door.person(door.someone))
    assert answer.status_code == 200
    return list(answer.json()["items"])


@pytest.mark.django_db
@pytest.mark.parametrize("example", EXAMPLES["out_of_hours"], ids=lambda example: example["why"])
def test_hours_are_judged_as_the_database_judges_them(example: dict[str, Any], ledger: Ledger) -> None:
    edges = "SELECT array_agg(e ORDER BY e) FROM unnest(ledger_hours(%s)) AS r CROSS JOIN LATERAL (VALUES (lower(r)), (upper(r))) AS v (e)"
    (hours,) = ledger.execute(edges, [json.dumps(example["hours"])]).fetchone() or (None,)
    at = round(dt.datetime.fromisoformat(example["at"]).timestamp()) * 1_000_000
    assert labelled(known(hours=hours), at) == (Label.OUT_OF_HOURS if example["marked"] else 0)


@pytest.mark.parametrize("example", EXAMPLES["remote"], ids=lambda example: example["why"])
def test_distance_is_judged_as_the_database_judges_it(example: dict[str, Any]) -> None:
    device = example["device"] or {}
    where = (device.get("lat"), device.get("lon"), device.get("accuracy_m"))
    place = example["venue"] or {"lat": None, "lon": None}
    assert labelled(known(**place), place=where) == (Label.REMOTE if example["marked"] else 0)


@pytest.mark.parametrize("example", EXAMPLES["metres"])
def test_metres(example: dict[str, Any]) -> None:
    assert metres(*example["from"], *example["to"]) == pytest.approx(example["metres"], rel=1e-3)


def test_of_a_venue_that_is_not_known_or_takes_no_scans_nothing_is_said() -> None:
    venues = known(status="pending")
    assert labelled(venues) is None
    venues = known(status="suspended")
    assert labelled(venues) == Label.VENUE_SUSPENDED
    venues.learn([VenueRow(1, None, None, None, None, "2:2:")])
    assert labelled(venues) is None
    assert venues.known == "2:2:"


@pytest.mark.django_db
def test_the_first_scan_after_a_change_is_judged_by_the_change(door: RunningDoor, ledger: Ledger) -> None:
    for status, labels in (("suspended", ["venue_suspended"]), ("approved", []), ("closed", ["venue_closed"])) * 2:
        ledger.execute("UPDATE venues_venue SET status = %s WHERE id = %s", [status, APPROVED])
        (answer, other) = sent(door, check_in(door), check_in(door, OTHER_APPROVED))
        assert answer.get("labels", []) == labels
        assert other.get("labels", []) == []
    ledger.execute("UPDATE venues_venue SET status = 'pending' WHERE id = %s", [APPROVED])
    assert [answer["outcome"] for answer in sent(door, check_in(door))] == ["refused"]


@pytest.mark.django_db
def test_a_change_that_takes_long_counts_from_its_commit(
    door: RunningDoor, ledger: Ledger, ledger_urls: tuple[str, str]
) -> None:
    with psycopg.connect(ledger_urls[0]) as slow:
        slow.execute("UPDATE venues_venue SET status = 'suspended' WHERE id = %s", [APPROVED])
        # Another venue changes and is seen meanwhile: what is known is younger than the beginning of the slow change.
        ledger.execute("UPDATE venues_venue SET status = 'suspended' WHERE id = %s", [OTHER_APPROVED])
        assert sent(door, check_in(door, OTHER_APPROVED))[0]["labels"] == ["venue_suspended"]
        assert sent(door, check_in(door))[0].get("labels", []) == []
        slow.commit()
    assert sent(door, check_in(door))[0]["labels"] == ["venue_suspended"]


@pytest.mark.django_db
def test_one_identifier_twice_in_a_list_is_one_row(door: RunningDoor, ledger: Ledger) -> None:
    item = check_in(door)
    answers = sent(door, item, check_in(door), item)
    assert [answer["outcome"] for answer in answers] == ["recorded", "recorded", "repeated"]
    assert ledger.execute("SELECT count(*) FROM check_in").fetchone() == (2,)


@pytest.mark.django_db
def test_a_scan_that_is_refused_leaves_the_others_of_its_list_recorded(door: RunningDoor, ledger: Ledger) -> None:
    answers = sent(door, check_in(door), check_in(door, PENDING), check_in(door, venue_code="FORGED"))
    assert [answer["outcome"] for answer in answers] == ["recorded", "refused", "refused"]
    assert ledger.execute("SELECT count(*) FROM check_in").fetchone() == (1,)


@pytest.mark.django_db
def test_a_database_that_did_not_grant_the_short_way_is_asked_the_long_way(
    ledger: Ledger, ledger_urls: tuple[str, str]
) -> None:
    functions = sql.SQL("door_venues(pg_snapshot), door_check_in_known(door_scan[], pg_snapshot)")
    ledger.execute(sql.SQL("REVOKE EXECUTE ON FUNCTION {} FROM dauchan_door").format(functions))
    try:
        with RunningDoor(ledger_urls[1]) as door:
            ledger.execute(
                "UPDATE venues_venue SET opening_hours = %s WHERE id = %s",
                [json.dumps({"mon": [["00:00", "00:01"]]}), APPROVED],
            )
            wednesday = datetime(2026, 1, 7, 12, tzinfo=UTC)
            assert labelled(known(hours=[0, 31]), round(wednesday.timestamp()) * 1_000_000) == Label.OUT_OF_HOURS
            assert [answer["outcome"] for answer in sent(door, check_in(door))] == ["recorded"]
    finally:
        ledger.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {} TO dauchan_door").format(functions))
        ledger.execute("UPDATE venues_venue SET opening_hours = '{}' WHERE id = %s", [APPROVED])
