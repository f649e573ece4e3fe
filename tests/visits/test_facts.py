"""What is known of single visits, in the order in which they are asked for."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import numpy as np
from django.db import connection

from dauchan.venues.models import Venue
from dauchan.visits.facts import facts_of_visits
from dauchan.visits.registry import Assurance, Label, Source

AN, BINH, CHI = 2**44 + 1, 2**44 + 2, 2**44 + 3
MORNING = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
SCAN = """
INSERT INTO check_in (check_in_id, person_id, venue_id, entered_at, device_at, received_at, labels, source, assurance)
VALUES (%(id)s, %(person)s, %(venue)s, %(at)s, %(at)s, %(at)s, %(labels)s, %(source)s, %(assurance)s)
"""


def scan(
    person: int, venue: Venue, at: dt.datetime, labels: int = 0, days_wrong: int = 0, source: Source = Source.POSTER
) -> None:
    """A row of the ledger, whose identifier may lie about its day."""
    instant = at + dt.timedelta(days=days_wrong)
    identifier = uuid.UUID(int=int(instant.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62 | uuid.uuid4().int % 2**40)
    given: dict[str, Any] = {"id": identifier, "person": person, "venue": venue.pk, "at": at, "labels": int(labels)}
    with connection.cursor() as cursor:
        cursor.execute(SCAN, {**given, "source": source, "assurance": Assurance.PHONE})


def labels_of(*asked: tuple[int, Venue, dt.datetime]) -> list[int]:
    columns = ([person for person, _, _ in asked], [venue.pk for _, venue, _ in asked])
    entered = [int(at.timestamp()) for _, _, at in asked]
    labels: list[int] = facts_of_visits(*(np.array(each, np.int64) for each in (*columns, entered))).labels.tolist()
    return labels


def minutes(number: float) -> dt.datetime:
    return MORNING + dt.timedelta(minutes=number)


def test_facts_stand_in_the_order_that_was_asked_for(venues: list[Venue]) -> None:
    first, second = venues
    scan(AN, first, minutes(0), Label.OFFLINE)
    scan(BINH, second, minutes(3), Label.CLOCK_SKEW, source=Source.GATE)
    scan(AN, second, minutes(90), Label.LATE)
    asked = (AN, second, minutes(90)), (CHI, first, minutes(0)), (BINH, second, minutes(3)), (AN, first, minutes(0))
    assert labels_of(*asked) == [Label.LATE, 0, Label.CLOCK_SKEW, Label.OFFLINE]
    assert labels_of(asked[0], asked[3], asked[0]) == [Label.LATE, Label.OFFLINE, Label.LATE]
    found = facts_of_visits(*(np.array([n]) for n in (BINH, second.pk, int(minutes(3).timestamp()))))
    assert [column.tolist() for column in found] == [[Label.CLOCK_SKEW], [Assurance.PHONE], [Source.GATE]]
    assert [len(column) for column in facts_of_visits(*np.empty((3, 0), np.int64))] == [0, 0, 0]


def test_a_fraction_of_a_second_and_another_place_in_the_same_second_are_told_apart(venues: list[Venue]) -> None:
    first, second = venues
    scan(AN, first, MORNING + dt.timedelta(milliseconds=700), Label.OFFLINE)
    scan(AN, second, MORNING + dt.timedelta(milliseconds=100), Label.LATE)
    assert labels_of((AN, first, MORNING), (AN, second, MORNING)) == [Label.OFFLINE, Label.LATE]


def test_scans_whose_identifier_lies_about_its_day_are_found(venues: list[Venue]) -> None:
    first, second = venues
    Venue.objects.filter(pk=first.pk).update(lat=16.4, lon=107.6)
    Venue.objects.filter(pk=second.pk).update(lat=17.4, lon=107.6)
    scan(AN, first, minutes(0), Label.OFFLINE, days_wrong=-9)
    scan(BINH, first, minutes(0), Label.LATE)
    scan(BINH, second, minutes(5), days_wrong=700)  # nobody is there in five minutes
    asked = (AN, first, minutes(0)), (BINH, first, minutes(0))
    assert labels_of(*asked) == [Label.OFFLINE, Label.LATE | Label.IMPOSSIBLE_TRAVEL]
