"""Which days a page is about: today, this week, this month, and not longer than the ledger remembers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dauchan.compliance.participation.queries import first_known_day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PERIODS: dict[str, StrOrPromise] = {"today": _("Hôm nay"), "week": _("Tuần này"), "month": _("Tháng này")}
LONGER: dict[str, StrOrPromise] = {"week": _("7 ngày qua"), "month": _("30 ngày qua"), "quarter": _("90 ngày qua")}
LONGER_DAYS = {"week": 7, "month": 30, "quarter": 90}


@dataclass(frozen=True)
class Period:
    """Days of [first, until); `is_cut` where it would begin before the ledger does."""

    name: str
    first: dt.date
    until: dt.date
    is_cut: bool = False

    @property
    def last(self) -> dt.date:
        return self.until - dt.timedelta(days=1)

    @property
    def is_one_day(self) -> bool:
        return self.first == self.last


def period_asked(name: str, today: dt.date) -> Period:
    """What `?period=` means; anything else is today."""
    begins = {"week": today - dt.timedelta(days=today.weekday()), "month": today.replace(day=1)}
    first = begins.get(name, today)
    known = max(first, first_known_day(today))
    return Period(name if name in begins else "today", known, today + dt.timedelta(days=1), first < known)


def past_days(name: str, today: dt.date) -> Period:
    """The days before today that shares are told of; anything else is a week."""
    days = LONGER_DAYS.get(name, LONGER_DAYS["week"])
    return Period(name if name in LONGER_DAYS else "week", today - dt.timedelta(days=days), today)
