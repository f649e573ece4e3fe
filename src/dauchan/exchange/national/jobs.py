"""The exchange's jobs, run by `dauchan worker`; nothing happens where there is no agreement."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.exchange.national.agreement import Agreement, agreements
from dauchan.exchange.national.booking import drop_old_payloads
from dauchan.exchange.national.errors import AgreementRefused
from dauchan.exchange.national.models import Standing
from dauchan.exchange.national.reconciling import reconcile
from dauchan.exchange.national.set_aside import ask_again
from dauchan.exchange.national.turns import turn

log = logging.getLogger(__name__)

#: A turn ends before the next is due. `dauchan exchange run` beside it, started by `dauchan up`, takes one every two seconds.
TURN_SECONDS = 40.0


def _agreed() -> list[Agreement]:
    try:
        return agreements()
    except AgreementRefused as refused:
        log.error("no exchange: %s", refused)  # noqa: TRY400 - the file is wrong, not the program
        return []


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="national_turn", pass_context=False)
def take_turns(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    """Hand over what is new, and compare where somebody asked for it."""
    for agreement in _agreed():
        turn(agreement, TURN_SECONDS)
        if Standing.objects.filter(receiver=agreement.code, compare_asked_at__isnull=False).exists():
            reconcile(agreement)


# 04:00 in Viet Nam, after retention; procrastinate reads the times of cron as UTC.
@app.periodic(cron="0 21 * * *")
@app.task(queueing_lock="national_reconcile", pass_context=False)
def reconcile_tonight(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    """What was set aside once more, then counts and digests of every kept day at both ends."""
    drop_old_payloads(timezone.now())
    for agreement in _agreed():
        ask_again(agreement.code)
        done = reconcile(agreement)
        if done:
            log.info(
                "exchange with %s: %s, %s differing, %s mended",
                agreement.code,
                done.outcome,
                done.differing,
                done.mended,
            )
