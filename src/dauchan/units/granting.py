"""Handing on roles: nobody more than they hold, nobody to themselves, and beyond one's own rights only with a second person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dauchan.units import audit
from dauchan.units.errors import AlreadyDecided, LongerThanOwn, NotForOneself, NotGrantedByYou, RoleHeldAlready
from dauchan.units.models import Appointment, Officer, Proposal
from dauchan.units.roles import GRANTS, KEEPS_ACCOUNTS
from dauchan.units.substitution import end_substitutions

if TYPE_CHECKING:
    from dauchan.units.models import Unit


@dataclass(frozen=True)
class Grant:
    """A role in a unit and everything below it, for the half-open period [since, until)."""

    role: str
    unit: Unit
    since: dt.date
    until: dt.date | None = None

    def detail(self) -> dict[str, str | None]:
        return {
            "role": self.role,
            "unit": self.unit.code,
            "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else None,
        }


def may_grant(officer: Officer, role: str, unit: Unit) -> bool:
    """Whether *officer* may hand on *role* in *unit* by themselves."""
    return any(
        role in GRANTS.get(held.role, ()) and held.unit.contains(unit) for held in officer.current_appointments()
    )


def hand_on(to: Officer, grant: Grant, by: Officer) -> Appointment | Proposal:
    """Give *to* the role where *by* may; else write down that they propose it, and nothing is granted yet.

    Raises: NotForOneself, NotGrantedByYou, LongerThanOwn, RoleHeldAlready.
    """
    if to.pk == by.pk:
        raise NotForOneself
    if not any(own.contains(grant.unit) for own in by.units_as(*KEEPS_ACCOUNTS)):
        raise NotGrantedByYou
    _refuse_held(to, grant)
    if may_grant(by, grant.role, grant.unit):
        _refuse_longer(grant, by)
        return _appointed(to, grant, by)
    if to.proposals.filter(role=grant.role, unit=grant.unit, decided_at=None).exists():
        raise RoleHeldAlready
    with transaction.atomic():
        proposal = Proposal.objects.create(
            officer=to, role=grant.role, unit=grant.unit, since=grant.since, until=grant.until, proposed_by=by
        )
        audit.record(by, "account.role_proposed", f"officer:{to.pk}", detail=grant.detail())
    return proposal


@transaction.atomic
def decide(proposal: Proposal, by: Officer, *, granted: bool) -> Appointment | None:
    """Confirm or decline what somebody else proposed. Whoever proposed it may take it back.

    Raises: AlreadyDecided, NotForOneself, NotGrantedByYou, LongerThanOwn, RoleHeldAlready.
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    grant = Grant(proposal.role, proposal.unit, proposal.since, proposal.until)
    if proposal.decided_at is not None:
        raise AlreadyDecided
    if not (may_grant(by, grant.role, grant.unit) or (not granted and proposal.proposed_by_id == by.pk)):
        raise NotGrantedByYou
    if granted and by.pk in {proposal.officer_id, proposal.proposed_by_id}:
        raise NotForOneself
    appointment = None
    if granted:
        _refuse_held(proposal.officer, grant)
        _refuse_longer(grant, by)
        appointment = _appointed(proposal.officer, grant, by)
    else:
        audit.record(by, "account.role_declined", f"officer:{proposal.officer_id}", detail=grant.detail())
    proposal.decided_by, proposal.decided_at, proposal.is_granted = by, timezone.now(), granted
    proposal.save(update_fields=["decided_by", "decided_at", "is_granted"])
    return appointment


@transaction.atomic
def end_role(appointment: Appointment, by: Officer) -> None:
    """From today on the officer no longer holds it, nor does anybody who stands in for them in it.

    Raises: NotGrantedByYou, AlreadyDecided (it has ended).
    """
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    today = timezone.localdate()
    if not may_take_back(by, appointment):
        raise NotGrantedByYou
    if appointment.until is not None and appointment.until <= today:
        raise AlreadyDecided
    appointment.until = max(today, appointment.since)
    appointment.save(update_fields=["until"])
    end_substitutions(Q(in_place_of=appointment.officer_id, role=appointment.role, unit=appointment.unit_id), by)
    detail = {"role": appointment.role, "unit": appointment.unit.code}
    audit.record(by, "account.role_ended", f"officer:{appointment.officer_id}", detail=detail)


def may_take_back(officer: Officer, appointment: Appointment) -> bool:
    """Who may hand a role on may end it; an operator of the area may end any, which takes rights and gives none."""
    if appointment.officer_id == officer.pk:
        return False
    return may_grant(officer, appointment.role, appointment.unit) or officer.may_act_as("operator", appointment.unit)


def _appointed(to: Officer, grant: Grant, by: Officer) -> Appointment:
    with transaction.atomic():
        appointment = Appointment.objects.create(
            officer=to, role=grant.role, unit=grant.unit, since=grant.since, until=grant.until
        )
        audit.record(by, "account.appointed", f"officer:{to.pk}", detail=grant.detail())
    return appointment


def _refuse_held(to: Officer, grant: Grant) -> None:
    """A role that overlaps one they hold in the same unit would be there twice."""
    same = to.appointments.filter(role=grant.role, unit=grant.unit, in_place_of=None)
    overlapping = same.filter(Q(until__isnull=True) | Q(until__gt=grant.since))
    if grant.until is not None:
        overlapping = overlapping.filter(since__lt=grant.until)
    if overlapping.exists():
        raise RoleHeldAlready


def _refuse_longer(grant: Grant, by: Officer) -> None:
    """Whoever holds a role until a day cannot hand it on for longer."""
    ends = [
        held.until
        for held in by.current_appointments()
        if grant.role in GRANTS.get(held.role, ()) and held.unit.contains(grant.unit)
    ]
    if None in ends:
        return
    last = max(end for end in ends if end is not None)
    if grant.until is None or grant.until > last:
        raise LongerThanOwn(last - dt.timedelta(days=1))
