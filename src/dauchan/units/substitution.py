"""Standing in for somebody on leave: who, in which role, from when to when; and when they do so.

A substitute does their own work until they take up the other's. While they act for the other they have the other's role
and none of their own, so that of everything done it is known for whom it was done.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.units import audit
from dauchan.units.errors import (
    LongerThanOwn,
    NoSubstitution,
    NotForOneself,
    PeriodRefused,
    RoleHeldAlready,
    SubstituteRefused,
)
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Appointment, Officer, Stint

if TYPE_CHECKING:
    from django.db.models import Q, QuerySet

LONGEST = dt.timedelta(days=92)


def possible_substitutes(absent: Appointment) -> QuerySet[Officer]:
    """Officers with an account in use who hold a role within the absent one's unit."""
    today = timezone.localdate()
    area = in_area([absent.unit], "unit")
    there = Appointment.objects.in_force_on(today).filter(area, in_place_of=None).values("officer")
    return Officer.objects.filter(pk__in=there, is_active=True).exclude(pk=absent.officer_id).order_by("sort_key")


@transaction.atomic
def name_substitute(
    absent: Appointment, substitute: Officer, since: dt.date, until: dt.date, by: Officer
) -> Appointment:
    """*substitute* holds the role of *absent* in [since, until) besides their own.

    Raises: NotForOneself, SubstituteRefused, PeriodRefused, LongerThanOwn, RoleHeldAlready.
    """
    if substitute.pk == absent.officer_id or (substitute.pk == by.pk and by.pk != absent.officer_id):
        raise NotForOneself
    if absent.in_place_of_id is not None or not possible_substitutes(absent).filter(pk=substitute.pk).exists():
        raise SubstituteRefused
    if not timezone.localdate() <= since < until or until - since > LONGEST:
        raise PeriodRefused
    if absent.until is not None and until > absent.until:
        raise LongerThanOwn(absent.until - dt.timedelta(days=1))
    same = absent.officer.substitutions.filter(role=absent.role, unit=absent.unit, since__lt=until, until__gt=since)
    if same.exists():
        raise RoleHeldAlready
    facts = {"role": absent.role, "unit": absent.unit, "since": since, "until": until}
    made = Appointment.objects.create(officer=substitute, in_place_of=absent.officer, **facts)
    said = {"role": absent.role, "unit": absent.unit.code, "since": str(since), "until": str(until)}
    detail = {**said, "substitute": substitute.pk}
    audit.record(by, "substitution.named", f"officer:{absent.officer_id}", detail=detail)
    return made


def end_substitutions(which: Q, by: Officer | None) -> int:
    """End those of *which* that run or are to come; whoever acts under one does their own work again."""
    today = timezone.localdate()
    running = Appointment.objects.filter(which, in_place_of__isnull=False, until__gt=today)
    for substitution in running.select_for_update():
        substitution.until = max(today, substitution.since)
        substitution.save(update_fields=["until"])
        _lay_down(substitution.officer_id)
        detail = {"role": substitution.role, "substitute": substitution.officer_id}
        audit.record(by, "substitution.ended", f"officer:{substitution.in_place_of_id}", detail=detail)
    return len(running)


@transaction.atomic
def take_up(officer: Officer, substitution_id: int) -> Appointment:
    """From now on *officer* acts for the absent one. Raises: NoSubstitution."""
    today = timezone.localdate()
    substitutions = officer.appointments.in_force_on(today).filter(in_place_of__isnull=False)
    chosen = substitutions.filter(pk=substitution_id).select_related("in_place_of").first()
    if chosen is None:
        raise NoSubstitution
    _lay_down(officer.pk)
    Stint.objects.create(officer=officer, appointment=chosen, began_at=timezone.now())
    Officer.objects.filter(pk=officer.pk).update(acts_under=chosen)
    detail = {"role": chosen.role, "in_place_of": chosen.in_place_of_id}
    audit.record(officer, "substitution.taken_up", f"officer:{officer.pk}", detail=detail)
    return chosen


@transaction.atomic
def lay_down(officer: Officer) -> None:
    """*officer* does their own work again."""
    if officer.acts_under_id is not None:
        audit.record(officer, "substitution.laid_down", f"officer:{officer.pk}")
        _lay_down(officer.pk)


def _lay_down(officer_id: int) -> None:
    Stint.objects.filter(officer=officer_id, ended_at=None).update(ended_at=timezone.now())
    Officer.objects.filter(pk=officer_id).update(acts_under=None)


@dataclass(frozen=True)
class StoodIn:
    """That somebody acted for *absent* in [began_at, ended_at); without an end they still do."""

    began_at: dt.datetime
    ended_at: dt.datetime | None
    absent: str

    def covers(self, at: dt.datetime) -> bool:
        return self.began_at <= at and (self.ended_at is None or at < self.ended_at)


def stood_in() -> dict[int, list[StoodIn]]:
    """When officers acted for others, by officer: a few lines a year, read at once by pages that show who signed what."""
    found: dict[int, list[StoodIn]] = {}
    stints = Stint.objects.values_list("officer", "began_at", "ended_at", "appointment__in_place_of__full_name")
    for officer_id, began_at, ended_at, absent in stints:
        found.setdefault(officer_id, []).append(StoodIn(began_at, ended_at, absent))
    return found
