"""The only ways to measures: the head of the very unit that the agency belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.people.measures.models import Measure
from dauchan.people.roster.access import access_roster
from dauchan.units.errors import NoSuchThing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer


def access_measures(officer: Officer, agency_id: int) -> QuerySet[Measure]:
    """Raises: NoSuchThing."""
    agency = access_roster(officer, agency_id)
    return Measure.objects.filter(agency=agency).select_related("agency__unit", "recorded_by", "withdraws")


def access_measure(officer: Officer, agency_id: int, measure_id: int) -> Measure:
    """Raises: NoSuchThing."""
    measure = access_measures(officer, agency_id).filter(pk=measure_id).first()
    if measure is None:
        raise NoSuchThing
    return measure
