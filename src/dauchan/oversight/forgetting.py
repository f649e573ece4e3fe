"""What is forgotten of reports when its purpose is over. What came of them, and their history, stays."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Coalesce

from dauchan.oversight.models import RUNNING, Report, ReportPhoto
from dauchan.units import audit

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: The limits look back a day; a wave of nonsense is looked into within a week.
ADDRESS_KEPT = dt.timedelta(days=7)
#: Citizens' own words may name somebody: they go with the photographs.
A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Forgotten:
    addresses: int = 0
    phones: int = 0
    words: int = 0
    photos: int = 0


def forget(now: dt.datetime) -> Forgotten:
    """Running again forgets nothing more."""
    addresses = Report.objects.filter(reported_at__lt=now - ADDRESS_KEPT).exclude(address_hash=b"")
    phones = _past(now, "clock__reopen_days").filter(phone__isnull=False).exclude(status__in=RUNNING)
    worded = _past(now, "clock__photo_days").exclude(words="", reopen_words="").exclude(status__in=RUNNING)
    photos = ReportPhoto.objects.filter(report__in=_past(now, "clock__photo_days")).exclude(sealed="")
    done = Forgotten(
        addresses.update(address_hash=b""),
        Report.objects.filter(pk__in=[one.pk for one in phones]).update(phone=None),
        Report.objects.filter(pk__in=[one.pk for one in worded]).update(words="", reopen_words=""),
        sum(_drop_original(photo) for photo in photos),
    )
    if done != Forgotten():
        audit.record(None, "reports.purged", "reports", detail=vars(done))
    return done


def _past(now: dt.datetime, days: str) -> QuerySet[Report]:
    """Reports whose answer lies more than the rule's *days* back; of what never was answered, twice as long after it was sent."""
    since = Coalesce("answered_at", "merged_into__answered_at")
    span = ExpressionWrapper(F(days) * Value(A_DAY), output_field=DurationField())
    until = ExpressionWrapper(now - span, output_field=DateTimeField())
    long_ago = ExpressionWrapper(now - span - span, output_field=DateTimeField())
    found = Report.objects.alias(since=since, until=until, long_ago=long_ago)
    return found.filter(Q(since__lt=F("until")) | Q(since__isnull=True, reported_at__lt=F("long_ago")))


def _drop_original(photo: ReportPhoto) -> int:
    photo.sealed.delete(save=False)
    ReportPhoto.objects.filter(pk=photo.pk).update(sealed="", boxes=None)
    return 1
