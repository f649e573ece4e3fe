"""What the help button of a failed scan brings along: the reason, from a closed list, and the code that was scanned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core import signing
from django.utils.translation import gettext_lazy as _

from dauchan.helpdesk.models import Topic
from dauchan.venues.gate_models import GateDevice
from dauchan.web.public.codes import ScanRefused, read_scan

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from dauchan.venues.models import Venue

_DEVICE = "gate-help"
DEVICE_SECONDS = 15 * 60
#: How the door, the console and the phone call a failed scan, in words, and what somebody who asks needs help with.
REASONS: dict[str, tuple[StrOrPromise, str]] = {
    "no_camera": (_("máy ảnh không mở"), Topic.CANNOT_SCAN),
    "unreadable": (_("mã không đọc được"), Topic.CANNOT_SCAN),
    "mistyped": (_("mã gõ tay chưa đúng"), Topic.CANNOT_SCAN),
    "foreign": (_("mã của nơi khác, không phải của hệ thống"), Topic.WRONG_PLACE),
    "forged": (_("mã bị sửa hoặc làm giả"), Topic.WRONG_PLACE),
    "outdated": (_("mã đã hết hiệu lực"), Topic.CANNOT_SCAN),
    "venue_unknown": (_("không còn địa điểm này"), Topic.WRONG_PLACE),
    "venue_not_open": (_("địa điểm chưa được duyệt"), Topic.WRONG_PLACE),
    "wrong_place": (_("hiện tên nơi khác"), Topic.WRONG_PLACE),
    "expired": (_("mã cá nhân hết hạn"), Topic.PHONE),
}


def topic_of(reason: str) -> str:
    """Empty for what is none of our reasons."""
    return str(REASONS[reason][1]) if reason in REASONS else ""


def reason_in_words(reason: str) -> StrOrPromise:
    return REASONS[reason][0] if reason in REASONS else ""


def named_device(device: GateDevice) -> str:
    """How a gate names itself to the help page, for a quarter of an hour."""
    return signing.dumps(device.pk, salt=_DEVICE)


def device_named(text: str) -> GateDevice | None:
    """The gate that asked; none for what no gate of ours wrote, or long ago."""
    if not text:
        return None
    try:
        number = signing.loads(text, salt=_DEVICE, max_age=DEVICE_SECONDS)
    except signing.BadSignature:
        return None
    return GateDevice.objects.select_related("venue").filter(pk=number, revoked_at=None).first()


def venue_scanned(code: str, address: str) -> Venue | None:
    """The place whose code was scanned or typed, if it is one of ours; wrong codes count against *address*."""
    if not code.strip():
        return None
    try:
        found = read_scan(code, address).venue
    except ScanRefused:
        return None
    return None if found.is_sensitive else found
