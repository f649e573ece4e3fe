"""Reading the log for what passes a rule. Run every few minutes by the worker; reading twice raises nothing twice."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from dauchan.units import audit
from dauchan.units.models import AuditEntry
from dauchan.units.watch.models import Alarm, Rule

if TYPE_CHECKING:
    from dauchan.units.models import Officer

WATCH_LOCK = 7257


@transaction.atomic
def watch_the_log(now: dt.datetime | None = None) -> list[Alarm]:
    """Alarms that were raised or grew. One look at the log's index of time for each rule that is on."""
    now = now or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WATCH_LOCK])
    return [alarm for rule in Rule.objects.filter(is_on=True) for alarm in _watched(rule, now)]


def _watched(rule: Rule, now: dt.datetime) -> list[Alarm]:
    since = now - dt.timedelta(minutes=rule.minutes)
    lately = AuditEntry.objects.filter(at__gt=since, at__lte=now, action__in=rule.actions, actor__isnull=False)
    looks: dict[int, list[dt.datetime]] = defaultdict(list)
    for officer_id, at in lately.order_by("at").values_list("actor", "at"):
        if rule.covers(timezone.localtime(at).hour):
            looks[officer_id].append(at)
    raised = (_raised(rule, officer_id, times, now) for officer_id, times in looks.items() if len(times) >= rule.most)
    return [alarm for alarm in raised if alarm is not None]


def _raised(rule: Rule, officer_id: int, times: list[dt.datetime], now: dt.datetime) -> Alarm | None:
    """A new alarm, or the one that the same looks have raised, grown; None where nothing has been added since."""
    known = Alarm.objects.filter(rule=rule, officer=officer_id, last_at__gte=times[0]).order_by("-pk").first()
    if known is None:
        facts = {"first_at": times[0], "last_at": times[-1], "looks": len(times), "raised_at": now}
        alarm = Alarm.objects.create(rule=rule, officer_id=officer_id, **facts)
        detail = {"rule": rule.kind, "looks": len(times)}
        audit.record(None, "watch.alarm", f"officer:{officer_id}", detail=detail)
        return alarm
    added = [at for at in times if at > known.last_at]
    if not added:
        return None
    known.looks, known.last_at = known.looks + len(added), added[-1]
    if known.seen_at is not None and len(added) >= rule.most:
        known.raised_at, known.seen_by, known.seen_at = now, None, None
    known.save()
    return known


@transaction.atomic
def look_into(alarm: Alarm, officer: Officer, note: str) -> Alarm:
    """Somebody other than whom it is about says what they found."""
    alarm.seen_by, alarm.seen_at, alarm.note = officer, timezone.now(), note
    alarm.save(update_fields=["seen_by", "seen_at", "note"])
    audit.record(officer, "watch.alarm_seen", f"officer:{alarm.officer_id}", purpose=note, detail={"alarm": alarm.pk})
    return alarm


@transaction.atomic
def change_rule(rule: Rule, officer: Officer, revision: int) -> bool:
    """Keep *rule* as it was written; False, and nothing is kept, where somebody else changed it after *revision*."""
    kept = {name: getattr(rule, name) for name in ("most", "minutes", "from_hour", "to_hour", "is_on")}
    changed = Rule.objects.filter(pk=rule.pk, revision=revision).update(**kept, revision=revision + 1)
    if changed:
        audit.record(officer, "watch.rule_changed", f"watch_rule:{rule.pk}", detail=kept)
    return bool(changed)
