"""Reads of signs: the screening that counts, what is new in it, what is set aside."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypedDict

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from dauchan.compliance.signs.models import Dismissal, Origin, Outcome, ScreeningRun
from dauchan.vietnamese.dates import LOCAL
from dauchan.visits.partitions import local_day

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import WithAnnotations

    from dauchan.compliance.signs.models import Sign

    class SetAside(TypedDict):
        """What `with_dismissals` adds."""

        dismissal_id: int | None

    SignSetAside = WithAnnotations[Sign, SetAside]

#: When the nightly screening is due, local time: after retention and the ledger's other nightly work.
DUE = dt.time(3, 30)
#: A screening that lies further back says nothing of what is new.
LASTING_WITHIN = dt.timedelta(days=7)
ONE_DAY = dt.timedelta(days=1)


def latest_run(on: dt.date | None = None) -> ScreeningRun | None:
    """The last complete screening of the last day, or of the day *on*."""
    done = ScreeningRun.objects.filter(outcome=Outcome.DONE).select_related("earlier", "asked_by")
    if on is not None:
        done = done.filter(on=on)
    return done.order_by("-on", "-ended_at", "-pk").first()


def earlier_run(on: dt.date) -> ScreeningRun | None:
    """The screening of the last day before *on* that was screened, not long before."""
    done = ScreeningRun.objects.filter(outcome=Outcome.DONE, on__lt=on, on__gte=on - LASTING_WITHIN)
    return done.order_by("-on", "-ended_at", "-pk").first()


def failed_since(run: ScreeningRun | None) -> ScreeningRun | None:
    """The last screening of a day not yet screened that did not come to its end."""
    failed = ScreeningRun.objects.filter(outcome=Outcome.FAILED)
    if run is not None:
        failed = failed.filter(on__gte=run.on, asked_at__gt=run.asked_at)
    return failed.order_by("-asked_at").first()


def under_way() -> ScreeningRun | None:
    return ScreeningRun.objects.filter(outcome__in=[Outcome.WAITING, Outcome.RUNNING]).order_by("asked_at").first()


def next_due_at(now: dt.datetime) -> dt.datetime:
    """When the next nightly screening begins."""
    today = dt.datetime.combine(local_day(now), DUE, LOCAL)
    return today if now < today else today + ONE_DAY


def day_due(now: dt.datetime) -> dt.date | None:
    """The day that the nightly screening should have looked at by now and has not, if there is one."""
    local = now.astimezone(LOCAL)
    yesterday = local.date() - ONE_DAY
    if local.time() < DUE:
        return None
    done = ScreeningRun.objects.filter(on=yesterday)
    tried = done.filter(origin=Origin.NIGHTLY, outcome=Outcome.FAILED).count()
    most_tries = 3
    return None if done.filter(outcome=Outcome.DONE).exists() or tried >= most_tries else yesterday


def with_dismissals(signs: QuerySet[Sign], day: dt.date | None = None) -> QuerySet[SignSetAside]:
    """Each sign with `dismissal_id`, the number of what sets it aside on a day (today), or None."""
    holding = Dismissal.objects.holding_on(day or timezone.localdate())
    own = holding.filter(venue=OuterRef("venue"), sign=OuterRef("sign")).order_by("-pk")
    return signs.annotate(dismissal_id=Subquery(own.values("pk")[:1]))
