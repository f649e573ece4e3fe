"""The jobs of screening, run by `dauchan worker`."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.compliance.signs.models import Origin, Outcome, ScreeningRun
from dauchan.compliance.signs.queries import day_due
from dauchan.compliance.signs.running import carry_out, screen

log = logging.getLogger(__name__)


# From 03:30 in Viet Nam; asked every half hour, so that a machine that was off at night makes up for it.
@app.periodic(cron="*/30 * * * *")
@app.task(queueing_lock="signs_screen", pass_context=False)
def screen_tonight(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    """Screen yesterday, if that has not been done since its night."""
    on = day_due(timezone.now())
    if on is not None:
        _tell(screen(on, Origin.NIGHTLY))


@app.task(pass_context=False)
def screen_by_hand(run_id: int) -> None:
    """A screening that an officer asked for."""
    run = ScreeningRun.objects.filter(pk=run_id, outcome=Outcome.WAITING).first()
    if run is not None:
        _tell(carry_out(run))


def _tell(run: ScreeningRun) -> None:
    log.info("screening of %s: %s signs at %s venues in %s", run.on, run.found, run.venues, run.took)
