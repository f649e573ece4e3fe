"""What a page of the dashboards is asked for: a unit of the officer's area, and a period."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.compliance.models import CountedDay
from dauchan.compliance.periods import Period
from dauchan.units.jurisdiction import access_unit
from dauchan.units.models import Role, Unit
from dauchan.web.layout.widgets import DateInput

if TYPE_CHECKING:
    from django.http import QueryDict

    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest

SEES_DASHBOARDS = (Role.OFFICER, Role.HEAD, Role.MONITOR, Role.LEADER, Role.APPROVER)
#: Of a unit's number in the database.
MOST_DIGITS = 18
USUAL_LENGTH = 7
OWN = "own"
#: A quarter: longer tables of days are read by nobody, and each day of every venue is added up.
LONGEST = 92
EARLIEST = dt.date(2020, 1, 1)


class DaysForm(forms.Form):
    """Days that are not in the future; of one's own choice where the field *kind* says so, from `first` to `last`."""

    kind: ClassVar[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        if self.data.get(self.kind) != OWN:
            del self.fields["first"]  # nothing to choose

    def clean_last(self) -> dt.date:
        last: dt.date = self.cleaned_data["last"]
        if last > timezone.localdate():
            raise forms.ValidationError(_("Ngày này ở tương lai."))
        if last < EARLIEST:
            raise forms.ValidationError(_("Chưa có số liệu của ngày này."))
        return last

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get(self.kind) == OWN and "last" in cleaned and "first" in cleaned:
            first, last = cleaned["first"], cleaned["last"]
            if first is None or not EARLIEST <= first <= last:
                self.add_error("first", _("Ngày bắt đầu phải trước hoặc trùng ngày cuối."))
            elif (last - first).days >= LONGEST:
                self.add_error("first", _("Chọn tối đa 92 ngày."))
        return cleaned


class PeriodForm(DaysForm):
    """Seven, fourteen or twenty-eight days to a day, or two days of one's own."""

    kind = "length"

    length = forms.ChoiceField(
        label=_("Khoảng thời gian"),
        choices=[("7", _("7 ngày")), ("14", _("14 ngày")), ("28", _("28 ngày")), (OWN, _("Tự chọn ngày"))],
    )
    first = forms.DateField(label=_("Từ ngày"), required=False, widget=DateInput)
    last = forms.DateField(label=_("Đến hết ngày"), widget=DateInput)

    @property
    def period(self) -> Period | None:
        """What was chosen; None where it makes no sense."""
        if not self.is_valid():
            return None
        length = self.cleaned_data["length"]
        if length == OWN:
            return Period(self.cleaned_data["first"], self.cleaned_data["last"])
        return Period.ending(self.cleaned_data["last"], int(length))


@dataclass(frozen=True)
class Asked:
    """A unit, its place in the officer's area, and a period.

    Attributes:
        way: the units from the head of the officer's area down to this one.
        counted: the counted days of the period, each as of when.
    """

    form: PeriodForm
    period: Period
    unit: Unit
    way: list[Unit]
    counted: dict[dt.date, dt.datetime]

    @property
    def as_of(self) -> dt.datetime | None:
        """When the last day was counted; None where it was not."""
        return self.counted.get(self.period.last)

    @property
    def is_running(self) -> bool:
        """The last day is not over: its figures still grow."""
        return self.period.last == timezone.localdate()

    @property
    def days_before(self) -> frozenset[dt.date]:
        """The counted days of the period before."""
        before = self.period.before
        return frozenset(
            CountedDay.objects.filter(day__range=(before.first, before.last)).values_list("day", flat=True)
        )

    @property
    def missing(self) -> int:
        return self.period.length - len(self.counted)

    @property
    def where(self) -> dict[str, str]:
        """The part of an address that says all this."""
        where = {"unit": str(self.unit.pk), "last": self.period.last.isoformat()}
        where["length"] = str(self.form["length"].value())
        return {**where, "first": self.period.first.isoformat()} if where["length"] == OWN else where


def asked(request: OfficerRequest, *, unit: Unit | None = None) -> Asked:
    """The unit that the address names, or one that an object of the officer's area has shown already.

    Raises: NoSuchThing for a unit outside the officer's area.
    """
    form, period = _period(request.GET)
    unit = unit or chosen_unit(request)
    known = CountedDay.objects.filter(day__range=(period.first, period.last))
    return Asked(form, period, unit, way_to(request.user, unit), dict(known.values_list("day", "counted_at")))


def _period(chosen: QueryDict) -> tuple[PeriodForm, Period]:
    """Seven days to yesterday, the last whole day, where nothing sensible was chosen."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    usual = {"length": str(USUAL_LENGTH), "last": yesterday.isoformat()}
    given = {name: chosen[name] for name in ("length", "first", "last") if chosen.get(name)}
    if given.get("length") == OWN:
        given.setdefault("first", (yesterday - dt.timedelta(days=USUAL_LENGTH - 1)).isoformat())
    form = PeriodForm({**usual, **given})
    return form, form.period or Period.ending(yesterday, USUAL_LENGTH)


def chosen_unit(request: OfficerRequest, *roles: str) -> Unit:
    """Of the area of one of *roles*; where the address names none, the first the officer has. Raises: NoSuchThing."""
    roles = roles or SEES_DASHBOARDS
    chosen = request.GET.get("unit", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) <= MOST_DIGITS:
        return access_unit(request.user, int(chosen), *roles)
    return request.user.units_as(*roles)[0]


def way_to(officer: Officer, unit: Unit, *roles: str) -> list[Unit]:
    """The units from the head of the officer's area down to *unit*."""
    tops = [own for own in officer.units_as(*(roles or SEES_DASHBOARDS)) if own.contains(unit)]
    top = min(tops, key=lambda own: own.path.count("."))
    ids = [int(part) for part in unit.path.split(".") if part.isdigit()]
    between = Unit.objects.filter(pk__in=ids, path__startswith=top.path).exclude(pk=unit.pk) if unit != top else []
    return [*sorted(between, key=lambda each: each.path.count(".")), unit]
