"""Many orders at once are looked at by somebody outside the tracing team.

In Henan 1,317 people were given red codes within days, and nobody who could have stopped it was told.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from django.db import connection, transaction
from django.db.models import Count, Q
from django.db.models.functions import TruncHour
from django.utils import timezone

from dauchan.tracing.follow_up.order_models import AlertReason, Order, OrderAlert, OrderKind
from dauchan.units import audit
from dauchan.units.models import Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer

HOUR = dt.timedelta(hours=1)
#: So many orders in an hour are an alert whatever is usual.
MANY = 100
#: Fewer are one where they are so many times the usual hour, and not a handful.
TIMES_THE_USUAL, AT_LEAST = 5, 20
USUAL_DAYS = 28
ALERT_LOCK = 7256
Moment = Literal["drafted", "signed"]


def watch_orders(order: Order, step: Moment) -> OrderAlert | None:
    """Called with each order that was drafted or signed: raises one alert an hour for each province and step."""
    now = timezone.now()
    if order.kind != OrderKind.ISOLATION:
        return None
    province = _province_of(order.unit)
    orders = _orders(province)
    lately = orders.filter(**{f"{step}_at__gt": now - HOUR})
    count = lately.count()
    usual = _usual(orders, step, now)
    reason = _reason(count, usual)
    if reason is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ALERT_LOCK])
    known = OrderAlert.objects.filter(unit=province, step=step, raised_at__gt=now - HOUR)
    if (last := known.first()) is not None:
        return _raise_count(last, count, reason)
    alert = OrderAlert.objects.create(
        unit=province,
        raised_at=now,
        step=step,
        reason=reason,
        orders=count,
        usual_an_hour=usual,
        officers=lately.order_by().values(f"{step}_by").distinct().count(),
    )
    detail = {"step": step, "orders": count, "usual_an_hour": round(usual, 2), "reason": reason}
    audit.record(None, "orders.alert", f"unit:{province.pk}", detail=detail)
    return alert


def _raise_count(alert: OrderAlert, count: int, reason: str) -> OrderAlert:
    """The hour goes on: the alert tells the most there were, and is new again once they passed the fixed limit."""
    if count > alert.orders:
        if reason == AlertReason.MANY and alert.reason != AlertReason.MANY:
            alert.reason, alert.seen_by, alert.seen_at = reason, None, None
            audit.record(None, "orders.alert", f"unit:{alert.unit_id}", detail={"step": alert.step, "orders": count})
        alert.orders = count
        alert.save()
    return alert


def _reason(count: int, usual: float) -> str | None:
    if count >= MANY:
        return AlertReason.MANY
    if count >= AT_LEAST and usual > 0 and count > usual * TIMES_THE_USUAL:
        return AlertReason.UNUSUAL
    return None


def _usual(orders: QuerySet[Order], step: Moment, now: dt.datetime) -> float:
    """Orders an hour over the hours that had any, in the four weeks before; 0 where there were none."""
    before = orders.filter(**{f"{step}_at__gt": now - dt.timedelta(days=USUAL_DAYS), f"{step}_at__lte": now - HOUR})
    hours = before.order_by().annotate(hour=TruncHour(f"{step}_at")).values("hour")
    found = hours.aggregate(orders=Count("pk"), hours=Count("hour", distinct=True))
    return found["orders"] / found["hours"] if found["hours"] else 0.0


def _orders(province: Unit) -> QuerySet[Order]:
    within = Q(unit=province.pk) | Q(unit__path__startswith=f"{province.path}.")
    return Order.objects.filter(within, kind=OrderKind.ISOLATION)


def _province_of(unit: Unit) -> Unit:
    top = unit.path.split(".")[0]
    return unit if top == unit.path else Unit.objects.get(path=top)


@transaction.atomic
def see_alert(alert: OrderAlert, officer: Officer, note: str) -> OrderAlert:
    """Somebody looked into it, and says what they found."""
    alert.seen_by, alert.seen_at, alert.note = officer, timezone.now(), note
    alert.save(update_fields=["seen_by", "seen_at", "note"])
    audit.record(officer, "orders.alert_seen", f"unit:{alert.unit_id}", purpose=note, detail={"alert": alert.pk})
    return alert
