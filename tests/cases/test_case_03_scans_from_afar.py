"""luca: thousands checked in to a zoo at four in the morning, from a photo of its poster."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from dauchan.door.running import RunningDoor
from dauchan.door.testing import APPROVED, OTHER_APPROVED, Ledger, check_in, uuid7
from dauchan.venues.opening_hours import DAYS
from dauchan.visits.queries import visits_between
from dauchan.visits.segments.whole_day import people_and_venues

pytestmark = pytest.mark.django_db

PATH = "/api/v1/check-ins"
LOCAL = dt.timezone(dt.timedelta(hours=7))
LONGEST_STORY = dt.timedelta(hours=6)
HOURS = json.dumps({day: [["07:00", "17:00"]] for day in DAYS})
# A minute may end in the middle: more than two minutes' worth of what one person may send.
SCANS = 1_300
AT = (16.4637, 107.5909)
FIFTY_KM_NORTH = (16.4637 + 50 / 111.195, 107.5909)
VISITOR = 2**41 + 7


@pytest.fixture
def zoo(ledger: Ledger) -> Iterator[int]:
    """Two venues 50 km apart, open from seven to five."""
    point = "UPDATE venues_venue SET opening_hours = %s, lat = %s, lon = %s, decided_at = '2021-01-01' WHERE id = %s"
    for venue_id, place in ((APPROVED, AT), (OTHER_APPROVED, FIFTY_KM_NORTH)):
        ledger.execute(point, [HOURS, *place, venue_id])
    yield APPROVED
    ledger.execute("UPDATE venues_venue SET opening_hours = '{}', lat = NULL, lon = NULL, decided_at = NULL")


@pytest.fixture
def reading_the_doors_ledger(ledger_urls: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Queries read what the door has written, in its own database."""
    own = connection.copy()
    own.settings_dict["NAME"] = str(conninfo_to_dict(ledger_urls[0])["dbname"])
    monkeypatch.setattr("dauchan.visits.queries.connection", own)
    yield
    own.close()


def this_morning(hour: int) -> dt.datetime:
    """The last time it was this hour at the venue, so long ago that what follows in a story is past as well."""
    now = dt.datetime.now(LOCAL)
    at = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return at if at + LONGEST_STORY < now else at - dt.timedelta(days=1)


def scan(door: RunningDoor, at: dt.datetime, venue: int = APPROVED, **more: object) -> dict[str, object]:
    return check_in(door, venue) | {"check_in_id": uuid7(at), "entered_at": at.isoformat(), **more}


def labels_of(door: RunningDoor, item: dict[str, object], person: int = VISITOR) -> list[str]:
    answer = door.client.post(PATH, json=item, headers=door.person(person))
    assert answer.status_code == 201, answer.text
    return list(answer.json().get("labels", []))


def test_case_03_a_thousand_scans_and_more_at_four_are_limited_and_marked(
    door: RunningDoor, ledger: Ledger, zoo: int
) -> None:
    four = this_morning(4)
    flood = [scan(door, four + dt.timedelta(milliseconds=100 * n)) for n in range(SCANS)]
    statuses: Counter[int] = Counter()
    for start in range(0, SCANS, 20):
        answer = door.client.post(PATH, json=flood[start : start + 20], headers=door.person(door.someone))
        statuses[answer.status_code] += 1
        if answer.status_code == 429:
            assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert statuses[429] >= 5
    rows = ledger.execute(
        "SELECT labels & 1024 <> 0, labels & 32 <> 0, count(*) FROM check_in GROUP BY 1, 2"
    ).fetchall()
    found = {(closed, fast): count for closed, fast, count in rows}
    assert set(found) == {(True, False), (True, True)}
    assert found[True, False] == 12


def test_case_03_a_flood_is_in_no_contact_list_and_in_no_indicator(
    door: RunningDoor, ledger: Ledger, zoo: int, reading_the_doors_ledger: None
) -> None:
    four = this_morning(4)
    flood = [scan(door, four + dt.timedelta(milliseconds=100 * n)) for n in range(100)]
    assert door.client.post(PATH, json=flood, headers=door.person(door.someone)).status_code == 200
    labels_of(door, scan(door, four + dt.timedelta(hours=4)))
    span = four - dt.timedelta(hours=1), four + dt.timedelta(hours=6)
    assert visits_between(*span).person.tolist() == [VISITOR]
    assert len(visits_between(*span, floods=True)) == 101
    person, venue = people_and_venues(four.date())
    assert (person.tolist(), len(venue)) == ([VISITOR], 1)


def test_case_03_a_flood_spares_the_other_visits_of_its_sender(
    door: RunningDoor, ledger: Ledger, zoo: int, reading_the_doors_ledger: None
) -> None:
    four = this_morning(4)
    flood = [scan(door, four + dt.timedelta(seconds=n)) for n in range(20)]
    later = scan(door, four + dt.timedelta(hours=4))
    assert door.client.post(PATH, json=[*flood, later], headers=door.person(door.someone)).status_code == 200
    assert len(visits_between(four, four + dt.timedelta(hours=6))) == 1


def test_case_03_two_venues_fifty_kilometres_apart_in_two_minutes_are_marked(
    door: RunningDoor, ledger: Ledger, zoo: int
) -> None:
    nine = this_morning(9)
    first, second = scan(door, nine), scan(door, nine + dt.timedelta(minutes=2), OTHER_APPROVED)
    honest = scan(door, nine + dt.timedelta(minutes=90))
    for item in (second, honest, first):  # in the order in which no queue was written
        labels_of(door, item)
    rows = ledger.execute("SELECT check_in_id::text, labels & 2048 <> 0 FROM visit").fetchall()
    assert dict(rows) == {
        first["check_in_id"]: True,
        second["check_in_id"]: True,
        honest["check_in_id"]: False,
    }


def test_case_03_fifty_kilometres_in_an_hour_are_a_journey(door: RunningDoor, ledger: Ledger, zoo: int) -> None:
    nine = this_morning(9)
    labels_of(door, scan(door, nine))
    labels_of(door, scan(door, nine + dt.timedelta(hours=1), OTHER_APPROVED))
    assert ledger.execute("SELECT count(*) FROM visit WHERE labels & 2048 <> 0").fetchone() == (0,)


def test_case_03_a_scan_from_far_away_says_so(door: RunningDoor, ledger: Ledger, zoo: int) -> None:
    nine = this_morning(9)
    far = {"lat": FIFTY_KM_NORTH[0], "lon": FIFTY_KM_NORTH[1], "accuracy_m": 20}
    near = {"lat": AT[0] + 0.001, "lon": AT[1], "accuracy_m": 20}
    unsure = far | {"accuracy_m": 60_000}
    said = ["remote" in labels_of(door, scan(door, nine, position=where)) for where in (far, near, unsure)]
    assert said == [True, False, False]


def test_case_03_a_repeated_scan_gets_the_labels_of_the_first_answer(
    door: RunningDoor, ledger: Ledger, zoo: int
) -> None:
    item = scan(door, this_morning(4))
    first = labels_of(door, item)
    assert "out_of_hours" in first
    ledger.execute("UPDATE venues_venue SET opening_hours = '{}' WHERE id = %s", [zoo])
    again = door.client.post(PATH, json=item, headers=door.person(VISITOR))
    assert (again.status_code, again.json()["labels"]) == (200, first)
