"""However late, doubled or out of order scans arrive: segments and what landed since are traced as the plain ledger is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import psycopg
import pytest
from django.db import connection
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dauchan.venues.models import Category, Venue
from dauchan.visits.models import Segment
from dauchan.visits.segments import keeping
from dauchan.visits.segments.current import Current
from tests.visits.conftest import STAY
from tests.visits.segments.stories import DAYS_BACK, NOW, TODAY, arrivals, found, plain_index

DAYS = [TODAY - dt.timedelta(days=back) for back in range(DAYS_BACK + 2)]


@contextmanager
def emptied() -> Iterator[None]:
    """An example of its own: rows are really committed, and gone before the next."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE check_in, check_out")
    Segment.objects.all().delete()
    Category.objects.filter(code="visits-test").update(default_stay_minutes=STAY)
    with (
        TemporaryDirectory() as root,
        override_settings(SEGMENTS_ROOT=str(Path(root) / "segments")),
        patch("os.fsync"),  # nobody pulls the plug here
    ):
        yield


@pytest.mark.usefixtures("committed_ledger")
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_same_contacts_as_without_segments(database_url: str, venues: list[Venue], data: st.DataObject) -> None:
    rows = data.draw(arrivals([venue.pk for venue in venues]))
    after = st.integers(0, len(rows))
    kept_after, asked_after = data.draw(st.sets(after, max_size=2)), data.draw(st.sets(after, max_size=3))
    # A transaction that is slower than all others: its rows are there from the first, and committed late.
    slow, committed_after = data.draw(st.sets(st.sampled_from([row.check_in.number for row in rows]))), data.draw(after)
    renewed = data.draw(st.sets(st.sampled_from(DAYS)))
    current = Current()
    with emptied(), psycopg.connect(database_url) as other:
        keeping.keep(NOW)
        for row in rows:
            if row.check_in.number in slow:
                row.land(other)
        for nth, row in enumerate(rows):
            if row.check_in.number not in slow:
                row.land(connection)
            if nth == committed_after:
                other.commit()
            if nth in asked_after:
                assert found(current.index(NOW)).equals(found(plain_index()))
            if nth in kept_after:
                keeping.keep(NOW, renewed, anyway=True)
        other.commit()
        if data.draw(st.booleans()):
            Category.objects.filter(code="visits-test").update(default_stay_minutes=75)
        assert found(current.index(NOW)).equals(found(plain_index()))
        assert found(Current().index(NOW)).equals(found(plain_index()))
        assert keeping.keep(NOW, DAYS, anyway=True)
        assert found(current.index(NOW)).equals(found(plain_index()))
