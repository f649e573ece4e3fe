"""Filters of the outbreak pages: lengths of time and shares as they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    import datetime as dt

register = template.Library()
TWO_HOURS, TWO_DAYS = 120, 2880


@register.filter
def minutes_of(length: dt.timedelta | None) -> float | None:
    """A length of time in minutes."""
    return None if length is None else length.total_seconds() / 60


@register.filter
def in_minutes(minutes: float | None) -> str:
    """In the unit that reads best: minutes up to two hours, hours up to two days, then days."""
    if minutes is None:
        return "–"
    if minutes < 1:
        return _("dưới 1 phút")
    if minutes < TWO_HOURS:
        return _("%(minutes)s phút") % {"minutes": _number(minutes, 0)}
    if minutes < TWO_DAYS:
        return _("%(hours)s giờ") % {"hours": _number(minutes / 60, 1)}
    return _("%(days)s ngày") % {"days": _number(minutes / 1440, 1)}


@register.filter
def in_percent(share: float | None) -> str:
    """A share with one decimal."""
    return "–" if share is None else f"{_number(100 * share, 1)} %"


@register.filter
def probability(value: float) -> str:
    """A p-value: as many digits as tell it from nought, or that it is smaller than that."""
    smallest = 0.0001
    return f"< {_number(smallest, 4)}" if value < smallest else _number(value, 4)


def _number(value: float, decimals: int) -> str:
    """In the local form, without a nought behind the comma."""
    return str(floatformat(value, -decimals))
