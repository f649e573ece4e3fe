"""What a page of accountability is asked for: a unit of the officer's area, and a week, a month or days of one's own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.compliance.models import CountedDay
from dauchan.compliance.periods import Period
from dauchan.oversight.accountability.access import SEES_ACCOUNTS
from dauchan.oversight.accountability.columns import Window
from dauchan.web.dashboards.asked import OWN, DaysForm, chosen_unit, way_to
from dauchan.web.layout.widgets import DateInput

if TYPE_CHECKING:
    from django.http import QueryDict

    from dauchan.units.models import Unit
    from dauchan.web.requests import OfficerRequest

WEEK, MONTH = "week", "month"


class WindowForm(DaysForm):
    """A week or a month by any day of it, or two days of one's own."""

    kind = "period"

    period = forms.ChoiceField(
        label=_("Kỳ"), choices=[(WEEK, _("Một tuần")), (MONTH, _("Một tháng")), (OWN, _("Tự chọn ngày"))]
    )
    first = forms.DateField(label=_("Từ ngày"), required=False, widget=DateInput)
    last = forms.DateField(label=_("Có ngày"), widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        if "first" in self.fields:
            self.fields["last"].label = _("Đến hết ngày")

    def window(self, now: dt.datetime) -> Window | None:
        """What was chosen; None where it makes no sense."""
        if not self.is_valid():
            return None
        said = self.cleaned_data
        if said["period"] == OWN:
            period = Period(said["first"], said["last"])
            return Window(period, period.before, now)
        return (Window.of_week if said["period"] == WEEK else Window.of_month)(said["last"], now)


@dataclass(frozen=True)
class Asked:
    """Attributes:
    way: the units from the head of the officer's area down to this one.
    counted: how many days of the period were counted.
    """

    form: WindowForm
    window: Window
    unit: Unit
    way: list[Unit]
    counted: int

    @property
    def missing(self) -> int:
        return self.window.period.length - self.counted

    @property
    def earlier(self) -> dt.date:
        """A day of the period before, for the link there."""
        return self.window.before.last

    @property
    def later(self) -> dt.date | None:
        """A day of the period after; None where that has not begun."""
        following = self.window.period.last + dt.timedelta(days=1)
        return following if following < timezone.localdate() else None


def asked(request: OfficerRequest, *roles: str) -> Asked:
    """Raises: NoSuchThing for a unit outside the officer's area."""
    roles = roles or SEES_ACCOUNTS
    form, window = _window(request.GET, timezone.now())
    unit = chosen_unit(request, *roles)
    counted = CountedDay.objects.filter(day__range=(window.period.first, window.period.last)).count()
    return Asked(form, window, unit, way_to(request.user, unit, *roles), counted)


def _window(chosen: QueryDict, now: dt.datetime) -> tuple[WindowForm, Window]:
    """The last whole week where nothing sensible was chosen."""
    today = timezone.localdate(now)
    last_sunday = today - dt.timedelta(days=today.weekday() + 1)
    given = {name: chosen[name] for name in ("period", "first", "last") if chosen.get(name)}
    if given.get("period") == OWN:
        given.setdefault("first", (last_sunday - dt.timedelta(days=6)).isoformat())
    form = WindowForm({"period": WEEK, "last": last_sunday.isoformat(), **given})
    return form, form.window(now) or Window.of_week(last_sunday, now)
