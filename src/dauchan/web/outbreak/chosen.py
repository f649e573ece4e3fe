"""The outbreak a page is asked for, and how much of it this officer may see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from dauchan.tracing.access import access_cases, access_cases_in_figures, sees_cases_of
from dauchan.tracing.outbreak_queries import Outbreak, cases_within, disease_most_seen
from dauchan.units import audit
from dauchan.units.errors import RoleMissing
from dauchan.units.models import Role, Unit, UnitLevel
from dauchan.web.outbreak.forms import USUAL_DAYS, OutbreakForm

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.tracing.outbreak_queries import OutbreakCase
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest

SEES = (Role.TRACER, Role.APPROVER, Role.LEADER)


@dataclass(frozen=True)
class Chosen:
    """A choice of an outbreak by an officer.

    Attributes:
        form: as it was asked for; with errors where the usual values were taken instead.
        outbreak: None where no disease is under surveillance.
        sees_cases: whether single cases may be shown; else figures of whole weeks only.
        basis: `onset`, `sample` or `report`.
    """

    officer: Officer
    form: OutbreakForm
    outbreak: Outbreak | None
    sees_cases: bool
    basis: str

    @cached_property
    def cases(self) -> list[OutbreakCase]:
        if self.outbreak is None:
            return []
        allowed = access_cases(self.officer) if self.sees_cases else access_cases_in_figures(self.officer)
        return cases_within(allowed, self.outbreak)

    @cached_property
    def unit_names(self) -> dict[int, str]:
        """Names of the units that have the cases."""
        units = Unit.objects.filter(pk__in={case.unit_id for case in self.cases})
        return {unit.pk: unit.full_name for unit in units}

    def record_look(self, picture: str) -> None:
        """Log that single cases were shown together."""
        if self.outbreak is None:
            return
        detail = {
            "picture": picture,
            "disease": self.outbreak.disease.code,
            "from": str(self.outbreak.first_on),
            "to": str(self.outbreak.last_on),
            "cases": len(self.cases),
        }
        audit.record(self.officer, "outbreak.seen", f"unit:{self.outbreak.unit.pk}", detail=detail)


def chosen_outbreak(request: OfficerRequest) -> Chosen:
    """What the address asks for, within the officer's area. Raises: RoleMissing."""
    officer = request.user
    units = units_to_choose(officer)
    own = officer.units_as(*SEES)[0]  # there is one, or units_to_choose had refused
    form = OutbreakForm(request.GET, units=units)
    answers: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    unit = answers.get("unit") or own
    sees_cases = sees_cases_of(officer, unit)
    last_on = answers.get("last_on") or timezone.localdate()
    first_on = answers.get("first_on") or last_on - dt.timedelta(days=USUAL_DAYS - 1)
    if not sees_cases:
        first_on, last_on = whole_weeks(first_on, last_on)
    disease = answers.get("disease") or disease_most_seen(access_cases_in_figures(officer), first_on)
    outbreak = Outbreak(disease, unit, first_on, last_on) if disease else None
    basis = answers.get("basis") or "onset"
    if not form.errors:
        now = {"disease": disease, "unit": unit, "first_on": first_on, "last_on": last_on, "basis": basis}
        form = OutbreakForm(initial=now, units=units)
    return Chosen(officer, form, outbreak, sees_cases, basis)


def chosen_with_cases(request: OfficerRequest) -> Chosen:
    """The same for a page that shows single cases. Raises: RoleMissing for who only leads in that area."""
    chosen = chosen_outbreak(request)
    if not chosen.sees_cases:
        raise RoleMissing
    return chosen


def units_to_choose(officer: Officer) -> QuerySet[Unit]:
    """The officer's own areas, and of those where they see cases the communes of today; raises RoleMissing."""
    own = officer.units_as(*SEES)
    if not own:
        raise RoleMissing
    ids = {unit.pk for unit in own}
    today = Unit.objects.valid_on(timezone.localdate()).filter(level=UnitLevel.COMMUNE)
    for unit in officer.units_as(Role.TRACER, Role.APPROVER):
        ids |= set(today.within(unit).values_list("pk", flat=True))
    return Unit.objects.filter(pk__in=ids)


def whole_weeks(first_on: dt.date, last_on: dt.date) -> tuple[dt.date, dt.date]:
    """From a Monday to a Sunday: periods that cannot be shifted by a day and held against each other."""
    return first_on - dt.timedelta(days=first_on.weekday()), last_on + dt.timedelta(days=6 - last_on.weekday())
