"""The owner of an account is told at every number known of them when somebody asks to renew how they sign in."""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING

import httpx

from dauchan.people import sms
from dauchan.people.invitations.errors import MessageNotTaken
from dauchan.people.invitations.links import address_of, new_token, send_text, token_hash_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from dauchan.people.invitations.models import Invitation
    from dauchan.units.models import Officer

log = getLogger(__name__)
MOST_NUMBERS = 3


def known_numbers(officer: Officer) -> list[str]:
    """Numbers at which a link of theirs was used, the latest first."""
    used = officer.invitations.filter(accepted_at__isnull=False).order_by("-accepted_at")
    return list(dict.fromkeys(each.phone for each in used))[:MOST_NUMBERS]


def tell_of_asking(invitation: Invitation) -> int:
    """Send the link that stops it; returns to how many numbers.

    Raises: MessageNotTaken: numbers are known, and none could be told.
    """
    token = new_token()
    invitation.stop_hash = token_hash_of(token)
    invitation.save(update_fields=["stop_hash"])
    numbers = known_numbers(invitation.officer)
    link = address_of("account_stop_renewal", token)
    told = _told(numbers, invitation.language, lambda: sms.renewal_asked_message(link))
    if numbers and not told:
        raise MessageNotTaken
    return told


def tell_of_use(invitation: Invitation) -> None:
    """That the account opens anew, to the numbers other than the one that opened it."""
    others = [number for number in known_numbers(invitation.officer) if number != invitation.phone]
    _told(others, invitation.language, sms.renewal_used_message)


def _told(numbers: list[str], language: str, text: Callable[[], str]) -> int:
    told = 0
    for number in numbers:
        try:
            send_text(number, language, text)
        except httpx.HTTPError:
            log.warning("an owner could not be told of a renewal")
        else:
            told += 1
    return told
