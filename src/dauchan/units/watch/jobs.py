"""The watch over the log, run by `dauchan worker`."""

import logging

from procrastinate.contrib.django import app

from dauchan.units.watch.watching import watch_the_log

log = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="watch_the_log", pass_context=False)
def watch(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    """Look for officers who look at more than is usual."""
    if alarms := watch_the_log():
        log.warning("watch: %s alarms raised or grown", len(alarms))
