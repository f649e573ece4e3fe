"""What happens to personal data while nobody looks, run by `dauchan worker`."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.privacy.breaches.alarms import raise_alarms
from dauchan.privacy.retention.purging import keep_limits
from dauchan.privacy.rights.reminding import keep_clocks

log = logging.getLogger(__name__)


# 01:50 in Viet Nam, before the rounds of single domains; procrastinate reads the times of cron as UTC.
@app.periodic(cron="50 18 * * *")
@app.task(queueing_lock="privacy_keep_limits", pass_context=False)
def keep_limits_tonight(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    """Remove what is past its limit everywhere, and leave a certificate."""
    certificate = keep_limits(timezone.now())
    remains = certificate.content["left_over"]
    (log.error if remains else log.info)(
        "retention: certificate %s, %s rows removed, %s places with something left over",
        certificate.pk,
        certificate.rows,
        len(remains),
    )


@app.periodic(cron="20,50 * * * *")
@app.task(queueing_lock="privacy_keep_clocks", pass_context=False)
def keep_request_clocks(timestamp: int) -> None:  # noqa: ARG001 the same
    """Reminders and words to the level above, for requests and for the 72 hours of a breach."""
    now = timezone.now()
    done, alarms = keep_clocks(now), raise_alarms(now)
    if done.reminded or done.escalated or alarms:
        log.info("privacy: %s reminders, %s told above, %s alarms", done.reminded, done.escalated, alarms)
