"""Rounds of messages to owners, carried out by `dauchan worker`."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.oversight.made_known.carrying import carry_out_due

log = logging.getLogger(__name__)


# Every minute: so many messages at a time that a slip can still be called off, and a worker that was down goes on where it was.
@app.periodic(cron="* * * * *")
@app.task(queueing_lock="made_known_send", pass_context=False)
def send_to_owners(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    if sent := carry_out_due(timezone.now()):
        log.info("made known: %s messages to owners", sent)
