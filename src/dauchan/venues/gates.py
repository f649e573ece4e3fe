"""Gate devices: invited by the venue's owner with a one-time code, known by a token, revoked."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from dauchan.qr import CodeRefused, make_short_code, read_short_code
from dauchan.units.errors import NoSuchThing
from dauchan.venues.errors import NotThisState, VenueRefused
from dauchan.venues.models import GateDevice, GateInvitation, VenueStatus

if TYPE_CHECKING:
    from datetime import datetime

    from dauchan.venues.models import Venue

INVITATION_MINUTES = 10
#: How often a device's last sign of life is written down.
SEEN_EVERY = timedelta(minutes=1)
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
    devices = GateDevice.objects.select_related("venue__unit", "venue__category")
    device = devices.filter(token_hash=_token_hash(token), revoked_at=None).first()
    if device is not None and now - device.seen_at >= SEEN_EVERY:
        device.seen_at = now
        device.save(update_fields=["seen_at"])
    return device


def access_gate_device(venue: Venue, device_id: int) -> GateDevice:
    """The device, if it is one of this venue's.

    Raises: NoSuchThing.
    """
    device = venue.gate_devices.filter(pk=device_id).first()
    if device is None:
        raise NoSuchThing
    return device


def revoke_device(device: GateDevice, now: datetime) -> None:
    """From now on its scans are refused; what it recorded stays."""
    if device.revoked_at is None:
        device.revoked_at = now
        device.save(update_fields=["revoked_at"])


def _code_hash(code: str) -> bytes:
    return salted_hmac("gate-invitation", code, algorithm="sha256").digest()


def _token_hash(token: str) -> bytes:
    return salted_hmac("gate-device", token, algorithm="sha256").digest()
