"""The jobs of zones, run by `dauchan worker`."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.tracing.zones.effects import settle_zones
from dauchan.tracing.zones.presence_actions import forget_presences
from dauchan.tracing.zones.publishing import publish_due

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="zones_settle", pass_context=False)
def settle_now(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    """Begin and end zones on time, and find venues that opened or moved within one."""
    settle_zones(timezone.now())


# 02:30 in Viet Nam; procrastinate reads the times of cron as UTC.
@app.periodic(cron="30 19 * * *")
@app.task(queueing_lock="zones_tonight", pass_context=False)
def tonight(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    """Publish the figures that are due; forget the people of lists past retention."""
    now = timezone.now()
    days = publish_due(now)
    log.info("zones: figures of %s days published, %s people of old lists forgotten", len(days), forget_presences(now))
