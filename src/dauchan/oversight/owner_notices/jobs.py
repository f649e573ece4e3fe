"""Word to owners about decisions, sent by `dauchan worker`."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.oversight.owner_notices.carrying import forget_receivers, send_due

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="owner_notices_send", pass_context=False)
def send_owner_notices(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    if sent := send_due(timezone.now()):
        log.info("notices: %s messages to owners", sent)


# 02:40 in Viet Nam; procrastinate reads the times of cron as UTC.
@app.periodic(cron="40 19 * * *")
@app.task(queueing_lock="owner_notices_forget", pass_context=False)
def forget_receivers_of_notices(timestamp: int) -> None:  # noqa: ARG001 the same
    if forgotten := forget_receivers(timezone.now()):
        log.info("notices: receivers of %s messages forgotten", forgotten)
