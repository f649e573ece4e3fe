"""The clocks of referrals, run by `dauchan worker`."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.compliance.referrals.handing import hand_over_by_rules
from dauchan.compliance.referrals.reminding import keep_clocks

log = logging.getLogger(__name__)


# Every half hour, so that a worker that was down makes up for it; what was done is done once.
@app.periodic(cron="15,45 * * * *")
@app.task(queueing_lock="referrals_keep_clocks", pass_context=False)
def keep_referral_clocks(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    if handed := hand_over_by_rules():
        log.info("referrals: %s signs handed over by rule", handed)
    done = keep_clocks(timezone.now())
    if done.reminded or done.escalated or done.recounted:
        log.info(
            "referrals: %s reminders, %s told above, %s deadlines recounted",
            done.reminded,
            done.escalated,
            done.recounted,
        )
