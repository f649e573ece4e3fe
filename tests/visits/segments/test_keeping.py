"""Days on disk are written, sealed, renewed and dropped in one way, and nothing that happens to them is left unseen."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from django.db import connection
from django.utils import timezone

from dauchan.project.commands import main
from dauchan.units.models import AuditEntry
from dauchan.venues.models import Category, Venue
from dauchan.visits.models import Segment
from dauchan.visits.partitions import local_day, midnight
from dauchan.visits.retention import kept_days, purge
from dauchan.visits.segments import keeping
from dauchan.visits.segments.current import Current
from dauchan.visits.segments.keeping import Reason
from dauchan.visits.segments.late import current_snapshot, late_for, late_since
from dauchan.visits.segments.shelf import Shelf, own_shelf
from tests.visits.segments.stories import NOW, PACE, TODAY, CheckIn, CheckOut, found, plain_index

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
YESTERDAY = TODAY - DAY
AN, BINH = 1, 2

pytestmark = pytest.mark.django_db


def land(*rows: CheckIn | CheckOut) -> None:
    for row in rows:
        row.land(connection)


def meeting(venue: int, at: dt.datetime) -> None:
    """An and Bình are at a place for an hour."""
    one, other = CheckIn(1, AN, venue, at), CheckIn(2, BINH, venue, at)
    land(one, other, CheckOut(3, one, AN, at + HOUR), CheckOut(4, other, BINH, at + HOUR))


def visits_of(index: object) -> int:
    return len(index)  # type: ignore[arg-type]


def test_every_kept_day_is_written_once_and_then_left_alone(shelf: Shelf, venues: list[Venue]) -> None:
    meeting(venues[0].pk, NOW - 2 * HOUR)
    assert keeping.keep(NOW) == dict.fromkeys(kept_days(NOW), Reason.MISSING)
    assert keeping.keep(NOW) == {}
    assert shelf.days() == kept_days(NOW)
    assert {row.day: row.visits for row in Segment.objects.filter(visits__gt=0)} == {TODAY: 2}
    assert oct(shelf.root.stat().st_mode & 0o777) == "0o700"


def test_a_day_is_sealed_once_no_stay_can_still_be_going_on(shelf: Shelf, venues: list[Venue]) -> None:
    keeping.keep(NOW)
    settled = midnight(TODAY + DAY) + dt.timedelta(hours=24)
    assert not Segment.objects.get(day=TODAY).is_sealed
    assert Segment.objects.get(day=YESTERDAY - DAY).is_sealed
    assert TODAY not in (keeping.keep(settled - dt.timedelta(seconds=1)) or {})
    assert (keeping.keep(settled) or {})[TODAY] is Reason.TO_SEAL
    assert Segment.objects.get(day=TODAY).is_sealed


def test_a_day_with_much_beside_it_is_written_anew(
    shelf: Shelf, venues: list[Venue], monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.keep(NOW)
    meeting(venues[0].pk, NOW - 3 * DAY)
    assert keeping.keep(NOW) == {}
    monkeypatch.setattr(keeping, "LATE_ROWS", 3)
    assert keeping.keep(NOW) == {TODAY - 3 * DAY: Reason.LATE}


def test_a_damaged_day_is_named_and_written_anew_and_traces_see_its_visits_all_the_same(
    shelf: Shelf, venues: list[Venue], caplog: pytest.LogCaptureFixture
) -> None:
    meeting(venues[0].pk, NOW - 2 * HOUR)
    keeping.keep(NOW)
    (by_person,) = shelf.folder(TODAY).glob("*/by_person")
    content = bytearray(by_person.read_bytes())
    content[0] ^= 1
    by_person.write_bytes(content)
    bad = keeping.condition(shelf, TODAY, NOW, verify=True)
    assert bad.reason is Reason.DAMAGED
    assert f"{TODAY}" in bad.damage
    by_person.unlink()
    assert found(Current().index(NOW)).equals(found(plain_index()))
    assert f"{TODAY}" in caplog.text
    assert keeping.keep(NOW, verify=True) == {TODAY: Reason.DAMAGED}
    assert keeping.condition(shelf, TODAY, NOW, verify=True).reason is None


def test_without_an_older_day_there_is_no_index(shelf: Shelf, venues: list[Venue]) -> None:
    assert Current().index(NOW) is None
    keeping.keep(NOW)
    keeping.drop({TODAY, YESTERDAY})
    assert Current().index(NOW) is not None
    keeping.drop({TODAY - 3 * DAY})
    assert Current().index(NOW) is None


def test_a_segment_that_the_database_does_not_acknowledge_counts_as_none(shelf: Shelf, venues: list[Venue]) -> None:
    """As after a restored backup: the folder tells of scans that the database has never seen."""
    keeping.keep(NOW)
    Segment.objects.filter(day=TODAY - 9 * DAY).update(seal="00000000-0000-7000-8000-000000000001")
    assert keeping.keep(NOW) == {TODAY - 9 * DAY: Reason.MISSING}


def test_in_a_database_restored_elsewhere_everything_begins_anew(shelf: Shelf, venues: list[Venue]) -> None:
    keeping.keep(NOW)
    meeting(venues[0].pk, NOW - 3 * DAY)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_home SET home = 'another/1'")
    assert Current().index(NOW) is None
    assert keeping.keep(NOW) == dict.fromkeys(kept_days(NOW), Reason.MISSING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(landed) FROM check_in")
        assert cursor.fetchone() == (2, 0)
    land(CheckIn(9, AN, venues[1].pk, NOW - 3 * DAY + 2 * HOUR))
    index = Current().index(NOW)
    assert visits_of(index) == 3
    assert found(index).equals(found(plain_index()))


def test_late_rows_of_a_day_are_found_whatever_their_identifier_says(shelf: Shelf, venues: list[Venue]) -> None:
    at, venue = NOW - 4 * DAY, venues[0].pk
    odd = CheckIn(1, AN, venue, at, clock=700)
    land(CheckIn(2, BINH, venue, at), odd, CheckIn(3, AN, venue, NOW - HOUR))
    seen = current_snapshot()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL dauchan.retention = 'on'")
        cursor.execute("CREATE TEMPORARY TABLE moved AS SELECT * FROM check_in")
        cursor.execute("DELETE FROM check_in")
        cursor.execute("INSERT INTO check_in SELECT * FROM moved")
        cursor.execute("UPDATE moved SET landed = 1")  # as if long ago
        cursor.execute("DELETE FROM check_in")
        cursor.execute("INSERT INTO check_in SELECT * FROM moved")
    assert len(late_for(local_day(at), seen)) == len(late_since(seen)) == 0
    land(CheckOut(4, odd, AN, at + HOUR), CheckIn(5, BINH, venue, at + HOUR, clock=-9))
    assert sorted(late_for(local_day(at), seen).person.tolist()) == [AN, BINH]
    assert sorted(late_since(seen).person.tolist()) == [AN, BINH]
    assert not len(late_for(TODAY, seen))


def test_what_the_asking_transaction_has_yet_to_write_is_late_even_after_others_have_ended(
    venues: list[Venue], database_url: str
) -> None:
    """As when several databases of one server are busy: they count their transactions together."""
    at = NOW - 4 * DAY
    land(CheckIn(1, BINH, venues[0].pk, at))
    with psycopg.connect(database_url) as other:
        other.execute("SELECT pg_current_xact_id()")
    seen = current_snapshot()
    land(CheckIn(2, AN, venues[0].pk, at))
    assert AN in late_for(local_day(at), seen).person
    assert AN in late_since(seen).person


def test_a_late_flood_takes_visits_away(shelf: Shelf, venues: list[Venue]) -> None:
    at = NOW - 4 * DAY
    meeting(venues[0].pk, at)
    keeping.keep(NOW)
    land(CheckIn(9, BINH, venues[1].pk, at + dt.timedelta(minutes=1), PACE))
    index = Current().index(NOW)
    assert visits_of(index) == 1
    assert found(index).equals(found(plain_index()))


def test_another_usual_stay_of_a_category_is_another_end(shelf: Shelf, venues: list[Venue]) -> None:
    land(CheckIn(1, AN, venues[0].pk, NOW - 4 * DAY), CheckIn(2, BINH, venues[0].pk, NOW - 4 * DAY + 2 * HOUR / 3))
    keeping.keep(NOW)
    current = Current()
    assert len(found(current.index(NOW))) == 1
    Category.objects.filter(code="visits-test").update(default_stay_minutes=20)
    assert found(current.index(NOW)).equals(found(plain_index()))
    assert not len(found(current.index(NOW)))


def test_nothing_of_a_day_stays_on_disk_past_retention(
    shelf: Shelf, visiting: Callable[..., int], venues: list[Venue]
) -> None:
    """Case 8: with the day of the ledger goes its segment, and the purge says so."""
    visiting(AN, venues[0].pk, NOW - 2 * HOUR)
    keeping.keep(NOW)
    later = midnight(TODAY + 22 * DAY)
    assert purge(later, dry_run=True).segments == 22
    assert shelf.folder(TODAY).exists()
    assert purge(later).segments == 22
    assert AuditEntry.objects.get(action="ledger.purged").detail["segments"] == 22
    assert not [path for path in shelf.root.iterdir() if path.name != "shelf"]
    assert not Segment.objects.exists()


def test_the_command_tells_writes_verifies_and_drops(
    shelf: Shelf, visiting: Callable[..., int], venues: list[Venue], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    visiting(AN, venues[0].pk, now - HOUR)

    def said(*words: str, code: int = 0) -> str:
        done = CliRunner().invoke(main, ["segments", *words])
        assert done.exit_code == code, done.output
        return done.stdout

    assert json.loads(said("status", "--json"))["to_write"] == 22
    assert "22 days written" in said("seal")
    told = json.loads(said("status", "--json"))
    assert told["to_write"] == 0
    assert [day["visits"] for day in told["days"] if day["visits"]] == [1]
    assert "draft" in said("status")
    assert "nguyên vẹn" in said("verify", "--against-ledger")
    today = local_day(now)
    assert json.loads(said("rebuild", str(today), "--json")) == {str(today): "asked"}
    (array,) = shelf.folder(today).glob("*/by_venue")
    array.write_bytes(bytes(8))
    assert str(today) in said("verify", code=1)
    assert "1 days removed" in said("drop", str(today))
    assert "missing" in said("status")
    said("drop", code=2)


def test_a_segment_that_differs_from_the_ledger_is_found(shelf: Shelf, venues: list[Venue]) -> None:
    meeting(venues[0].pk, NOW - 4 * DAY)
    keeping.keep(NOW)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL dauchan.retention = 'on'")
        cursor.execute("DELETE FROM check_in WHERE person_id = %s", [AN])
        cursor.execute("UPDATE visits_segment SET seen = '9000000000:9000000000:'")  # it saw everything
    assert keeping.difference(shelf, TODAY - 4 * DAY)
    assert keeping.difference(shelf, TODAY - 5 * DAY) == 0


_WRITER = """
from dauchan.project.loading import load_django
load_django()
import datetime as dt
from dauchan.visits.segments import keeping
now = dt.datetime.fromisoformat({now!r})
print("writing", flush=True)
while True:
    keeping.keep(now, anyway=True)
