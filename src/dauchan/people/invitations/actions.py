"""Inviting, sending the link, using it. The link goes to the invited one's own phone and is shown to nobody else."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import httpx
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from dauchan.people import sms
from dauchan.people.encryption import keyed_hash
from dauchan.people.invitations.errors import (
    LinkNotGood,
    MessageNotTaken,
    NothingToSend,
    NotYoursToRenew,
    PhoneHasAccount,
    TooManyLinks,
)
from dauchan.people.invitations.models import Invitation
from dauchan.people.invitations.queries import last_invitation
from dauchan.units import audit
from dauchan.units.accounts import close_account
from dauchan.units.granting import Grant, hand_on, may_grant
from dauchan.units.models import Appointment, Officer
from dauchan.vietnamese import fold

if TYPE_CHECKING:
    from dauchan.units.models import Proposal

LIFE = dt.timedelta(days=3)
TOKEN_BYTES = 24
MOST_A_DAY = 5
LONGEST_USERNAME = 40


@dataclass(frozen=True)
class Invited:
    """`link` is given only where no message leaves the machine (demonstrations), to be shown with the words that say so."""

    officer: Officer
    granted: Appointment | Proposal
    link: str | None

    @property
    def waits(self) -> bool:
        """Whether a second person has to confirm the role before the link goes out."""
        return not isinstance(self.granted, Appointment)


def invite(full_name: str, phone: str, grant: Grant, by: Officer) -> Invited:
    """An account that opens with the link sent to *phone* (E.164), and its first role.

    Raises: PhoneHasAccount, GrantRefused; MessageNotTaken, and then the account stands and the link is sent again.
    """
    invitation, granted = _opened(full_name, phone, grant, by)
    link = _send(invitation) if isinstance(granted, Appointment) else None
    return Invited(invitation.officer, granted, link)


@transaction.atomic
def _opened(full_name: str, phone: str, grant: Grant, by: Officer) -> tuple[Invitation, Appointment | Proposal]:
    phone_hash = _phone_hash(phone)
    taken = Invitation.objects.filter(phone_hash=phone_hash, withdrawn_at=None)
    if any(one.officer.is_active or one.is_open for one in taken.select_related("officer")):
        raise PhoneHasAccount
    officer = Officer(username=_username(full_name), full_name=full_name, is_active=False)
    officer.set_unusable_password()
    officer.full_clean(exclude=["password"])
    officer.save()
    audit.record(by, "account.invited", f"officer:{officer.pk}", detail={"username": officer.username})
    granted = hand_on(officer, grant, by)
    language = translation.get_language() or settings.LANGUAGE_CODE
    invitation = Invitation.objects.create(
        officer=officer, phone=phone, phone_hash=phone_hash, language=language, made_by=by
    )
    return invitation, granted


def send_link(officer: Officer, by: Officer, phone: str = "") -> str | None:
    """A new link, to a new number if one is given; links sent before are worth nothing. Password and second factor stay as
    they are until it is used; then both are set anew.

    Raises: NotYoursToRenew, NothingToSend, TooManyLinks, PhoneHasAccount, MessageNotTaken.
    """
    return _send(_renewed(officer, by, phone))


@transaction.atomic
def _renewed(officer: Officer, by: Officer, phone: str) -> Invitation:
    today = timezone.localdate()
    roles = [each for each in officer.appointments.select_related("unit") if each.until is None or each.until > today]
    before = last_invitation(officer)
    if not roles or not (phone or before):
        raise NothingToSend
    if officer.pk == by.pk or not all(may_grant(by, each.role, each.unit) for each in roles):
        raise NotYoursToRenew
    number = phone or before.phone  # type: ignore[union-attr]  # one of both is there
    others = Invitation.objects.filter(phone_hash=_phone_hash(number), withdrawn_at=None).exclude(officer=officer)
    if others.filter(officer__is_active=True).exists():
        raise PhoneHasAccount
    _refuse_too_many(officer)
    _withdraw_open(officer)
    invitation = Invitation.objects.create(
        officer=officer,
        phone=number,
        phone_hash=_phone_hash(number),
        language=before.language if before else settings.LANGUAGE_CODE,
        made_by=by,
    )
    detail = {"new_number": bool(before and number != before.phone), "is_renewal": officer.is_active}
    audit.record(by, "account.link_sent", f"officer:{officer.pk}", detail=detail)
    return invitation


def send_confirmed(officer: Officer) -> str | None:
    """The link of an invitation whose role waited for a second person. Raises: MessageNotTaken."""
    invitation = officer.invitations.filter(sent_at=None, withdrawn_at=None).order_by("-pk").first()
    return _send(invitation) if invitation else None


@transaction.atomic
def withdraw(officer: Officer, by: Officer) -> None:
    """The link is worth nothing any more."""
    if _withdraw_open(officer):
        audit.record(by, "account.invitation_withdrawn", f"officer:{officer.pk}")


@transaction.atomic
def close(officer: Officer, by: Officer | None) -> None:
    """The account ends, and with it what was sent to open it."""
    _withdraw_open(officer)
    close_account(officer, by)


def invitation_of(token: str) -> Invitation:
    """The invitation a link belongs to; looking at it uses nothing up. Raises: LinkNotGood."""
    found = Invitation.objects.filter(token_hash=_token_hash(token)).select_related("officer", "made_by").first()
    if found is None or not found.is_open:
        raise LinkNotGood
    return found


@transaction.atomic
def accept(token: str, password: str) -> Officer:
    """Open the account with *password*, once. A second factor that was there is gone: it is set up anew.

    Raises: LinkNotGood.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation_of(token).pk)
    if not invitation.is_open:
        raise LinkNotGood
    officer = invitation.officer
    Authenticator.objects.filter(user=officer).delete()
    officer.set_password(password)
    officer.is_active = True
    officer.save(update_fields=["password", "is_active"])
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    audit.record(officer, "account.accepted", f"officer:{officer.pk}", detail={"invitation": invitation.pk})
    return officer


