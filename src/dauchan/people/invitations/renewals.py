"""A new sign-in for an account in use, whose holder forgot the password or lost what they sign in with.

A forgotten password: one person sends a link to the number that is known; the second factor stays. A lost phone: the second
factor ends, or the link goes to another number, and that takes two people who could each grant all of the account's roles;
meanwhile its owner is told wherever they can be reached, and may stop it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dauchan.people.invitations.actions import withdraw_open
from dauchan.people.invitations.errors import (
    LinkNotGood,
    MessageNotTaken,
    NeedsSecondPerson,
    NothingToSend,
    NothingWaits,
    NotYoursToConfirm,
    NotYoursToRenew,
    PhoneHasAccount,
    TooManyLinks,
)
from dauchan.people.invitations.links import phone_hash_of, sent, token_hash_of
from dauchan.people.invitations.models import Invitation
from dauchan.people.invitations.queries import known_invitation, running_roles
from dauchan.people.invitations.telling import tell_of_asking
from dauchan.units import audit
from dauchan.units.granting import may_grant

if TYPE_CHECKING:
    from dauchan.units.models import Officer

MOST_A_DAY = 5


def send_link(officer: Officer, by: Officer, phone: str = "", *, is_lost: bool = False) -> str | None:
    """A new link; links sent before are worth nothing, and nothing else changes until it is used.

    With *is_lost* or another number, for an account in use, it is only asked for: `confirm_renewal` sends it.

    Raises: NotYoursToRenew, NothingToSend, NeedsSecondPerson, TooManyLinks, PhoneHasAccount, MessageNotTaken.
    """
    invitation = _asked(officer, by, phone, is_lost=is_lost)
    if not invitation.needs_two:
        return sent(invitation)
    try:
        tell_of_asking(invitation)
    except MessageNotTaken:
        withdraw_open(officer)
        raise
    return None


@transaction.atomic
def _asked(officer: Officer, by: Officer, phone: str, *, is_lost: bool) -> Invitation:
    before, is_in_use = known_invitation(officer), officer.has_usable_password()
    if not running_roles(officer) or not (phone or before):
        raise NothingToSend
    if officer.pk == by.pk or not may_grant_all(by, officer):
        raise NotYoursToRenew
    number = phone or before.phone  # type: ignore[union-attr]  # one of both is there
    is_new_number = before is None or number != before.phone
    needs_two = is_in_use and is_lost
    if is_in_use and is_new_number and not is_lost:
        raise NeedsSecondPerson
    _refuse_number_of_another(officer, number)
    _refuse_too_many(officer)
    withdraw_open(officer)
    invitation = Invitation.objects.create(
        officer=officer,
        phone=number,
        phone_hash=phone_hash_of(number),
        language=before.language if before else settings.LANGUAGE_CODE,
        made_by=by,
        needs_two=needs_two,
        ends_factor=needs_two,
    )
    action = "account.renewal_asked" if needs_two else "account.link_sent"
    detail = {"new_number": bool(before) and is_new_number, "is_renewal": is_in_use, "ends_factor": needs_two}
    audit.record(by, action, f"officer:{officer.pk}", detail=detail)
    return invitation


def confirm_renewal(invitation: Invitation, by: Officer, identified: str) -> str | None:
    """The second person agrees, having made sure who asks; the link goes out. Raises: NothingWaits, NotYoursToConfirm, MessageNotTaken."""
    return sent(_confirmed(invitation, by, identified))


@transaction.atomic
def _confirmed(invitation: Invitation, by: Officer, identified: str) -> Invitation:
    invitation = _locked(invitation)
    if not may_confirm(invitation, by):
        raise NotYoursToConfirm
    invitation.confirmed_by, invitation.confirmed_at, invitation.identified = by, timezone.now(), identified
    invitation.save(update_fields=["confirmed_by", "confirmed_at", "identified"])
    detail = {"asked_by": invitation.made_by_id, "identified": identified}
    audit.record(by, "account.renewal_confirmed", f"officer:{invitation.officer_id}", detail=detail)
    return invitation


@transaction.atomic
def decline_renewal(invitation: Invitation, by: Officer) -> None:
    """Whoever may confirm it declines it; whoever asked takes it back. Raises: NothingWaits, NotYoursToConfirm."""
    invitation = _locked(invitation)
    if by.pk != invitation.made_by_id and not may_confirm(invitation, by):
        raise NotYoursToConfirm
    _end(invitation)
    audit.record(by, "account.renewal_declined", f"officer:{invitation.officer_id}")


@transaction.atomic
def stop_own_renewal(officer: Officer) -> bool:
    """The account's owner stops it, signed in as themselves; returns whether there was one."""
    is_there = bool(withdraw_open(officer))
    if is_there:
        audit.record(officer, "account.renewal_stopped", f"officer:{officer.pk}", detail={"with": "session"})
    return is_there


def renewal_to_stop(token: str) -> Invitation:
    """The renewal that the link in the owner's message stops; looking stops nothing. Raises: LinkNotGood."""
    found = Invitation.objects.filter(stop_hash=token_hash_of(token)).select_related("officer").first()
    if found is None or not found.is_open or found.is_stale:
        raise LinkNotGood
    return found


@transaction.atomic
def stop_renewal(token: str) -> None:
    """Raises: LinkNotGood."""
    invitation = Invitation.objects.select_for_update().get(pk=renewal_to_stop(token).pk)
    if not invitation.is_open:
        raise LinkNotGood
    _end(invitation)
    audit.record(None, "account.renewal_stopped", f"officer:{invitation.officer_id}", detail={"with": "message"})


def may_grant_all(by: Officer, officer: Officer) -> bool:
    return all(may_grant(by, each.role, each.unit) for each in running_roles(officer))


def may_confirm(invitation: Invitation, by: Officer) -> bool:
    return by.pk not in {invitation.made_by_id, invitation.officer_id} and may_grant_all(by, invitation.officer)


def _locked(invitation: Invitation) -> Invitation:
    held = Invitation.objects.select_for_update(of=("self",)).select_related("officer").get(pk=invitation.pk)
    if not held.waits:
        raise NothingWaits
    return held


def _end(invitation: Invitation) -> None:
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])


def _refuse_number_of_another(officer: Officer, number: str) -> None:
    others = Invitation.objects.filter(phone_hash=phone_hash_of(number), withdrawn_at=None).exclude(officer=officer)
    if others.filter(officer__is_active=True).exists():
        raise PhoneHasAccount


def _refuse_too_many(officer: Officer) -> None:
    day = timezone.now() - dt.timedelta(days=1)
    if officer.invitations.filter(Q(sent_at__gt=day) | Q(needs_two=True, made_at__gt=day)).count() >= MOST_A_DAY:
        raise TooManyLinks