"""


@pytest.mark.usefixtures("committed_ledger")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("after", [0.0, 0.4, 1.1])
def test_whoever_is_killed_while_writing_leaves_the_last_good_state(
    shelf: Shelf, venues: list[Venue], database_url: str, after: float
) -> None:
    meeting(venues[0].pk, NOW - 2 * HOUR)
    keeping.keep(NOW)
    var = shelf.root.parent
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER.format(now=NOW.isoformat())],
        env={**os.environ, "DATABASE_URL": database_url, "DAUCHAN_VAR": str(var)}, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert writer.stdout is not None
    writer.stdout.readline()
    time.sleep(after)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    states = [keeping.condition(own_shelf(), day, NOW, verify=True) for day in kept_days(NOW)]
    assert [each.day for each in states if each.damage or each.acknowledged is None] == []
    assert found(Current().index(NOW)).equals(found(plain_index()))
    wait_for_the_lock()
    assert keeping.keep(NOW, anyway=True)
    left = [path for path in shelf.root.glob("*/*") if path.is_dir()]
    assert len(left) == len(kept_days(NOW))


def wait_for_the_lock() -> None:
    """The server notices a killed client a moment later."""
    deadline = time.monotonic() + 30
    while keeping.keep(NOW) is None and time.monotonic() < deadline:
        time.sleep(0.05)


def test_the_shelf_keeps_its_name(tmp_path: Path, shelf: Shelf) -> None:
    assert own_shelf() == shelf
    (shelf.root / "shelf").write_text("no name")
    assert own_shelf().name != shelf.name
