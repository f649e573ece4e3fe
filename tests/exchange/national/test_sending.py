"""What the ledger has reaches the receiver, once, in whatever pieces, and a change follows."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from dauchan.exchange.national.errors import AgreementRefused
from dauchan.exchange.national.models import Batch, SetAside, Standing, Stream
from dauchan.exchange.national.queries import situation_of
from dauchan.exchange.national.status import metrics, status_of
from dauchan.venues.models import Venue
from dauchan.visits.models import CheckIn
from tests.exchange.national.conftest import Ends, Visiting, turned

CHECK_OUT = (
    "INSERT INTO check_out (check_in_id, check_out_id, person_id, left_at, device_at, received_at, closed_by)"
    " VALUES (%s, %s, %s, %s, %s, now(), 1)"
)


def test_visits_and_venues_arrive_and_the_change_of_a_visit_follows(
    ends: Ends, visiting: Visiting, exchange_venues: list[Venue]
) -> None:
    visiting(1000)
    agreement = ends.agree(rows=300)
    first = turned(agreement)
    assert (first.failure, ends.count(), ends.count("venues")) == (None, 1000, 3)
    visiting(500, days_ago=0, first_person=5000, ends=False)
    assert turned(agreement).records == 500
    assert ends.count() == 1500
    assert turned(agreement).records == 0
    visit = CheckIn.objects.get(person_id=5000)
    left = visit.entered_at + dt.timedelta(minutes=7)
    with connection.cursor() as cursor:
        cursor.execute(CHECK_OUT, [visit.pk, uuid4(), visit.person_id, left, left])
    assert turned(agreement).records == 1
    assert ends.there("SELECT revision, left_at, left_by FROM national.visits WHERE visit_id = %s", visit.pk) == [
        (2, left, 1)
    ]
    situation = situation_of(agreement)
    assert (situation.backlog, situation.lag, situation.is_failing, situation.sent) == (0, None, False, 1504)
    assert situation.rate > 0
    assert not Stream.objects.filter(purpose="backfill", finished_at__isnull=True).exists()
    assert status_of(agreement)["backlog"] == 0
    assert 'dauchan_exchange_backlog_records{receiver="national"} 0' in metrics()


def test_nobody_is_named_there(ends: Ends, visiting: Visiting, exchange_venues: list[Venue]) -> None:
    """A person is another number to each receiver; a sensitive place has neither name nor address."""
    Venue.objects.filter(pk=exchange_venues[0].pk).update(sensitive=True, phone="0905123456")
    visiting(30, first_person=7_000_000_000)
    turned(ends.agree())
    pseudonyms = {row[0] for row in ends.there("SELECT person FROM national.visits")}
    assert len(pseudonyms) == 30
    everything = str(ends.there("SELECT * FROM national.visits")) + str(ends.there("SELECT * FROM national.venues"))
    assert "7000000" not in everything
    assert "0905123456" not in everything
    said = ends.there("SELECT name, address, unit_code FROM national.venues WHERE venue_id = %s", exchange_venues[0].pk)
    assert said == [(None, None, "99990")]


def test_a_slow_transaction_is_not_passed_over(ends: Ends, visiting: Visiting, database_url: str) -> None:
    """Its number is lower than of those that were sent before it was committed."""
    agreement = ends.agree()
    turned(agreement)
    with psycopg.connect(database_url) as slow:
        at = timezone.now()
        venue = Venue.objects.latest("pk").pk
        slow.execute(
            "INSERT INTO check_in (check_in_id, person_id, venue_id, entered_at, device_at, received_at, source, assurance)"
            " VALUES (%s, 1, %s, %s, %s, %s, 1, 1)",
            [uuid4(), venue, at, at, at],
        )
        visiting(10, days_ago=0, first_person=100)
        assert turned(agreement).records == 10
        assert turned(agreement).records == 0
        slow.commit()
    assert turned(agreement).records == 1
    assert ends.count() == 11


def test_the_agreement_decides_words_fields_days_and_form(ends: Ends, visiting: Visiting) -> None:
    tables = '[fields]\nvisits = { person = "ma_nguoi", venue_id = "ma_diem", left_at = "gio_ra" }\n'
    agreement = ends.agree(tables=tables, encoding="jsonl", compression="gzip", first_on=timezone.localdate())
    visiting(20, days_ago=2)
    visiting(20, days_ago=0, first_person=50)
    turned(agreement)
    # The receiver was told nothing of other words: it keeps them beside the record, and none of the known fields has a value.
    assert ends.count() == 0
    assert {row[0] for row in ends.there("SELECT DISTINCT reason FROM national.set_aside")} == {"missing:venue_id"}
    agreement = ends.agree(
        tables='[fields]\nvisits = ["left_at"]\n', first_on=timezone.localdate(), encoding="jsonl", compression="zstd"
    )
    turned(agreement)
    assert ends.count() == 20
    assert ends.there("SELECT DISTINCT person, source, left_at IS NULL FROM national.visits") == [(None, None, False)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"tables": '[fields]\nvisits = ["full_name"]\n'},
        {"tables": '[fields]\npeople = ["phone"]\n'},
        {"url": "http://centre.example"},
        {"rows": 0},
        {"encoding": "csv"},
        {"client_secret_file": "elsewhere"},
    ],
)
def test_an_agreement_that_cannot_be_is_refused(ends: Ends, wrong: dict[str, object]) -> None:
    with pytest.raises(AgreementRefused):
        ends.agree(**wrong)


def test_a_poison_record_is_set_aside_and_sent_once_it_is_sound(
    ends: Ends, visiting: Visiting, exchange_venues: list[Venue]
) -> None:
    """At this end one from another century, at the other one that only the receiver refuses; the others go on."""
    visiting(50)
    Venue.objects.filter(pk=exchange_venues[1].pk).update(address="x" * 199, name="Quán\x01")
    at = dt.datetime(2019, 1, 1, tzinfo=dt.UTC)
    agreement = ends.agree()
    turned(agreement)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO check_in (check_in_id, person_id, venue_id, entered_at, device_at, received_at, source, assurance, labels)"
            " VALUES (%s, 1, %s, %s, %s, %s, 1, 1, -5)",
            [uuid4(), exchange_venues[0].pk, timezone.now(), at, at],
        )
    visiting(5, days_ago=0, first_person=900)
    assert turned(agreement).failure is None
    assert ends.count() == 55
    aside = SetAside.objects.get()
    assert (aside.end, aside.kind, aside.reason, aside.venue_id) == (
        "here",
        "visits",
        "out_of_range:labels",
        exchange_venues[0].pk,
    )
    assert situation_of(agreement).set_aside == 1
    assert Batch.objects.filter(acknowledged_at__isnull=True).count() == 0


def test_paused_nothing_is_sent_and_nothing_is_lost(ends: Ends, visiting: Visiting) -> None:
    agreement = ends.agree()
    turned(agreement)
    Standing.objects.update(is_paused=True)
    visiting(10, days_ago=0)
    assert turned(agreement).waits
    Standing.objects.update(is_paused=False)
    assert turned(agreement).records == 10
