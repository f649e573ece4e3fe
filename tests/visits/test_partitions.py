"""Days of the ledger: opened ahead, dropped in time, and never a young row with them."""

import datetime as dt
import uuid
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from dauchan.units.audit import first_broken_entry
from dauchan.units.models import AuditEntry
from dauchan.venues.models import Venue
from dauchan.visits.jobs import keep_house_tonight
from dauchan.visits.models import CheckIn, CheckOut
from dauchan.visits.partitions import existing_days, local_day, midnight, open_days
from dauchan.visits.retention import first_kept_instant, keep_house, purge

AN = 1_000_001
NOW = dt.datetime(2031, 5, 20, 20, 0, tzinfo=dt.UTC)  # 03:00 on the 21st in Viet Nam
TODAY = dt.date(2031, 5, 21)
DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.django_db


def insert(check_in_id: uuid.UUID, entered_at: dt.datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO check_in (check_in_id, person_id, venue_id, entered_at, device_at, received_at, source, assurance)"
            " VALUES (%s, 1, 1, %s, %s, %s, 1, 1)",
            [check_in_id, entered_at, entered_at, entered_at],
        )


def uuid7(at: dt.datetime) -> uuid.UUID:
    return uuid.UUID(int=int(at.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62 | uuid.uuid4().int & (1 << 62) - 1)


def partition_of(check_in_id: uuid.UUID) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM check_in WHERE check_in_id = %s", [check_in_id])
        return str(cursor.fetchone()[0])


def test_a_day_begins_at_midnight_in_viet_nam() -> None:
    open_days(TODAY, TODAY + DAY)
    start = midnight(TODAY)
    assert start == dt.datetime(2031, 5, 20, 17, 0, tzinfo=dt.UTC)
    assert local_day(start) == TODAY
    for at, day in (
        (start, "20310521"),
        (start + DAY - dt.timedelta(milliseconds=1), "20310521"),
        (start + DAY, "20310522"),
    ):
        insert(check_in_id := uuid7(at), at)
        assert partition_of(check_in_id) == f"check_in_{day}"


def test_days_are_opened_once() -> None:
    assert open_days(TODAY, TODAY + 2 * DAY) == [TODAY, TODAY + DAY, TODAY + 2 * DAY]
    assert open_days(TODAY, TODAY + 3 * DAY) == [TODAY + 3 * DAY]
    assert {TODAY, TODAY + 3 * DAY} <= set(existing_days())


def test_rows_that_waited_for_their_day_move_into_it() -> None:
    insert(check_in_id := uuid7(NOW), NOW)
    assert partition_of(check_in_id) == "check_in_default"
    open_days(TODAY, TODAY)
    assert partition_of(check_in_id) == "check_in_20310521"


def test_an_identifier_with_an_impossible_time_has_a_place() -> None:
    for at in (dt.datetime(1970, 1, 2, tzinfo=dt.UTC), dt.datetime(2999, 1, 1, tzinfo=dt.UTC)):
        insert(check_in_id := uuid7(at), NOW)
        assert partition_of(check_in_id) == "check_in_default"


def test_purging_drops_what_is_older_than_21_days_and_says_so_before(
    venues: list[Venue], visiting: Callable[..., int]
) -> None:
    kept_from = first_kept_instant(NOW)
    assert kept_from == dt.datetime(2031, 4, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    visiting(AN, venues[0].pk, kept_from - dt.timedelta(seconds=1), kept_from + dt.timedelta(hours=1))
    visiting(AN, venues[0].pk, kept_from - 3 * DAY)
    visiting(AN, venues[0].pk, kept_from, kept_from + dt.timedelta(hours=1))
    announced = purge(NOW, dry_run=True)
    assert announced.check_ins == CheckIn.objects.filter(entered_at__lt=kept_from).count() == 2
    assert not AuditEntry.objects.exists()
    assert purge(NOW) == announced
    (line,) = AuditEntry.objects.filter(action="ledger.purged")
    assert (line.actor, line.detail["check_ins"]) == (None, announced.check_ins)
    assert first_broken_entry() is None
    assert CheckIn.objects.get().entered_at == kept_from
    assert CheckOut.objects.count() == 1
    assert min(existing_days()) >= local_day(kept_from)
    assert purge(NOW).check_ins == 0


def test_a_young_scan_whose_identifier_lies_about_its_day_survives_that_day() -> None:
    old_day = TODAY - 25 * DAY
    open_days(old_day, old_day)
    insert(check_in_id := uuid7(midnight(old_day)), NOW - DAY)
    purge(NOW)
    assert partition_of(check_in_id) == "check_in_default"


def test_an_old_scan_whose_identifier_lies_about_its_day_goes_all_the_same() -> None:
    open_days(TODAY, TODAY)
    insert(uuid7(NOW), NOW - 30 * DAY)
    insert(uuid7(NOW + 900 * DAY), NOW - 30 * DAY)
    assert purge(NOW).check_ins == 2
    assert not CheckIn.objects.exists()


def test_the_nightly_round_opens_two_weeks_ahead() -> None:
    keep_house(NOW)
    assert existing_days()[-15:] == [TODAY + n * DAY for n in range(15)]


def test_the_job_runs_at_two_in_the_night_of_viet_nam() -> None:
    from procrastinate.contrib.django import app

    (task,) = [
        each for (name, _), each in app.periodic_registry.periodic_tasks.items() if name == keep_house_tonight.name
    ]
    at = dt.datetime.fromtimestamp(
        task.croniter.get_next(float, start_time=NOW.timestamp()), ZoneInfo("Asia/Ho_Chi_Minh")
    )
    assert (at.hour, at.minute) == (2, 0)
    keep_house_tonight(0)
