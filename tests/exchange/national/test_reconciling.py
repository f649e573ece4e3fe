"""Counts and digests at both ends; what differs is found, and only that is sent again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from dauchan.exchange.contract.digests import digest_of
from dauchan.exchange.contract.schema import CURRENT, KINDS
from dauchan.exchange.national import digests
from dauchan.exchange.national.models import Batch, UnitDay, VenueDigest
from dauchan.exchange.national.reconciling import Wish, reconcile
from dauchan.exchange.national.turns import forget_receiver
from dauchan.units.models import AuditEntry
from dauchan.venues.models import Venue
from tests.exchange.national.conftest import CODE, Ends, Visiting, turned

ATTEMPT = (
    "INSERT INTO scan_attempt (attempt_id, venue_id, attempted_at, device_at, received_at, reason, source)"
    " SELECT gen_random_uuid(), CASE n %% 2 WHEN 0 THEN %s END, %s, %s, %s, 2, 1 FROM generate_series(1, 20) AS n"
)


def yesterday() -> dt.date:
    return timezone.localdate() - dt.timedelta(days=1)


def test_what_differs_is_mended_and_nothing_else_is_sent(
    ends: Ends, visiting: Visiting, exchange_venues: list[Venue]
) -> None:
    visiting(3000)
    at = timezone.now() - dt.timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(ATTEMPT, [exchange_venues[0].pk, at, at, at])
    agreement = ends.agree()
    first = reconcile(agreement)
    assert first is not None
    assert (first.outcome, first.differing, first.records) == ("equal", 0, 3023)
    assert UnitDay.objects.filter(kind="visits", day=yesterday(), is_equal=True).count() == 2

    lost, changed = (
        row[0] for row in ends.there("SELECT visit_id FROM national.visits ORDER BY visit_id LIMIT 2 OFFSET 700")
    )
    ends.centre.execute("DELETE FROM national.visits WHERE visit_id = %s", [lost])
    ends.centre.execute(
        "UPDATE national.visits SET venue_id = %s, revision = 99 WHERE visit_id = %s", [exchange_venues[2].pk, changed]
    )
    ends.centre.execute("UPDATE national.venues SET name = 'khác' WHERE venue_id = %s", [exchange_venues[1].pk])
    ends.centre.execute(
        "DELETE FROM national.attempts WHERE venue_id IS NULL AND ctid = (SELECT min(ctid) FROM national.attempts WHERE venue_id IS NULL)"
    )
    before = Batch.objects.count()
    second = reconcile(agreement)
    assert second is not None
    assert (second.outcome, second.mended) == ("mended", 4)
    assert Batch.objects.count() - before == 3
    assert 0 < second.bytes < 1_000_000
    assert (
        ends.there(
            "SELECT revision, venue_id = %s FROM national.visits WHERE visit_id = %s", exchange_venues[2].pk, changed
        )[0][0]
        == 2
    )
    assert ends.there("SELECT name FROM national.venues WHERE venue_id = %s", exchange_venues[1].pk) == [("Quán 1",)]
    third = reconcile(agreement, Wish(afresh=True))
    assert third is not None
    assert (third.outcome, third.differing, ends.count(), ends.count("attempts")) == ("equal", 0, 3000, 20)
    assert AuditEntry.objects.filter(action="exchange.reconciled").count() == 3


def test_what_only_the_receiver_has_is_told_and_left_until_somebody_says_so(ends: Ends, visiting: Visiting) -> None:
    visiting(200)
    agreement = ends.agree()
    turned(agreement)
    ends.centre.execute(
        "INSERT INTO national.visits (origin, visit_id, revision, venue_id, entered_at, cut_at)"
        " SELECT origin, gen_random_uuid(), 1, venue_id, entered_at, cut_at FROM national.visits LIMIT 1"
    )
    told = reconcile(agreement)
    assert told is not None
    assert (told.outcome, told.differing, told.mended, ends.count()) == ("different", 1, 0, 201)
    assert UnitDay.objects.get(kind="visits", day=yesterday(), is_equal=False).differing == 1
    done = reconcile(agreement, Wish(withdraw=True))
    assert done is not None
    assert (done.outcome, done.withdrawn, ends.count()) == ("mended", 1, 200)
    assert ends.there("SELECT reason, record IS NOT NULL FROM national.set_aside") == [("withdrawn", True)]


def test_a_venue_with_many_records_is_divided(ends: Ends, visiting: Visiting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dauchan.exchange.national.differences.MOST_LISTED", 50)
    visiting(2400)
    agreement = ends.agree()
    turned(agreement)
    ends.centre.execute(
        "DELETE FROM national.visits WHERE visit_id = (SELECT min(visit_id::text)::uuid FROM national.visits)"
    )
    done = reconcile(agreement)
    assert done is not None
    assert (done.outcome, done.differing, done.mended, ends.count()) == ("mended", 1, 1, 2400)


def test_digests_are_the_same_in_both_languages_and_kept_ones_follow_the_ledger(ends: Ends, visiting: Visiting) -> None:
    """As the schema says it, as the receiver's column has it, as this end's SQL computes it."""
    visiting(60)
    agreement = ends.agree()
    turned(agreement)
    kind = KINDS["visits"]
    names = [field.name for field in kind.fields]
    rows = ends.there(f"SELECT digest, {', '.join(names)} FROM national.visits")  # noqa: S608 - our own words
    for digest, *values in rows:
        row = {name: getattr(value, "bytes", value) for name, value in zip(names, values, strict=True)}
        assert digest == digest_of(kind.fields, row)
    digests.refresh(agreement, CURRENT, [yesterday()])
    before = {each.venue_id: each.digest for each in VenueDigest.objects.filter(kind="visits")}
    assert len(before) == 3
    visiting(1, first_person=999)
    digests.refresh(agreement, CURRENT, [yesterday()])
    kept = dict(VenueDigest.objects.filter(kind="visits").values_list("venue_id", "digest"))
    assert sum(kept[venue] != before[venue] for venue in before) == 1
    digests.refresh(agreement, CURRENT, [yesterday()], afresh=True)
    assert kept == dict(VenueDigest.objects.filter(kind="visits").values_list("venue_id", "digest"))


def test_a_receiver_of_the_version_before_is_served_and_gets_the_new_fields_once_it_is_renewed(
    ends: Ends, visiting: Visiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    visiting(90)
    agreement = ends.agree()
    with monkeypatch.context() as before:
        before.setattr("dauchan.exchange.national.link.VERSIONS", (1,))
        old = reconcile(agreement)
    assert old is not None
    assert (old.outcome, ends.there("SELECT count(*), count(party) FROM national.visits")) == ("equal", [(90, 0)])
    forget_receiver(CODE)
    new = reconcile(agreement)
    assert new is not None
    assert (new.outcome, new.differing) == ("equal", 0)
    assert ends.there("SELECT count(*), count(party) FROM national.visits") == [(90, 90)]
