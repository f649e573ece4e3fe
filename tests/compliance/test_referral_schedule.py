"""When the clock of a referral strikes: whatever was missed, each strike once, and nobody reported unreminded."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dauchan.compliance.referrals.schedule import AFTER, BEFORE, UP, Strike, Terms, strikes_due
from dauchan.units.deadlines import OfficeCalendar, add_working_days, is_working_day, working_days_between
from dauchan.vietnamese.dates import LOCAL

BEGAN = dt.datetime(2026, 3, 2, 9, tzinfo=LOCAL)
CALENDARS = st.builds(OfficeCalendar, st.frozensets(st.dates(dt.date(2026, 3, 1), dt.date(2026, 5, 1)), max_size=10))
TERMS = st.builds(Terms, st.integers(0, 3), st.integers(1, 4), st.integers(1, 4), st.integers(0, 2))
#: When the worker runs: hours after the referral was handed over.
RUNS = st.lists(st.integers(1, 24 * 90), min_size=1, max_size=15).map(sorted)

#: A machine under load draws slowly; few examples show it as well.
SLOWLY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def run_at(
    hours: list[int], due_at: dt.datetime, terms: Terms, calendar: OfficeCalendar
) -> list[tuple[Strike, dt.datetime]]:
    struck: dict[str, dt.datetime] = {}
    history = []
    for hour in hours:
        now = BEGAN + dt.timedelta(hours=hour)
        for strike in strikes_due(BEGAN, due_at, terms, calendar, now, struck):
            struck[strike.mark] = now
            history.append((strike, now))
    return history


@SLOWLY
@given(RUNS, st.integers(1, 10), TERMS, CALENDARS)
def test_each_strike_comes_once_and_never_early(
    hours: list[int], days: int, terms: Terms, calendar: OfficeCalendar
) -> None:
    due_at = add_working_days(BEGAN, days, calendar)
    history = run_at([hour for hour in hours for _twice in range(2)], due_at, terms, calendar)
    marks = [strike.mark for strike, _at in history]
    assert len(marks) == len(set(marks))
    for strike, at in history:
        assert strike.planned_at <= at
        assert is_working_day(strike.planned_at.astimezone(LOCAL).date(), calendar)
        assert (strike.planned_at < due_at) == (strike.kind == BEFORE)


@SLOWLY
@given(RUNS, TERMS, CALENDARS)
def test_a_level_is_told_only_a_working_day_after_the_last_reminder_was_sent(
    hours: list[int], terms: Terms, calendar: OfficeCalendar
) -> None:
    history = run_at(hours, add_working_days(BEGAN, 5, calendar), terms, calendar)
    sent = {strike.number: at for strike, at in history if strike.kind == AFTER}
    for strike, at in history:
        if strike.kind == UP:
            last = sent[strike.number * terms.reminders].astimezone(LOCAL).date()
            assert working_days_between(last, at.astimezone(LOCAL).date(), calendar) >= 1
    assert len([strike for strike, _at in history if strike.kind == UP]) <= terms.levels


@SLOWLY
@given(RUNS, TERMS, CALENDARS)
def test_after_an_outage_nothing_is_left_out(hours: list[int], terms: Terms, calendar: OfficeCalendar) -> None:
    """Once a worker has run late, every reminder up to then is in the history, whatever runs were missed."""
    due_at = add_working_days(BEGAN, 5, calendar)
    late = [*hours, 24 * 90]
    always = run_at(list(range(1, 24 * 90 + 1, 12)), due_at, terms, calendar)
    after = {strike.mark for strike, _at in run_at(late, due_at, terms, calendar) if strike.kind == AFTER}
    assert after == {strike.mark for strike, _at in always if strike.kind == AFTER}
