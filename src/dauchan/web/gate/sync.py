"""What a gate's page asks for every minute: the lists it needs without a network, its ticket for the door, how full it is."""

from __future__ import annotations

import base64
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dauchan.people.cards import card_changes
from dauchan.qr.gate_ticket import TICKET_SECONDS, make_gate_ticket
from dauchan.venues.gates import any_device_with, next_token, note_sync
from dauchan.venues.modes import mode_of
from dauchan.visits.gate_shifts import shifts_of, total_of
from dauchan.visits.queries import headcount
from dauchan.web.gate.cookie import COOKIE, set_device_cookie
from dauchan.web.gate.rules import RULES

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from dauchan.venues.models import GateDevice, Venue

LARGEST_NUMBER = 2**31 - 1
LARGEST_CURSOR = 2**63 - 1


@never_cache
@require_safe
def sync(request: HttpRequest) -> HttpResponse:
    """News since `?cursor=`; the device tells with `?waiting=` how many scans wait on it.

    A revoked device gets a ticket and nothing else: it may hand in what it holds, which is then quarantined.
    """
    now = timezone.now()
    device = any_device_with(request.COOKIES.get(COOKIE, ""), now)
    if device is None:
        return JsonResponse({"reason": "unknown_device"}, status=HTTPStatus.UNAUTHORIZED)
    note_sync(device, _number(request.GET.get("waiting", ""), LARGEST_NUMBER), now)
    said = _ticket(device, now)
    if device.revoked_at is None:
        said |= _news(device, _number(request.GET.get("cursor", ""), LARGEST_CURSOR), now)
    answer = JsonResponse(said)
    token = next_token(device, now)
    if token is not None:
        set_device_cookie(answer, token)
    return answer


def _number(text: str, largest: int) -> int:
    """What a device says of itself is never an error: what is no number is nothing."""
    return min(int(text), largest) if text.isascii() and text.isdigit() and len(text) <= len(str(largest)) else 0


def _ticket(device: GateDevice, now: datetime) -> dict[str, Any]:
    seconds = int(now.timestamp())
    ticket = make_gate_ticket(device.pk, device.venue_id, seconds + TICKET_SECONDS, settings.PERSON_TOKEN_KEYS)
    return {
        "ticket": ticket,
        "ticket_seconds": TICKET_SECONDS,
        "now": int(now.timestamp() * 1000),
        "device": {"name": device.name, "revoked": device.revoked_at is not None},
    }


def _news(device: GateDevice, cursor: int, now: datetime) -> dict[str, Any]:
    changes = card_changes(cursor)
    key = settings.GATE_QUEUE_KEYS.key
    return {
        "cursor": str(changes.cursor),
        "is_whole": changes.is_whole,
        "revoked_cards": [str(card) for card in changes.revoked],
        "queue_key": {"version": key.version, "public": _written(key.public)},
        "card_keys": {str(version): _written(raw) for version, raw in settings.CARD_KEYS.public_keys.items()},
        "patience": RULES,
        **_figures(device, now),
    }


def _figures(device: GateDevice, now: datetime) -> dict[str, Any]:
    ids = list(device.venue.gate_devices.values_list("pk", flat=True))
    shifts = shifts_of(device.venue_id, ids, now)
    own, total = shifts[device.pk], total_of(shifts.values())
    return {
        "venue": _venue(device.venue, now),
        "inside": headcount(device.venue_id, now),
        "entries": own.entries,
        "exits": own.exits,
        "refused": own.refused,
        "today": vars(total),
    }


def _venue(venue: Venue, now: datetime) -> dict[str, Any]:
    return {
        "name": venue.name,
        "status": venue.status,
        "capacity": venue.capacity,
        "mode": str(mode_of(venue, timezone.localdate(now))),
        "hours": venue.opening_hours or None,
    }


def _written(raw: bytes) -> str:
    """URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
