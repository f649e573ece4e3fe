"""The ticket with which a gate's device hands in scans at the door: short-lived, kept in its memory only."""

import struct
from typing import NamedTuple

from dauchan.qr import base32
from dauchan.qr.refusals import CodeRefusal, CodeRefused
from dauchan.qr.signing import Keyring, Purpose, seal, unseal

TICKET_SECONDS = 600

_PREFIX = "DCG."
_CLAIM = struct.Struct(">QQI")
_PURPOSE = Purpose(b"dauchan/gate-ticket\x00", _CLAIM.size, mac_bytes=16)


class GateTicket(NamedTuple):
    """Which device, at which venue."""

    device_id: int
    venue_id: int


def make_gate_ticket(device_id: int, venue_id: int, expires_at: int, keyring: Keyring) -> str:
    """A ticket that is good until `expires_at` (epoch seconds, exclusive)."""
    return _PREFIX + base32.encode(seal(_PURPOSE, _CLAIM.pack(device_id, venue_id, expires_at), keyring))


def read_gate_ticket(text: str, keyring: Keyring, now: int) -> GateTicket:
    """Whose ticket it is.

    Raises:
        CodeRefused: WRONG_KIND, MALFORMED, UNKNOWN_KEY, BAD_SIGNATURE or EXPIRED.
    """
    if text[: len(_PREFIX)].upper() != _PREFIX:
        raise CodeRefused(CodeRefusal.WRONG_KIND)
    payload = unseal(_PURPOSE, base32.decode(text[len(_PREFIX) :], _PURPOSE.sealed_bytes), keyring)
    device_id, venue_id, expires_at = _CLAIM.unpack(payload)
    if now >= expires_at:
        raise CodeRefused(CodeRefusal.EXPIRED)
    return GateTicket(int(device_id), int(venue_id))
