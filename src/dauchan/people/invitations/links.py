"""The link of an invitation: made, sent by message, and kept as a hash."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING

import httpx
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from dauchan.people import sms
from dauchan.people.encryption import keyed_hash
from dauchan.people.invitations.errors import MessageNotTaken
from dauchan.people.invitations.models import Invitation

if TYPE_CHECKING:
    from collections.abc import Callable

LIFE = dt.timedelta(days=3)
TOKEN_BYTES = 24


def sent(invitation: Invitation) -> str | None:
    """Send its link. Outside any transaction: the log and the rows it locks wait for no gateway.

    The link is given back only where no message leaves the machine (demonstrations). Raises: MessageNotTaken.
    """
    token = new_token()
    now = timezone.now()
    invitation.token_hash, invitation.sent_at, invitation.expires_at = token_hash_of(token), now, now + LIFE
    invitation.save(update_fields=["token_hash", "sent_at", "expires_at"])
    link = address_of("account_invitation", token)
    text = sms.renewal_message if invitation.officer.has_usable_password() else sms.invitation_message
    try:
        send_text(invitation.phone, invitation.language, lambda: text(link))
    except httpx.HTTPError as error:
        Invitation.objects.filter(pk=invitation.pk).update(token_hash=None, sent_at=None, expires_at=None)
        raise MessageNotTaken from error
    return link if sms.gateway().shows_on_screen else None


def send_text(phone: str, language: str, text: Callable[[], str]) -> None:
    """Raises: httpx.HTTPError."""
    with translation.override(language):
        sms.gateway().send(phone, text())


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def address_of(name: str, token: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=[token])}"


def token_hash_of(token: str) -> bytes:
    return keyed_hash(token, "invitation")


def phone_hash_of(phone: str) -> bytes:
    return keyed_hash(phone, "invitation-phone")
