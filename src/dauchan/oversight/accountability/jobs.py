"""The weekly report, made by `dauchan worker`."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.oversight.accountability.weekly import make_due_reports

log = logging.getLogger(__name__)


# Asked every half hour: a report is made on Monday from five in the morning on, or as soon as the worker runs again.
@app.periodic(cron="10,40 * * * *")
@app.task(queueing_lock="accountability_week", pass_context=False)
def report_the_week(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    for report in make_due_reports(timezone.now()):
        log.info("weekly report %s of unit %s: %s pages", report, report.unit_id, report.pages)
