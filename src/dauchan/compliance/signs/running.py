"""Screen the ledger up to a day, and keep how it was done and what was found."""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from dauchan.compliance.signs.errors import OneUnderWay
from dauchan.compliance.signs.models import Dismissal, Outcome, ScreeningRun, Sign
from dauchan.compliance.signs.queries import earlier_run, latest_run
from dauchan.compliance.signs.reading import register_on, tally_on
from dauchan.screening import is_worse, method, signs_of
from dauchan.units import audit
from dauchan.visits.partitions import local_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from dauchan.screening import ScreenedVenue
    from dauchan.screening import Sign as Found
    from dauchan.units.models import Officer

#: Of the advisory lock under which one screening runs at a time.
LOCK = 725_301
INTERRUPTED = "Interrupted"
ROWS_AT_ONCE = 1000


def screen(
    on: dt.date, origin: str, by: Officer | None = None, step: Callable[[dt.date], object] = lambda _day: None
) -> ScreeningRun:  # fmt: skip
    """Screen the ledger up to the local day *on*, now. Raises: OneUnderWay."""
    run = ScreeningRun.objects.create(on=on, origin=origin, asked_by=by)
    try:
        return carry_out(run, step)
    except OneUnderWay:
        run.delete()
        raise


def carry_out(run: ScreeningRun, step: Callable[[dt.date], object] = lambda _day: None) -> ScreeningRun:
    """Do a screening that was asked for; whatever goes wrong is kept with it, and raised.

    Raises: OneUnderWay.
    """
    with _alone():
        close_interrupted(run)
        _begin(run)
        try:
            _find(run, step)
        except Exception as error:
            _end(run, Outcome.FAILED, type(error).__name__)
            raise
    return run


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise OneUnderWay
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def close_interrupted(but: ScreeningRun) -> None:
    """Nobody else holds the lock, so what claims to run was cut off."""
    cut_off = ScreeningRun.objects.filter(outcome=Outcome.RUNNING).exclude(pk=but.pk)
    cut_off.update(outcome=Outcome.FAILED, failure=INTERRUPTED, ended_at=timezone.now())


def _begin(run: ScreeningRun) -> None:
    run.outcome, run.started_at = Outcome.RUNNING, timezone.now()
    run.parameters, run.method, run.version = method.parameters(), method.digest(), version("dauchan")
    run.save()


def _end(run: ScreeningRun, outcome: str, failure: str = "") -> None:
    run.outcome, run.failure, run.ended_at = outcome, failure, timezone.now()
    run.save()


def _find(run: ScreeningRun, step: Callable[[dt.date], object]) -> None:
    """Nothing is written before all is found."""
    venues = register_on(run.on)
    tally = tally_on(run.on, venues, step)
    found = signs_of(venues, tally, with_pictures=True)
    run.venues, run.scans = sum(venue.is_active for venue in venues), int(tally.scans.sum())
    run.days, run.found = int(np.count_nonzero(tally.scans.any(axis=0))), len(found)
    run.inputs, run.result = digest_of_inputs(tally.digest(), venues), digest_of(found)
    with transaction.atomic():
        _end_outgrown(run, found)
        run.earlier = earlier_run(run.on)
        Sign.objects.bulk_create(_rows(run, found), batch_size=ROWS_AT_ONCE)
        _end(run, Outcome.DONE)


def digest_of_inputs(counted: str, venues: list[ScreenedVenue]) -> str:
    """Of all that the signs follow from: what was counted, and the register."""
    return hashlib.sha256((counted + repr(venues)).encode()).hexdigest()


def digest_of(found: list[Found]) -> str:
    told = [
        (sign.venue_id, sign.sign, sign.confidence, sign.expected, sign.observed, str(sign.since_on), dict(sign.facts))
        for sign in found
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _rows(run: ScreeningRun, found: list[Found]) -> Iterator[Sign]:
    known = run.earlier.signs.values_list("venue_id", "sign", "nights") if run.earlier else ()
    nights = {(venue_id, kind): count for venue_id, kind, count in known}
    for sign in found:
        row = Sign(
            run=run,
            venue_id=sign.venue_id,
            sign=sign.sign.value,
            confidence=sign.confidence,
            expected=sign.expected,
            observed=sign.observed,
            since_on=sign.since_on,
            facts=dict(sign.facts),
            visitors=sign.visitors,
            nights=nights.get((sign.venue_id, sign.sign.value), 0) + 1,
        )
        if sign.picture is not None:
            row.draw(sign.picture)
        yield row


def _end_outgrown(run: ScreeningRun, found: list[Found]) -> None:
    """What was set aside and is worse by now stands among the others again; a look at a past day changes nothing."""
    latest = latest_run()
    if latest is not None and run.on < latest.on:
        return
    now = {(sign.venue_id, sign.sign.value): sign.told for sign in found}
    for dismissal in Dismissal.objects.holding_on(timezone.localdate()).select_for_update():
        told = now.get((dismissal.venue_id, dismissal.sign))
        if told and is_worse(dismissal.evidence, told, local_day(dismissal.dismissed_at)):
            dismissal.outgrown_at = timezone.now()
            dismissal.save(update_fields=["outgrown_at"])
            audit.record(None, "sign.outgrown", f"venue:{dismissal.venue_id}", detail={"sign": dismissal.sign})
