"""Screening the ledger: found, kept, repeated to the same signs, and remembered from night to night."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest
import time_machine
from click.testing import CliRunner
from django.utils import timezone

from dauchan.compliance.days import count_recent
from dauchan.compliance.signs import running
from dauchan.compliance.signs.dismissing import dismiss_sign, withdraw_dismissal
from dauchan.compliance.signs.errors import NothingToWithdraw, SetAsideAlready, SignGone, TooLong
from dauchan.compliance.signs.jobs import screen_tonight
from dauchan.compliance.signs.models import Dismissal, Kind, Origin, Outcome, ScreeningRun
from dauchan.compliance.signs.queries import day_due, latest_run, next_due_at, with_dismissals
from dauchan.compliance.signs.reading import first_day, register_on, tally_on
from dauchan.compliance.signs.running import screen
from dauchan.compliance.venue_days import counted_days
from dauchan.project.commands.screen import command
from dauchan.units.models import AuditEntry, Role, Unit
from dauchan.venues.models import Venue
from dauchan.vietnamese.dates import LOCAL
from dauchan.visits.actions import load_visits
from dauchan.visits.arrays import MISSING
from dauchan.visits.retention import purge
from tests.web.conftest import appointed, make_category, make_unit

NOW = dt.datetime(2026, 3, 20, 9, tzinfo=LOCAL)
YESTERDAY = dt.date(2026, 3, 19)
ONE_DAY = dt.timedelta(days=1)
MARKETS = 14


@pytest.fixture
def province(db: None) -> Unit:
    return make_unit("90", "province", "Thành phố Thử")


@pytest.fixture
def markets(province: Unit) -> list[Venue]:
    """Fourteen markets with ten scans a day for two weeks; the first is silent since six days."""
    commune = make_unit("90001", "commune", "Phường Thuận Thử", province)
    category, opened = make_category(), NOW - dt.timedelta(days=40)
    facts = {"category": category, "unit": commune, "address": "1", "status": "approved", "decided_at": opened}
    venues = [Venue.objects.create(name=f"Chợ {number}", lat=16.4, lon=107.5, **facts) for number in range(MARKETS)]
    with time_machine.travel(NOW, tick=False):
        for back in range(1, 15):
            scanned(venues[1:] if back <= 6 else venues, YESTERDAY - (back - 1) * ONE_DAY)
    return venues


def scanned(venues: list[Venue], day: dt.date, people: int = 10) -> None:
    morning = int(dt.datetime.combine(day, dt.time(7), LOCAL).timestamp())
    ids = np.repeat([venue.pk for venue in venues], people)
    person = np.arange(len(ids)) + 1
    load_visits(person, ids, morning + person * 61, np.full(len(ids), MISSING))


def the_sign(run: ScreeningRun) -> tuple[int, str]:
    sign = run.signs.get()
    return sign.venue_id, sign.sign


def test_a_silent_market_is_found_and_the_same_again(markets: list[Venue]) -> None:
    with time_machine.travel(NOW, tick=False):
        run, again = (screen(YESTERDAY, Origin.COMMAND) for _ in range(2))
    assert the_sign(run) == (markets[0].pk, Kind.SILENT)
    sign = run.signs.get()
    assert (sign.since_on, sign.observed, sign.nights) == (YESTERDAY - 5 * ONE_DAY, 0, 1)
    assert "Không còn lượt quét nào từ 14/03/2026 (6 ngày)" in sign.evidence.vietnamese
    assert sign.picture
    assert sign.picture["observed"][-7:] == [10, 0, 0, 0, 0, 0, 0]
    assert len(sign.picture["low"]) == len(sign.picture["high"]) == len(sign.picture["observed"]) == 14
    assert (run.outcome, run.venues, run.days, run.found) == (Outcome.DONE, MARKETS, 14, 1)
    assert run.scans == 14 * 10 * MARKETS - 60
    assert run.parameters["days_looked_back_on"] == 56
    assert len(run.method) == len(run.inputs) == len(run.result) == 64
    assert (again.method, again.inputs, again.result) == (run.method, run.inputs, run.result)
    assert latest_run() == again
    scanned(markets[3:4], YESTERDAY, 11)
    with time_machine.travel(NOW, tick=False):
        assert screen(YESTERDAY, Origin.COMMAND).inputs != run.inputs


def test_scan_by_scan_and_by_counts_give_the_same_counts(markets: list[Venue]) -> None:
    """The last ten days are streamed, those before are counted by the database."""
    with time_machine.travel(NOW, tick=False):
        venues = register_on(YESTERDAY)
        tally = tally_on(YESTERDAY, venues)
        older = tally_on(YESTERDAY - 4 * ONE_DAY, venues)
        count_recent(timezone.now())
        again = tally_on(YESTERDAY, venues)
        assert counted_days(YESTERDAY - 13 * ONE_DAY, YESTERDAY)
    with time_machine.travel(NOW + 25 * ONE_DAY, tick=False):
        purge(timezone.now())
        assert first_day() < YESTERDAY
        forgotten = tally_on(YESTERDAY, venues)
    assert again.digest() == tally.digest(), "kept counts are those of the ledger"
    assert forgotten.scans.tolist() == tally.scans.tolist(), "they outlive it"
    assert tally.scans.sum(axis=0).tolist()[-14:] == [140] * 8 + [130] * 6
    assert older.scans[:, -10:].tolist() == tally.scans[:, -14:-4].tolist()


def test_new_lasting_and_a_past_day(markets: list[Venue]) -> None:
    with time_machine.travel(NOW, tick=False):
        before = screen(YESTERDAY - ONE_DAY, Origin.NIGHTLY)
        run = screen(YESTERDAY, Origin.NIGHTLY)
        past = screen(YESTERDAY - 3 * ONE_DAY, Origin.PAGE)
        again = screen(YESTERDAY - ONE_DAY, Origin.PAGE)
    assert (before.signs.get().nights, run.signs.get().nights, run.earlier) == (1, 2, before)
    assert latest_run() == run, "a look at a past day does not hide the last night"
    assert past.earlier is None
    assert again.earlier == past


def test_the_night_is_made_up_for_once(markets: list[Venue], monkeypatch: pytest.MonkeyPatch) -> None:
    with time_machine.travel(NOW.replace(hour=3, minute=29), tick=False):
        assert day_due(timezone.now()) is None
        assert next_due_at(timezone.now()) == NOW.replace(hour=3, minute=30)
        screen_tonight(0)
        assert not ScreeningRun.objects.exists()
    with time_machine.travel(NOW, tick=False):
        assert next_due_at(timezone.now()) == NOW.replace(hour=3, minute=30) + ONE_DAY
        screen_tonight(0)
        screen_tonight(0)
        run = ScreeningRun.objects.get()
        assert (run.on, run.origin, run.asked_by) == (YESTERDAY, Origin.NIGHTLY, None)
    with time_machine.travel(NOW + ONE_DAY, tick=False):
        monkeypatch.setattr(running, "tally_on", broken)
        for _ in range(4):
            try:
                screen_tonight(0)
            except MemoryError:
                continue
        failed = ScreeningRun.objects.filter(outcome=Outcome.FAILED)
        assert [(one.on, one.failure) for one in failed] == [(YESTERDAY + ONE_DAY, "MemoryError")] * 3
        assert latest_run() == run


def broken(*_given: object) -> None:
    raise MemoryError


def test_what_is_set_aside_is_found_and_kept_apart(markets: list[Venue], province: Unit) -> None:
    monitor = appointed(Role.MONITOR, province, "giamsat")
    with time_machine.travel(NOW, tick=False):
        old = screen(YESTERDAY, Origin.NIGHTLY).signs.get()
        sign = screen(YESTERDAY, Origin.PAGE).signs.get()
        with pytest.raises(SignGone):
            dismiss_sign(old, monitor, "closed", "Tạm nghỉ", NOW.date() + ONE_DAY)
        for until in (NOW.date() - ONE_DAY, NOW.date() + dt.timedelta(days=91)):
            with pytest.raises(TooLong):
                dismiss_sign(sign, monitor, "closed", "", until)
        dismissal = dismiss_sign(sign, monitor, "closed", "Tạm nghỉ việc nhà", NOW.date() + ONE_DAY)
        with pytest.raises(SetAsideAlready):
            dismiss_sign(sign, monitor, "few", "", NOW.date())
        assert with_dismissals(sign.run.signs.all()).get().dismissal_id == dismissal.pk
    with time_machine.travel(NOW + ONE_DAY, tick=False):
        scanned(markets[1:], YESTERDAY + ONE_DAY)
        run = screen(YESTERDAY + ONE_DAY, Origin.NIGHTLY)
        assert with_dismissals(run.signs.all()).get().dismissal_id == dismissal.pk, "a silence that lasts is no worse"
        withdraw_dismissal(dismissal, monitor)
        assert with_dismissals(run.signs.all()).get().dismissal_id is None
        with pytest.raises(NothingToWithdraw):
            withdraw_dismissal(dismissal, monitor)
    assert Dismissal.objects.get().withdrawn_by == monitor
    actions = set(AuditEntry.objects.filter(subject=f"venue:{markets[0].pk}").values_list("action", flat=True))
    assert actions >= {"sign.dismissed", "sign.dismissal_withdrawn"}


def test_it_ends_with_its_day_and_when_the_sign_is_worse(markets: list[Venue], province: Unit) -> None:
    monitor = appointed(Role.MONITOR, province, "giamsat")
    with time_machine.travel(NOW, tick=False):
        sign = screen(YESTERDAY, Origin.NIGHTLY).signs.get()
        dismissal = dismiss_sign(sign, monitor, "closed", "", NOW.date() + dt.timedelta(days=60))
        assert with_dismissals(sign.run.signs.all(), dismissal.until).get().dismissal_id
        assert with_dismissals(sign.run.signs.all(), dismissal.until + ONE_DAY).get().dismissal_id is None
    later = YESTERDAY + 9 * ONE_DAY
    with time_machine.travel(NOW + 9 * ONE_DAY, tick=False):
        for back in range(9):
            scanned(markets if back == 7 else markets[1:], later - back * ONE_DAY)
        run = screen(later, Origin.NIGHTLY)
        dismissal.refresh_from_db()
        assert the_sign(run) == (markets[0].pk, Kind.SILENT)
        assert dismissal.outgrown_at is not None, "it had been scanned, and fell silent again"
        assert with_dismissals(run.signs.all()).get().dismissal_id is None
    assert AuditEntry.objects.get(action="sign.outgrown").actor is None


def test_by_command_for_a_past_day(markets: list[Venue]) -> None:
    with time_machine.travel(NOW, tick=False):
        done = CliRunner().invoke(command, ["--ledger", f"--on={YESTERDAY}", "--json"])
        words = CliRunner().invoke(command, ["--ledger", f"--on={YESTERDAY}"])
        today = CliRunner().invoke(command, ["--ledger", f"--on={NOW.date()}"])
        forgotten = CliRunner().invoke(command, ["--ledger", "--on=2025-01-01"])
    told = json.loads(done.stdout)
    assert (done.exit_code, told["signs"]["silent"], told["venues"]) == (0, 1, MARKETS)
    assert told["result"] == latest_run().result  # type: ignore[union-attr]  # there are two
    assert "silent: 1 signs" in words.stdout
    assert (today.exit_code, forgotten.exit_code) == (1, 1)
    assert "từ hôm qua trở về trước" in today.stderr
    assert ScreeningRun.objects.count() == 2
    assert CliRunner().invoke(command, ["--ledger", "--on=2026-03-01", "--out=x.csv"]).exit_code == 2
    assert "Missing option '--venues'" in CliRunner().invoke(command, ["--on=2026-03-01"]).stderr
