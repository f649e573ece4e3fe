"""What is forgotten about people every night, run by `dauchan worker`."""

import logging

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.people.holders import forget_holders
from dauchan.people.phone_codes import forget_codes

log = logging.getLogger(__name__)


# 02:15 in Viet Nam; procrastinate reads the times of cron as UTC.
@app.periodic(cron="15 19 * * *")
@app.task(queueing_lock="people_forget", pass_context=False)
def forget_tonight(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    """Remove codes past their use, holders of cards that ended, and ended sessions: an unfinished sign-in holds a number."""
    SessionStore.clear_expired()
    now = timezone.now()
    log.info("people: %s codes and %s holders of cards forgotten", forget_codes(now), forget_holders(now))
