"""The clocks of reports and what is forgotten of them, run by `dauchan worker`."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.oversight.forgetting import forget
from dauchan.oversight.photos import look_through_new
from dauchan.oversight.reminding import keep_clocks

log = logging.getLogger(__name__)


# Every half hour, so that a worker that was down makes up for it; what was done is done once.
@app.periodic(cron="10,40 * * * *")
@app.task(queueing_lock="reports_keep_clocks", pass_context=False)
def keep_report_clocks(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    done = keep_clocks(timezone.now())
    if done.reminded or done.escalated or done.recounted:
        log.info("reports: %s reminders, %s told above", done.reminded, done.escalated)


# Each minute: an officer who opens a report finds its photographs blurred already.
@app.periodic(cron="* * * * *")
@app.task(queueing_lock="reports_look_through_photos", pass_context=False)
def look_through_photos(timestamp: int) -> None:  # noqa: ARG001 as above
    if looked := look_through_new():
        log.info("reports: %s photographs looked through", looked)


# 02:25 in Viet Nam; procrastinate reads the times of cron as UTC.
@app.periodic(cron="25 19 * * *")
@app.task(queueing_lock="reports_forget", pass_context=False)
def forget_of_reports(timestamp: int) -> None:  # noqa: ARG001 as above
    """Addresses, phones, citizens' words and original photographs whose time is over."""
    log.info("reports: %s", forget(timezone.now()))
