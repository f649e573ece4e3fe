"""The counting of days, run by `dauchan worker`."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.compliance.days import count_late, count_recent, forget_days

log = logging.getLogger(__name__)


# Two minutes after the days on disk are looked after, from which it is counted.
@app.periodic(cron="2-59/5 * * * *")
@app.task(queueing_lock="compliance_count", pass_context=False)
def count_now(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    """Count today and yesterday as they are now, and what was never counted."""
    count_recent(timezone.now())


# 02:20 in Viet Nam, after retention and before screening; procrastinate reads the times of cron as UTC.
@app.periodic(cron="20 19 * * *")
@app.task(queueing_lock="compliance_count_late", pass_context=False)
def count_tonight(timestamp: int) -> None:  # noqa: ARG001 the same
    """Count the days again that late uploads changed, and forget those past their time."""
    now = timezone.now()
    forgotten, days = forget_days(now), count_late(now)
    log.info("counts: %s days counted again, %s rows forgotten", len(days), forgotten)
