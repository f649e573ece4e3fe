"""The personal link by text message: a contact reports with it, and it shows nothing of the past.

A link is a random number of the follow-up and a keyed hash of it, so none can be made up and nothing in it says who is meant.
It ends with the follow-up. Messages go to verified numbers only, in our words only, and within limits.
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from dauchan.people import sms
from dauchan.people.encryption import keyed_hash
from dauchan.people.models import Consent, Identity
from dauchan.tracing.follow_up.errors import LinkNotGood
from dauchan.tracing.follow_up.models import FollowUp, FollowUpStatus, LinkMessage

if TYPE_CHECKING:
    from collections.abc import Sequence

REFERENCE_BYTES, MAC_BYTES = 5, 10
TOKEN_LENGTH = 24
SEND_LOCK = 19001076
MOST_TO_A_PHONE, PHONE_PERIOD = 3, dt.timedelta(days=1)
MOST_IN_ALL, ALL_PERIOD = 3000, dt.timedelta(hours=1)


def link_token(follow_up: FollowUp) -> str:
    reference = follow_up.link_reference.to_bytes(REFERENCE_BYTES, "big")
    return base64.b32encode(reference + _mac(reference)).decode()


def _mac(reference: bytes) -> bytes:
    return keyed_hash(reference.hex(), "follow-up-link")[:MAC_BYTES]


def follow_up_of_link(token: str) -> FollowUp:
    """Raises: LinkNotGood, the same for every reason."""
    try:
        raw = base64.b32decode(token)
    except ValueError:
        raise LinkNotGood from None
    reference, mac = raw[:REFERENCE_BYTES], raw[REFERENCE_BYTES:]
    if not hmac.compare_digest(mac, _mac(reference)):
        raise LinkNotGood
    found = FollowUp.objects.filter(link_reference=int.from_bytes(reference, "big"), status=FollowUpStatus.ACTIVE)
    follow_up = found.select_related("rule", "case").first()
    if follow_up is None:
        raise LinkNotGood
    return follow_up


@dataclass
class Sending:
    """What became of messages: *shown* has the links of a demonstration, whose gateway sends nothing, by number."""

    sent: int = 0
    unverified: int = 0
    over_limit: int = 0
    failed: int = 0
    shown: dict[int, str] = field(default_factory=dict)


def send_links(follow_ups: Sequence[FollowUp]) -> Sending:
    """Send each contact their link, where their number is verified and the limits allow it."""
    sending = Sending()
    people = [one.person_id for one in follow_ups]
    identities = Identity.objects.exclude(verified_at=None).in_bulk(people)
    languages = dict(
        Consent.objects.filter(person__in=people).order_by("given_at").values_list("person_id", "language")
    )
    for follow_up in follow_ups:
        identity = identities.get(follow_up.person_id)
        if identity is None or not identity.phone or not follow_up.is_active:
            sending.unverified += 1
        elif not _take_turn(follow_up, identity.phone):
            sending.over_limit += 1
        else:
            _send(follow_up, identity.phone, languages.get(follow_up.person_id, "vi"), sending)
    return sending


def _send(follow_up: FollowUp, phone: str, language: str, sending: Sending) -> None:
    address = settings.BASE_URL.rstrip("/") + reverse("follow_up:by_link", args=[link_token(follow_up)])
    carrier = sms.gateway()
    with translation.override(language):
        text = sms.follow_up_message(address)
    try:
        carrier.send(phone, text)
    except httpx.HTTPError:
        sending.failed += 1
        return
    sending.sent += 1
    if carrier.shows_on_screen:
        sending.shown[follow_up.contact.number] = address
    FollowUp.objects.filter(pk=follow_up.pk).update(wants_link=True)


@transaction.atomic
def _take_turn(follow_up: FollowUp, phone: str) -> bool:
    """Count and insert as one step; False where a limit is reached."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEND_LOCK])
    phone_hash = keyed_hash(phone, "follow-up-link-phone")
    to_phone = LinkMessage.objects.filter(phone_hash=phone_hash, sent_at__gt=now - PHONE_PERIOD).count()
    in_all = LinkMessage.objects.filter(sent_at__gt=now - ALL_PERIOD).count()
    if to_phone >= MOST_TO_A_PHONE or in_all >= MOST_IN_ALL:
        return False
    LinkMessage.objects.create(follow_up=follow_up, phone_hash=phone_hash, sent_at=now)
    return True


def remind(now: dt.datetime) -> Sending:
    """The day's message to whoever answers by link and has neither answered nor been written to today."""
    today = timezone.localdate(now)
    begins = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = FollowUp.objects.filter(
        status=FollowUpStatus.ACTIVE, wants_link=True, asked_from__lte=today, until_on__gt=today
    )
    waiting = waiting.exclude(reports__for_on=today).exclude(link_messages__sent_at__gte=begins)
    return send_links(list(waiting.select_related("contact")[:MOST_IN_ALL]))
