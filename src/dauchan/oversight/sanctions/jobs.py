"""The clocks of sanctions, run by `dauchan worker`. They open doors whose time has come; none of them shuts one."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.oversight.sanctions.clocks import keep_appeal_clocks
from dauchan.oversight.sanctions.deciding import expire_due

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="sanctions_expire", pass_context=False)
def end_suspensions(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    if ended := expire_due(timezone.now()):
        log.info("sanctions: %s suspensions came to their end", ended)


# Every half hour, so that a worker that was down makes up for it; what was done is done once.
@app.periodic(cron="5,35 * * * *")
@app.task(queueing_lock="sanctions_keep_clocks", pass_context=False)
def keep_clocks(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    if struck := keep_appeal_clocks(timezone.now()):
        log.info("sanctions: %s reminders of appeals", struck)
