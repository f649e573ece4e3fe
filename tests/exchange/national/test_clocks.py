"""Clocks apart, by hours and by days: what both ends hold comes out equal, or it is told why a record was not taken."""

from __future__ import annotations

import datetime as dt

import pytest

from dauchan.exchange.national import cutting
from dauchan.exchange.national.models import SetAside
from dauchan.exchange.national.reconciling import Wish, reconcile
from dauchan.exchange.national.source import database_now
from dauchan.exchange.national.turns import forget_receiver
from dauchan.exchange.receiving.running import RunningReceiver
from tests.exchange.national.conftest import CODE, Ends, Visiting, turned

AFRESH = Wish(afresh=True)


def senders_clock(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    monkeypatch.setattr(cutting, "database_now", lambda: database_now() + dt.timedelta(days=days))


def compared(ends: Ends) -> tuple[str, int]:
    done = reconcile(ends.agree(), AFRESH)
    assert done is not None
    return done.outcome, done.differing


def test_what_was_cut_by_a_clock_days_ahead_is_taken_and_still_mended_when_it_is_right(
    ends: Ends, visiting: Visiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    visiting(60)
    with monkeypatch.context() as wrong:
        senders_clock(wrong, 9)
        assert turned(ends.agree()).failure is None
        assert ends.count() == 60
    ends.centre.execute("UPDATE national.visits SET left_at = left_at + interval '1 hour'")
    assert compared(ends) == ("mended", 60)
    assert compared(ends) == ("equal", 0)


def test_what_a_clock_days_behind_takes_for_the_future_is_set_aside_by_name_and_goes_over_when_it_is_right(
    ends: Ends, visiting: Visiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    visiting(60)
    with monkeypatch.context() as wrong:
        senders_clock(wrong, -9)
        assert turned(ends.agree()).failure is None
    assert ends.count() == 0
    told = SetAside.objects.filter(end="here", kind="visits").values_list("reason", flat=True)
    assert set(told) == {"impossible_time:entered_at"}
    assert len(told) == 60
    assert compared(ends)[0] == "mended"
    assert (ends.count(), compared(ends)) == (60, ("equal", 0))


@pytest.mark.parametrize("hours", [-7, 7])
def test_a_receiver_whose_clock_is_hours_apart_takes_all_and_its_tokens_count(
    ends: Ends, visiting: Visiting, centre_database: str, hours: int
) -> None:
    """Its database tells it another time: a function of that name stands before the real one."""
    ends.centre.execute(
        "CREATE SCHEMA IF NOT EXISTS elsewhere; CREATE OR REPLACE FUNCTION elsewhere.now() RETURNS timestamptz STABLE LANGUAGE sql"
        f" AS $$ SELECT pg_catalog.now() + interval '{hours} hours' $$; TRUNCATE national.token"
    )
    database = f"{centre_database}?options=-csearch_path%3Delsewhere,pg_catalog,public"
    visiting(40)
    with RunningReceiver(ends.receiver.config, database) as other:
        forget_receiver(CODE)
        agreement = ends.agree(url=other.url)
        assert turned(agreement).failure is None
        visiting(5, days_ago=0, first_person=900)
        assert turned(agreement).failure is None
        done = reconcile(agreement, AFRESH)
    assert done is not None
    assert (ends.count(), done.outcome) == (45, "equal")
    ((apart,),) = ends.there("SELECT extract(epoch FROM max(expires_at) - now()) / 3600 FROM national.token")
    assert abs(float(apart) - hours) < 2
