"""What happens to follow-ups while nobody looks, run by `dauchan worker`. Each job may run late, or twice."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.tracing.follow_up.escalation import mark_missed
from dauchan.tracing.follow_up.links import remind
from dauchan.tracing.follow_up.retention import forget

log = logging.getLogger(__name__)


# Every hour, so that a worker that was down at midnight catches up.
@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="follow_up_missed", pass_context=False)
def mark_missed_days(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    missed, raised = mark_missed(timezone.now())
    if missed or raised:
        log.info("follow-up: %s missed days, %s escalations", missed, raised)


# 08:00 to 10:00 in Viet Nam; procrastinate reads the times of cron as UTC.
@app.periodic(cron="0 1,2,3 * * *")
@app.task(queueing_lock="follow_up_remind", pass_context=False)
def remind_of_today(timestamp: int) -> None:  # noqa: ARG001 the same
    done = remind(timezone.now())
    log.info("follow-up: %s links sent, %s over the limit, %s failed", done.sent, done.over_limit, done.failed)


# 02:30 in Viet Nam.
@app.periodic(cron="30 19 * * *")
@app.task(queueing_lock="follow_up_forget", pass_context=False)
def forget_tonight(timestamp: int) -> None:  # noqa: ARG001 the same
    done = forget(timezone.now())
    log.info("follow-up: %s follow-ups and the people of %s orders forgotten", done.follow_ups, done.orders)
