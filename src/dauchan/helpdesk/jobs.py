"""The clocks of tickets, run by `dauchan worker`."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.helpdesk.reminding import keep_clocks

log = logging.getLogger(__name__)


@app.periodic(cron="20,50 * * * *")
@app.task(queueing_lock="helpdesk_keep_clocks", pass_context=False)
def keep_ticket_clocks(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    done = keep_clocks(timezone.now())
    if done.reminded or done.recounted:
        log.info("tickets: %s reminders, %s deadlines recounted", done.reminded, done.recounted)
