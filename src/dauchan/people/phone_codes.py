"""One-time codes by text message: made, sent within limits, accepted once."""

from __future__ import annotations

import datetime as dt
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from dauchan.people import sms
from dauchan.people.encryption import keyed_hash
from dauchan.people.errors import CodeNotAccepted, TooManyCodes
from dauchan.people.models import PhoneCode

if TYPE_CHECKING:
    from django.db.models import QuerySet

LIFE = dt.timedelta(minutes=5)
MAX_TRIES = 5
WITHIN = dt.timedelta(hours=1)
#: How long a code's row is kept: the limits look back an hour, a complaint about messages comes within a day.
KEPT = dt.timedelta(days=1)
SEND_LOCK = 19001075


@dataclass(frozen=True)
class Limit:
    """At most *most* codes an hour that agree in *field* (all codes where it is empty).

    Where only unused codes count, a market hall of people behind one address of their network may all sign up, while
    whoever sends codes to strangers, who never type them in, is stopped.
    """

    field: str
    most: int
    only_unused: bool


#: The first one stops a flood, at the price of one count.
LIMITS = (
    Limit("", 3_000, only_unused=True),
    Limit("phone_hash", 5, only_unused=False),
    Limit("address_hash", 30, only_unused=True),
    Limit("subnet_hash", 120, only_unused=True),
    Limit("", 30_000, only_unused=False),
)


@dataclass(frozen=True)
class SentCode:
    expires_at: dt.datetime
    #: Only with a gateway that sends nothing: the code, to be shown with the words that say so.
    shown_code: str | None


def send_code(phone: str, purpose: str, address: str) -> SentCode:
    """Make a code for *phone* (E.164) and send it; a code sent earlier for the same purpose no longer counts.

    Raises: TooManyCodes; httpx.HTTPError if the gateway did not take the message (it counts against the limits).
    """
    now = timezone.now()
    code = f"{secrets.randbelow(10**6):06d}"
    row = PhoneCode(
        phone_hash=keyed_hash(phone, "phone-code"),
        purpose=purpose,
        code_hash=_code_hash(phone, purpose, code),
        address_hash=keyed_hash(address, "address"),
        subnet_hash=keyed_hash(_subnet(address), "subnet"),
        sent_at=now,
        expires_at=now + LIFE,
    )
    with transaction.atomic():
        with connection.cursor() as cursor:  # count and insert as one step, or parallel requests pass the limit
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEND_LOCK])
        _refuse_over_limit(row, now)
        _live_codes(bytes(row.phone_hash), purpose, now).update(expires_at=now)
        row.save()
    carrier = sms.gateway()
    carrier.send(phone, sms.message_with(code))
    return SentCode(row.expires_at, code if carrier.shows_on_screen else None)


def accept_code(phone: str, purpose: str, code: str) -> None:
    """Use up the code sent to *phone* for *purpose*.

    Raises: CodeNotAccepted, the same whatever the cause, so that nothing can be learnt by trying.
    """
    now = timezone.now()
    row = _live_codes(keyed_hash(phone, "phone-code"), purpose, now).order_by("-sent_at").first()
    expected = bytes(row.code_hash) if row else bytes(32)
    matches = hmac.compare_digest(expected, _code_hash(phone, purpose, code.strip()))
    if row is None:
        raise CodeNotAccepted
    # The try is taken in one statement: parallel guesses cannot share one.
    taken = PhoneCode.objects.filter(pk=row.pk, tries__lt=MAX_TRIES, used_at=None).update(tries=F("tries") + 1)
    if not taken or not matches:
        raise CodeNotAccepted
    if not PhoneCode.objects.filter(pk=row.pk, used_at=None).update(used_at=now):
        raise CodeNotAccepted


def _live_codes(phone_hash: bytes, purpose: str, now: dt.datetime) -> QuerySet[PhoneCode]:
    return PhoneCode.objects.filter(phone_hash=phone_hash, purpose=purpose, used_at=None, expires_at__gt=now)


def forget_codes(now: dt.datetime) -> int:
    """Delete the rows that no limit and no complaint needs any more; returns how many. A job of the night."""
    return PhoneCode.objects.filter(sent_at__lt=now - KEPT).delete()[0]


def _refuse_over_limit(row: PhoneCode, now: dt.datetime) -> None:
    for limit in LIMITS:
        sent = PhoneCode.objects.filter(sent_at__gt=now - WITHIN)
        if limit.field:
            sent = sent.filter(**{limit.field: getattr(row, limit.field)})
        if limit.only_unused:
            sent = sent.filter(used_at=None)
        if sent.count() >= limit.most:
            raise TooManyCodes(retry_after=int(WITHIN.total_seconds() // 4))


def _code_hash(phone: str, purpose: str, code: str) -> bytes:
    return keyed_hash(f"{phone}\0{code}", f"code:{purpose}")


def _subnet(address: str) -> str:
    """The /24 (IPv4) or /48 (IPv6) an address belongs to: what one subscriber can rotate through."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False))  # noqa: PLR2004 - IP version
