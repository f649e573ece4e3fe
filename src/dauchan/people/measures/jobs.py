"""Names in measures are forgotten when their time is over; run by `dauchan worker`."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.people.measures.actions import forget_names

log = logging.getLogger(__name__)


# 02:25 in Viet Nam; procrastinate reads the times of cron as UTC.
@app.periodic(cron="25 19 * * *")
@app.task(queueing_lock="measures_forget", pass_context=False)
def forget_names_tonight(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    if forgotten := forget_names(timezone.now()):
        log.info("measures: %s names forgotten", forgotten)
