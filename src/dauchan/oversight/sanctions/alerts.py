"""Many suspensions at once are looked at by somebody outside.

HIDE flagged nearly every mall of Malaysia because it compared raw counts, and the malls were shut.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from dauchan.oversight.sanctions.models import Kind, Sanction, SuspensionAlert
from dauchan.units import audit
from dauchan.units.models import Unit

if TYPE_CHECKING:
    from dauchan.units.models import Officer

HOUR = dt.timedelta(hours=1)
#: So many suspensions of one province in an hour are an alert.
MANY = 20
ALERT_LOCK = 7257


def watch_suspensions(sanction: Sanction, step: Literal["proposed", "approved"]) -> SuspensionAlert | None:
    """Called with each suspension that was proposed or approved: one alert an hour for each province and step."""
    if sanction.kind != Kind.SUSPENSION:
        return None
    now, top = timezone.now(), Unit.objects.get(pk=int(sanction.unit.path.split(".")[0]))
    at, who = ("proposed_at", "proposed_by") if step == "proposed" else ("in_force_at", "decided_by")
    within = Q(unit=top) | Q(unit__path__startswith=f"{top.path}.")
    lately = Sanction.objects.filter(within, kind=Kind.SUSPENSION, by_appeal=None, **{f"{at}__gt": now - HOUR})
    if (count := lately.count()) < MANY:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ALERT_LOCK])
    counts = {"suspensions": count, "officers": lately.order_by().values(who).distinct().count()}
    known = SuspensionAlert.objects.filter(unit=top, step=step, raised_at__gt=now - HOUR)
    if known.update(**counts):
        return known.first()
    audit.record(None, "suspensions.alert", f"unit:{top.pk}", detail={"step": step, **counts})
    return SuspensionAlert.objects.create(unit=top, step=step, raised_at=now, **counts)


@transaction.atomic
def see_alert(alert: SuspensionAlert, officer: Officer, note: str) -> SuspensionAlert:
    """Somebody looked into it, and says what they found."""
    alert.seen_by, alert.seen_at, alert.note = officer, timezone.now(), note
    alert.save(update_fields=["seen_by", "seen_at", "note"])
    detail = {"alert": alert.pk}
    audit.record(officer, "suspensions.alert_seen", f"unit:{alert.unit_id}", purpose=note, detail=detail)
    return alert
