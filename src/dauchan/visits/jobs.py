"""The ledger's jobs, run by `dauchan worker`."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.visits.retention import keep_house

log = logging.getLogger(__name__)


# 02:00 in Viet Nam, when the doors are quiet; procrastinate reads the times of cron as UTC.
@app.periodic(cron="0 19 * * *")
@app.task(queueing_lock="visits_keep_house", pass_context=False)
def keep_house_tonight(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    """Open the partitions of the days to come and drop those past retention."""
    done = keep_house(timezone.now())
    log.info(
        "retention: %s days, %s check-ins, %s failed scans removed", len(done.days), done.check_ins, done.scan_attempts
    )
