"""The ledger's jobs, run by `dauchan worker`."""

import logging
from datetime import date

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.visits.retention import keep_house
from dauchan.visits.segments import keeping

log = logging.getLogger(__name__)


# 02:00 in Viet Nam, when the doors are quiet; procrastinate reads the times of cron as UTC.
@app.periodic(cron="0 19 * * *")
@app.task(queueing_lock="visits_keep_house", pass_context=False)
def keep_house_tonight(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    """Open the partitions of the days to come and drop those past retention."""
    done = keep_house(timezone.now())
    log.info(
        "retention: %s days, %s check-ins, %s failed scans, %s segments removed",
        len(done.days),
        done.check_ins,
        done.scan_attempts,
        done.segments,
    )


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="visits_keep_segments", pass_context=False)
def keep_segments(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    """Days on disk for tracing: write what is missing or damaged, seal what is settled, renew what has much beside it."""
    _told(keeping.keep(timezone.now()))


# 03:00 in Viet Nam, after retention.
@app.periodic(cron="0 20 * * *")
@app.task(queueing_lock="visits_verify_segments", pass_context=False)
def verify_segments(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    """The same, and every byte is read: a disk may forget what it was given."""
    _told(keeping.keep(timezone.now(), verify=True))


def _told(done: dict[date, keeping.Reason] | None) -> None:
    for day, reason in (done or {}).items():
        (log.error if reason is keeping.Reason.DAMAGED else log.info)("segment of %s written: %s", day, reason)
