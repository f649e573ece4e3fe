"""Set a sign aside, and take that back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.compliance.signs.access import require_judge
from dauchan.compliance.signs.errors import NothingToWithdraw, SetAsideAlready, SignGone, TooLong
from dauchan.compliance.signs.models import Dismissal
from dauchan.compliance.signs.queries import latest_run
from dauchan.units import audit
from dauchan.venues.models import Venue

if TYPE_CHECKING:
    from dauchan.compliance.signs.models import Sign
    from dauchan.units.models import Officer

LONGEST = dt.timedelta(days=90)


@transaction.atomic
def dismiss_sign(sign: Sign, officer: Officer, reason: str, words: str, until: dt.date) -> Dismissal:
    """Set a sign of the latest screening aside until the end of a day, or until it is worse than it is now.

    Raises: RoleMissing, SignGone, SetAsideAlready, TooLong.
    """
    require_judge(officer, sign.venue.unit)
    today = timezone.localdate()
    if not today <= until <= today + LONGEST:
        raise TooLong
    latest = latest_run()
    if latest is None or sign.run_id != latest.pk:
        raise SignGone
    Venue.objects.select_for_update().get(pk=sign.venue_id)
    if Dismissal.objects.holding_on(today).filter(venue=sign.venue_id, sign=sign.sign).exists():
        raise SetAsideAlready
    told = {name: getattr(sign, name) for name in ("sign", "since_on", "expected", "observed", "facts")}
    dismissal = Dismissal.objects.create(
        venue=sign.venue, reason=reason, words=words, until=until, dismissed_by=officer, **told
    )
    detail = {"sign": sign.sign, "reason": reason, "until": until.isoformat()}
    audit.record(officer, "sign.dismissed", f"venue:{sign.venue_id}", purpose=words, detail=detail)
    return dismissal


@transaction.atomic
def withdraw_dismissal(dismissal: Dismissal, officer: Officer) -> None:
    """The sign stands among the others again; that it was set aside stays in the history.

    Raises: RoleMissing, NothingToWithdraw.
    """
    require_judge(officer, dismissal.venue.unit)
    held = Dismissal.objects.select_for_update().get(pk=dismissal.pk)
    if not held.holds_on(timezone.localdate()):
        raise NothingToWithdraw
    held.withdrawn_at, held.withdrawn_by = timezone.now(), officer
    held.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.record(officer, "sign.dismissal_withdrawn", f"venue:{held.venue_id}", detail={"sign": held.sign})
