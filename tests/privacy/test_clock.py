"""The law's clocks, for any day and any calendar."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from dauchan.privacy.rights.clock import act_by
from dauchan.units.deadlines import OfficeCalendar, is_working_day
from dauchan.vietnamese.dates import LOCAL


@settings(max_examples=40)
@given(
    st.integers(1_770_000_000, 1_890_000_000).map(lambda at: dt.datetime.fromtimestamp(at, dt.UTC)),
    st.integers(1, 40),
    st.frozensets(st.dates(dt.date(2026, 1, 1), dt.date(2026, 6, 1)), max_size=8),
)
def test_the_act_ends_on_a_working_day_and_never_before_the_laws_days(
    received: dt.datetime, days: int, rests: frozenset[dt.date]
) -> None:
    calendar = OfficeCalendar(rests=rests)
    ends = act_by(received, days, calendar).astimezone(LOCAL)
    lawful = received.astimezone(LOCAL).date() + dt.timedelta(days=days)
    assert is_working_day(ends.date(), calendar)
    assert ends.date() >= lawful
    assert not any(
        is_working_day(lawful + dt.timedelta(days=ahead), calendar) for ahead in range((ends.date() - lawful).days)
    )
