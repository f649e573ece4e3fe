"""Who watches the watchers, and over whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Appointment, Role
from dauchan.units.watch.models import Alarm

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer

WATCHES = (Role.LEADER, Role.OPERATOR)


def access_alarms(officer: Officer) -> QuerySet[Alarm]:
    """Alarms about officers who hold or held a role in the reader's area, never about the reader."""
    area = in_area(officer.units_as(*WATCHES), "unit")
    there = Appointment.objects.filter(area).values("officer")
    alarms = Alarm.objects.filter(officer__in=there).exclude(officer=officer)
    return alarms.select_related("rule", "officer", "seen_by")


def access_alarm(officer: Officer, alarm_id: int) -> Alarm:
    """Raises: NoSuchThing."""
    found = access_alarms(officer).filter(pk=alarm_id).first()
    if found is None:
        raise NoSuchThing
    return found
