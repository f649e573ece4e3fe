"""Accounts with their state."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.db.models import Case, CharField, Exists, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from dauchan.people.invitations.models import AccountState, Invitation
from dauchan.units.models import Appointment, Proposal

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import WithAnnotations

    from dauchan.units.models import Officer

    class Stated(TypedDict):
        state: str
        link_until: object

    Account = WithAnnotations[Officer, Stated]


def with_state(accounts: QuerySet[Officer]) -> QuerySet[Account]:
    """Each account with its `state`, one of `AccountState`."""
    now, today = timezone.now(), timezone.localdate()
    mine = Invitation.objects.filter(officer=OuterRef("pk"), accepted_at=None, withdrawn_at=None).order_by("-pk")
    holds = Exists(Appointment.objects.in_force_on(today).filter(officer=OuterRef("pk")))
    waits = Exists(Invitation.objects.waiting().filter(officer=OuterRef("pk")))
    comes = Exists(Appointment.objects.filter(officer=OuterRef("pk"), since__gt=today))
    proposed = Exists(Proposal.objects.filter(officer=OuterRef("pk"), decided_at=None))
    state = Case(
        When(Q(is_active=True) & (holds | comes), then=Value(AccountState.ACTIVE)),
        When(is_active=True, then=Value(AccountState.RESTING)),
        When(link_until__gt=now, then=Value(AccountState.INVITED)),
        When(proposed | waits, then=Value(AccountState.WAITING)),
        When(Exists(mine), then=Value(AccountState.EXPIRED)),
        default=Value(AccountState.CLOSED),
        output_field=CharField(),
    )
    return accounts.annotate(link_until=Subquery(mine.values("expires_at")[:1])).annotate(state=state)


def last_invitation(officer: Officer) -> Invitation | None:
    return officer.invitations.order_by("-pk").first()


def known_invitation(officer: Officer) -> Invitation | None:
    """The last one that was used; of an account that was never opened, the last one: a number nobody proved is unknown."""
    used = officer.invitations.filter(accepted_at__isnull=False).order_by("-accepted_at").first()
    return used if used or officer.has_usable_password() else last_invitation(officer)


def open_renewal(officer: Officer) -> Invitation | None:
    """A new sign-in that somebody asked for, and that could still come about."""
    still = officer.invitations.filter(accepted_at=None, withdrawn_at=None).select_related("made_by", "confirmed_by")
    found = still.order_by("-pk").first() if officer.has_usable_password() else None
    return found if found and found.is_open and not found.is_stale else None


def running_roles(officer: Officer) -> list[Appointment]:
    """Roles in force or to come."""
    today = timezone.localdate()
    return [each for each in officer.appointments.select_related("unit") if each.until is None or each.until > today]
