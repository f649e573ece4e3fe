"""What is counted of participation every night, run by `dauchan worker`."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.compliance.participation.keeping import keep_turnout
from dauchan.people.roster.actions import forget_leavers

log = logging.getLogger(__name__)


# 06:30 and 12:30 in Viet Nam: after night shifts ended, once more for gates that hand in late; procrastinate reads UTC.
@app.periodic(cron="30 23,5 * * *")
@app.task(queueing_lock="participation_keep", pass_context=False)
def keep_turnout_of_days(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    """Count the days that are over, then forget members who left long ago."""
    now = timezone.now()
    log.info("participation: %s agency days counted, %s leavers forgotten", keep_turnout(now), forget_leavers(now))
