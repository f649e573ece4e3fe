"""Inviting and using the link. The link goes to the invited one's own phone and is shown to nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from dauchan.people.invitations.errors import LinkNotGood, PhoneHasAccount
from dauchan.people.invitations.links import phone_hash_of, sent, token_hash_of
from dauchan.people.invitations.models import Invitation
from dauchan.people.invitations.telling import tell_of_use
from dauchan.units import audit
from dauchan.units.accounts import close_account, remove_second_factor
from dauchan.units.granting import Grant, hand_on
from dauchan.units.models import Appointment, Officer
from dauchan.vietnamese import fold

if TYPE_CHECKING:
    from dauchan.units.models import Proposal

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
    link = sent(invitation) if isinstance(granted, Appointment) else None
    return Invited(invitation.officer, granted, link)


@transaction.atomic
def _opened(full_name: str, phone: str, grant: Grant, by: Officer) -> tuple[Invitation, Appointment | Proposal]:
    phone_hash = phone_hash_of(phone)
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


def send_confirmed(officer: Officer) -> str | None:
    """The link of an invitation whose role waited for a second person. Raises: MessageNotTaken."""
    invitation = officer.invitations.filter(sent_at=None, withdrawn_at=None, needs_two=False).order_by("-pk").first()
    return sent(invitation) if invitation else None


@transaction.atomic
def withdraw(officer: Officer, by: Officer) -> None:
    """The link is worth nothing any more."""
    if withdraw_open(officer):
        audit.record(by, "account.invitation_withdrawn", f"officer:{officer.pk}")


@transaction.atomic
def close(officer: Officer, by: Officer | None) -> None:
    """The account ends, and with it what was sent to open it."""
    withdraw_open(officer)
    close_account(officer, by)


def invitation_of(token: str) -> Invitation:
    """The invitation a link belongs to; looking at it uses nothing up. Raises: LinkNotGood."""
    found = Invitation.objects.filter(token_hash=token_hash_of(token)).select_related("officer", "made_by").first()
    if found is None or not found.is_open:
        raise LinkNotGood
    return found


def accept(token: str, password: str) -> Officer:
    """Open the account with *password*, once. The second factor stays unless a second person agreed that it is lost.

    Raises: LinkNotGood.
    """
    invitation = _accepted(token, password)
    if invitation.needs_two:
        tell_of_use(invitation)
    return invitation.officer


@transaction.atomic
def _accepted(token: str, password: str) -> Invitation:
    invitation = Invitation.objects.select_for_update().get(pk=invitation_of(token).pk)
    if not invitation.is_open:
        raise LinkNotGood
    officer = invitation.officer
    if invitation.ends_factor:
        remove_second_factor(officer)
    officer.set_password(password)
    officer.is_active = True
    officer.save(update_fields=["password", "is_active"])
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    audit.record(officer, "account.accepted", f"officer:{officer.pk}", detail={"invitation": invitation.pk})
    return invitation


def withdraw_open(officer: Officer) -> int:
    still_open = officer.invitations.filter(accepted_at=None, withdrawn_at=None)
    return still_open.update(withdrawn_at=timezone.now())


def _username(full_name: str) -> str:
    """`vo.ngoc.mo` of 'Võ Ngọc Mô', with a number where there is one already."""
    name = ".".join("".join(filter(str.isalnum, word)) for word in fold(full_name).split())[:LONGEST_USERNAME].strip(
        "."
    )
    plain = name.encode("ascii", "ignore").decode() or "canbo"
    taken = set(Officer.objects.filter(username__startswith=plain).values_list("username", flat=True))
    return next(made for number in count(1) if (made := plain if number == 1 else f"{plain}{number}") not in taken)
