"""The ledger's rules in the database: append-only, one row an identifier, ends that are derived and never invented."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import ProgrammingError

from dauchan.venues.models import Venue, VenueStatus
from dauchan.visits.errors import LedgerIsAppendOnly
from dauchan.visits.models import CheckIn, Visit
from dauchan.visits.queries import diary_of, headcount, open_visit_of, scans_by_day
from dauchan.visits.registry import (
    Assurance,
    AttemptReason,
    Closer,
    Label,
    Source,
    registry,
)
from dauchan.visits.sql import blocks, script

AN, BINH = 1_000_001, 1_000_002
NOON = dt.datetime(2026, 3, 10, 5, 0, tzinfo=dt.UTC)
STAY = 45
MINUTE = dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    "statement", ["UPDATE check_in SET party = 2", "DELETE FROM check_in", "DELETE FROM check_out"]
)
def test_facts_are_neither_changed_nor_removed(
    venues: list[Venue], visiting: Callable[..., int], statement: str
) -> None:
    visiting(AN, venues[0].pk, NOON, NOON + MINUTE)
    with (
        pytest.raises((InternalError, ProgrammingError), match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    row = CheckIn.objects.get()
    with pytest.raises(LedgerIsAppendOnly):
        row.save()
    with pytest.raises(LedgerIsAppendOnly):
        row.delete()


def test_a_recorded_end_counts_and_is_not_imputed(venues: list[Venue], visiting: Callable[..., int]) -> None:
    visiting(AN, venues[0].pk, NOON, NOON + 90 * MINUTE)
    visit = Visit.objects.get()
    assert (visit.left_at, visit.imputed_left_at, visit.left_by) == (NOON + 90 * MINUTE, None, Closer.VISITOR)
    assert visit.ended_at == visit.left_at


def test_without_an_end_the_usual_stay_of_the_category_counts(
    venues: list[Venue], visiting: Callable[..., int]
) -> None:
    visiting(AN, venues[0].pk, NOON)
    visit = Visit.objects.get()
    assert (visit.left_at, visit.imputed_left_at, visit.left_by) == (None, NOON + STAY * MINUTE, Closer.DEFAULT_STAY)


def test_the_next_check_in_ends_a_visit_if_it_comes_within_the_usual_stay(
    venues: list[Venue], visiting: Callable[..., int]
) -> None:
    for after in (0, 20, 20 + STAY):
        visiting(AN, venues[after == 20].pk, NOON + after * MINUTE)
    visiting(BINH, venues[0].pk, NOON + 10 * MINUTE)
    ends = [
        (visit.ended_at - NOON, visit.left_by) for visit in Visit.objects.filter(person_id=AN).order_by("entered_at")
    ]
    assert ends == [
        (20 * MINUTE, Closer.NEXT_CHECK_IN),
        ((20 + STAY) * MINUTE, Closer.DEFAULT_STAY),
        ((20 + 2 * STAY) * MINUTE, Closer.DEFAULT_STAY),
    ]


def test_a_diary_is_one_persons_and_the_latest_comes_first(venues: list[Venue], visiting: Callable[..., int]) -> None:
    visiting(AN, venues[0].pk, NOON)
    visiting(AN, venues[1].pk, NOON + 60 * MINUTE)
    visiting(BINH, venues[1].pk, NOON)
    assert [visit.venue.name for visit in diary_of(AN)] == ["Quán 1", "Quán 0"]


def test_an_open_visit_is_one_that_nobody_closed_and_whose_stay_is_not_over(
    venues: list[Venue], visiting: Callable[..., int]
) -> None:
    visiting(AN, venues[0].pk, NOON)
    visiting(BINH, venues[0].pk, NOON, NOON + 5 * MINUTE)
    open_visit = open_visit_of(AN, NOON + 10 * MINUTE)
    assert open_visit is not None
    assert open_visit.venue == venues[0]
    assert open_visit_of(AN, NOON + STAY * MINUTE) is None
    assert open_visit_of(AN, NOON - MINUTE) is None
    assert open_visit_of(BINH, NOON + 10 * MINUTE) is None


def test_the_headcount_follows_arrivals_and_departures(venues: list[Venue], visiting: Callable[..., int]) -> None:
    visiting(AN, venues[0].pk, NOON)
    visiting(BINH, venues[0].pk, NOON + 5 * MINUTE, NOON + 10 * MINUTE)
    counts = [headcount(venues[0].pk, NOON + minutes * MINUTE) for minutes in (-1, 0, 5, 9, 10, STAY - 1, STAY)]
    assert counts == [0, 1, 2, 2, 1, 1, 0]
    assert headcount(venues[1].pk, NOON) == 0


def test_scans_are_counted_by_local_day(venues: list[Venue], visiting: Callable[..., int]) -> None:
    late_evening = dt.datetime(2026, 3, 10, 16, 59, tzinfo=dt.UTC)  # 23:59 in Viet Nam
    visiting(AN, venues[0].pk, late_evening)
    visiting(AN, venues[0].pk, late_evening - MINUTE)
    visiting(BINH, venues[0].pk, late_evening + MINUTE)
    days = scans_by_day([venues[0].pk], dt.date(2026, 3, 10), dt.date(2026, 3, 11))[venues[0].pk]
    assert [(day.day.day, day.check_ins, day.people, day.headcount) for day in days] == [(10, 2, 1, 2), (11, 1, 1, 1)]
    assert scans_by_day([venues[0].pk], dt.date(2026, 3, 12), dt.date(2026, 3, 20)) == {}


def test_floods_are_counted_nowhere(venues: list[Venue], visiting: Callable[..., int]) -> None:
    visiting(AN, venues[0].pk, NOON)
    visiting(BINH, venues[0].pk, NOON)
    flood = """
        INSERT INTO check_in (check_in_id, person_id, venue_id, entered_at, device_at, received_at, labels, source, assurance)
        SELECT gen_random_uuid(), %(who)s, %(where)s, %(at)s, %(at)s, %(at)s, %(labels)s, 1, 2"""
    with connection.cursor() as cursor:  # at another venue, in the same ten minutes
        cursor.execute(flood, {"who": BINH, "where": venues[1].pk, "at": NOON + MINUTE, "labels": int(Label.PACE)})
    day = NOON.astimezone(dt.timezone(dt.timedelta(hours=7))).date()
    found = scans_by_day([venue.pk for venue in venues], day, day)
    assert {venue: [each.check_ins for each in days] for venue, days in found.items()} == {venues[0].pk: [1]}


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("label", Label),
        ("source", Source),
        ("assurance", Assurance),
        ("closer", Closer),
        ("attempt_reason", AttemptReason),
    ],
)
def test_every_number_has_its_words_and_no_words_are_without_a_number(
    name: str, members: type[Label | Source | Assurance | Closer | AttemptReason]
) -> None:
    words = registry()[name]
    assert list(words) == [str(member.name).lower() for member in members]
    assert all(said["vi"] and said["en"] and said["vi"] != said["en"] for said in words.values())


def test_numbers_in_the_doors_sql_are_those_of_the_registry() -> None:
    text = script("0002_door.sql") + script("0001_door.sql").partition("-- One check-out;")[2]
    labels = dict(re.findall(r"WHEN '(suspended|closed)' THEN (\d+)", text))
    assert labels == {"suspended": str(int(Label.VENUE_SUSPENDED)), "closed": str(int(Label.VENUE_CLOSED))}
    by_venue = Label.VENUE_SUSPENDED | Label.VENUE_CLOSED | Label.OUT_OF_HOURS | Label.REMOTE
    assert f"labels & {int(by_venue)} <>" in text
    rules = script("0002_rules.sql")
    assert f"THEN 0 ELSE {int(Label.OUT_OF_HOURS)} END" in rules
    assert f"THEN {int(Label.REMOTE)} ELSE 0 END" in rules
    assert f"labels & {int(Label.PACE)} = {int(Label.PACE)} OR" in rules
    crowd = int(Label.CROWD | Label.OUT_OF_HOURS)
    assert f"labels & {crowd} = {crowd}" in rules
    assert f"THEN {int(Label.IMPOSSIBLE_TRAVEL)} ELSE 0 END" in script("0002_visit.sql")
    assert f"WHEN alone THEN {int(Label.UNMATCHED)}" in text
    for label in (Label.CLAMPED, Label.SHORT_STAY, Label.LONG_STAY):
        assert f"THEN {int(label)}" in text
    for reason in (AttemptReason.ID_TAKEN, AttemptReason.VENUE_UNKNOWN):
        assert f"NULL THEN {int(reason)}" in text
    assert f"ELSE {int(AttemptReason.VENUE_NOT_OPEN)} END AS why" in text


def test_statuses_in_the_doors_sql_are_those_of_venues() -> None:
    named = set(re.findall(r"'(approved|suspended|closed)'", script("0002_door.sql")))
    assert named == {VenueStatus.APPROVED, VenueStatus.SUSPENDED, VenueStatus.CLOSED}


def test_every_block_of_sql_begins_with_what_it_does() -> None:
    found = blocks("queries.sql")
    assert "visits_between" in found
    assert all(text.startswith("-- ") for text in found.values())
