"""What ends notices and forgets them, run by `dauchan worker`."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.tracing.notices.retention import expire_notices, forget_notices

log = logging.getLogger(__name__)


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="notices_expire", pass_context=False)
def expire_due_notices(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    """Take notices off the page and out of the feed when they have run out."""
    ended = expire_notices(timezone.now())
    if ended:
        log.info("notices: %s expired", ended)


# 02:30 in Viet Nam; procrastinate reads the times of cron as UTC.
@app.periodic(cron="30 19 * * *")
@app.task(queueing_lock="notices_forget", pass_context=False)
def forget_tonight(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    """Remove what notices said whose time is over."""
    log.info("notices: %s versions forgotten", forget_notices(timezone.now()))
