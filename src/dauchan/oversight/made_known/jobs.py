"""Rounds of messages to owners, carried out by `dauchan worker`."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.oversight.made_known.carrying import carry_out_due, forget_receivers

log = logging.getLogger(__name__)


# Every minute: so many messages at a time that a slip can still be called off, and a worker that was down goes on where it was.
@app.periodic(cron="* * * * *")
@app.task(queueing_lock="made_known_send", pass_context=False)
def send_to_owners(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    if sent := carry_out_due(timezone.now()):
        log.info("made known: %s messages to owners", sent)


# 02:35 in Viet Nam; procrastinate reads the times of cron as UTC.
@app.periodic(cron="35 19 * * *")
@app.task(queueing_lock="made_known_forget", pass_context=False)
def forget_receivers_tonight(timestamp: int) -> None:  # noqa: ARG001 the same
    if forgotten := forget_receivers(timezone.now()):
        log.info("made known: receivers of %s messages forgotten", forgotten)