def _send(invitation: Invitation) -> str | None:
    """Outside any transaction: the log and the rows it locks wait for no gateway. Raises: MessageNotTaken."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    now = timezone.now()
    invitation.token_hash, invitation.sent_at, invitation.expires_at = _token_hash(token), now, now + LIFE
    invitation.save(update_fields=["token_hash", "sent_at", "expires_at"])
    link = f"{settings.BASE_URL}{reverse('account_invitation', args=[token])}"
    carrier = sms.gateway()
    try:
        with translation.override(invitation.language):
            carrier.send(invitation.phone, sms.invitation_message(link))
    except httpx.HTTPError as error:
        Invitation.objects.filter(pk=invitation.pk).update(token_hash=None, sent_at=None, expires_at=None)
        raise MessageNotTaken from error
    return link if carrier.shows_on_screen else None


def _withdraw_open(officer: Officer) -> int:
    still_open = officer.invitations.filter(accepted_at=None, withdrawn_at=None)
    return still_open.update(withdrawn_at=timezone.now())


def _refuse_too_many(officer: Officer) -> None:
    day = timezone.now() - dt.timedelta(days=1)
    if officer.invitations.filter(sent_at__gt=day).count() >= MOST_A_DAY:
        raise TooManyLinks


def _username(full_name: str) -> str:
    """`vo.ngoc.mo` of 'Võ Ngọc Mô', with a number where there is one already."""
    name = ".".join("".join(filter(str.isalnum, word)) for word in fold(full_name).split())[:LONGEST_USERNAME].strip(
        "."
    )
    plain = name.encode("ascii", "ignore").decode() or "canbo"
    taken = set(Officer.objects.filter(username__startswith=plain).values_list("username", flat=True))
    return next(made for number in count(1) if (made := plain if number == 1 else f"{plain}{number}") not in taken)


def _token_hash(token: str) -> bytes:
    return keyed_hash(token, "invitation")


def _phone_hash(phone: str) -> bytes:
    return keyed_hash(phone, "invitation-phone")
