"""The clocks of what has to be mended, run by `dauchan worker`."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.oversight.inspections.keeping import keep_measure_clocks as keep_clocks

log = logging.getLogger(__name__)


# Every half hour, so that a worker that was down makes up for it; what was done is done once.
@app.periodic(cron="20,50 * * * *")
@app.task(queueing_lock="inspections_keep_clocks", pass_context=False)
def keep_measure_clocks(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    done = keep_clocks(timezone.now())
    if done.reminded or done.overdue or done.recounted:
        log.info(
            "inspections: %s reminders, %s measures overdue, %s deadlines recounted",
            done.reminded,
            done.overdue,
            done.recounted,
        )
