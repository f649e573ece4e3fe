"""Gate devices: invited by the venue's owner with a one-time code, known by a token, revoked."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from dauchan.qr import CodeRefused, make_short_code, read_short_code
from dauchan.units.errors import NoSuchThing
from dauchan.venues.access import DECIDES_VENUES, access_venues
from dauchan.venues.errors import NotThisState, VenueRefused
from dauchan.venues.models import GateDevice, GateInvitation, VenueStatus

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue

INVITATION_MINUTES = 10
#: How often a device's last sign of life is written down.
SEEN_EVERY = timedelta(minutes=1)
TOKEN_DAYS = timedelta(days=30)
NEXT_TOKEN_WAITS = timedelta(days=1)
IN_USE = (VenueStatus.APPROVED, VenueStatus.SUSPENDED)


class InvitationRefused(VenueRefused):
    message = _("Mã không đúng, đã dùng hoặc đã hết hạn. Hãy nhờ chủ địa điểm tạo mã mới.")


def invite_device(venue: Venue, name: str, now: datetime) -> str:
    """A code, `XXXX-XXXX`, that makes one device a gate of *venue* within ten minutes.

    Raises: NotThisState, where the venue takes no check-ins.
    """
    if venue.status not in IN_USE:
        raise NotThisState
    GateInvitation.objects.filter(expires_at__lte=now).delete()
    code = make_short_code()
    expires_at = now + timedelta(minutes=INVITATION_MINUTES)
    GateInvitation.objects.create(venue=venue, name=name, code_hash=_code_hash(code), expires_at=expires_at)
    return code


@transaction.atomic
def enrol_device(code: str, now: datetime) -> str:
    """The token of the new device; the code is spent.

    Raises: InvitationRefused, alike for a wrong, a used and an old code.
    """
    try:
        wanted = _code_hash(read_short_code(code))
    except CodeRefused:
        raise InvitationRefused from None
    found = GateInvitation.objects.select_for_update().filter(code_hash=wanted, expires_at__gt=now).first()
    if found is None or found.venue.status not in IN_USE:
        raise InvitationRefused
    token = secrets.token_urlsafe(32)
    hashed = _token_hash(token)
    GateDevice.objects.create(venue=found.venue, name=found.name, token_hash=hashed, enrolled_at=now, seen_at=now)
    found.delete()
    return token


def device_with(token: str, now: datetime) -> GateDevice | None:
    """The device that holds *token*, unless it was revoked; its last sign of life is noted."""
    device = any_device_with(token, now)
    return device if device is not None and device.revoked_at is None else None


def any_device_with(token: str, now: datetime) -> GateDevice | None:
    """As `device_with`, revoked ones included: they still hand in what they hold. A new token ends the old one's use."""
    devices = GateDevice.objects.select_related("venue__unit", "venue__category")
    hashed = _token_hash(token)
    device = devices.filter(Q(token_hash=hashed) | Q(next_token_hash=hashed)).first()
    if device is None:
        return None
    if bytes(device.token_hash) != hashed:
        GateDevice.objects.filter(pk=device.pk, next_token_hash=hashed).update(
            token_hash=hashed, next_token_hash=None, next_token_at=None, keyed_at=now
        )
        device.refresh_from_db(fields=["token_hash", "next_token_hash", "next_token_at", "keyed_at"])
    if now - device.seen_at >= SEEN_EVERY:
        device.seen_at = now
        device.save(update_fields=["seen_at"])
    return device


def next_token(device: GateDevice, now: datetime) -> str | None:
    """A new token where the device's is a month old; None where it need not change.

    One that got lost on its way is replaced after a day: two pages of one device that sync together must not lock it out.
    """
    is_young = now - device.token_since < TOKEN_DAYS
    is_on_its_way = device.next_token_at is not None and now - device.next_token_at < NEXT_TOKEN_WAITS
    if is_young or is_on_its_way or device.revoked_at is not None:
        return None
    token = secrets.token_urlsafe(32)
    unchanged = GateDevice.objects.filter(pk=device.pk, next_token_at=device.next_token_at)
    return token if unchanged.update(next_token_hash=_token_hash(token), next_token_at=now) else None


def note_sync(device: GateDevice, waiting: int, now: datetime) -> None:
    """The device asked for news, and told how many scans wait on it."""
    device.synced_at, device.waiting_scans = now, waiting
    device.save(update_fields=["synced_at", "waiting_scans"])


def access_gate_device(venue: Venue, device_id: int) -> GateDevice:
    """The device, if it is one of this venue's.

    Raises: NoSuchThing.
    """
    device = venue.gate_devices.filter(pk=device_id).first()
    if device is None:
        raise NoSuchThing
    return device


def access_gate_devices(officer: Officer) -> QuerySet[GateDevice]:
    """The devices of all venues on which *officer* decides."""
    return GateDevice.objects.filter(venue__in=access_venues(officer, *DECIDES_VENUES)).select_related("venue__unit")


def revoke_device(device: GateDevice, now: datetime) -> None:
    """From now on its scans are refused; what it recorded stays."""
    if device.revoked_at is None:
        device.revoked_at = now
        device.save(update_fields=["revoked_at"])


def _code_hash(code: str) -> bytes:
    return salted_hmac("gate-invitation", code, algorithm="sha256").digest()


def _token_hash(token: str) -> bytes:
    return salted_hmac("gate-device", token, algorithm="sha256").digest()
