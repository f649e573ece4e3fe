"""Where an officer is signed in: by which browser, since when; ending one, or all but this."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.db.models.signals import pre_save
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dauchan.people.invitations.queries import open_renewal
from dauchan.units import audit
from dauchan.web.officer.guards import officer_required
from dauchan.web.officer.sessions import IDLE, LONGEST

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

OTHERS = "others"
#: The first that stands in what a browser says of itself; the order matters, for most say they are several.
BROWSERS = {
    "Edg": "Edge",
    "coc_coc": "Cốc Cốc",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}
IPV4 = 4


@dataclass(frozen=True)
class Device:
    """One browser in which the officer is signed in."""

    session: UserSession
    name: str
    is_here: bool
    is_same_network: bool


@require_safe
@officer_required()
def session_list(request: OfficerRequest) -> HttpResponse:
    context = {"devices": devices_of(request), "own_renewal": open_renewal(request.user)}
    return render(request, "account/sessions.html", context)


def devices_of(request: OfficerRequest) -> list[Device]:
    """This one first, then those that were used last. What has run out is left away: its next request signs it out."""
    now = timezone.now()
    live = UserSession.objects.filter(user=request.user, last_seen_at__gt=now - IDLE, created_at__gt=now - LONGEST)
    here, network = request.session.session_key, network_of(request.META["REMOTE_ADDR"])
    devices = [
        Device(one, device_name(one.user_agent), one.session_key == here, one.ip == network)
        for one in live.order_by("-last_seen_at")
        if one.exists()
    ]
    return sorted(devices, key=lambda device: not device.is_here)


@require_POST
@officer_required()
@reauthentication_required  # type: ignore[untyped-decorator]  # the library is untyped
def end_sessions(request: OfficerRequest) -> HttpResponse:
    """One of one's own, or all others."""
    chosen = request.POST.get("session", "")
    own = UserSession.objects.filter(user=request.user)
    here = request.session.session_key
    ended = list(own.exclude(session_key=here) if chosen == OTHERS else own.filter(pk=_number(chosen)))
    for session in ended:
        session.end()
    if ended:
        audit.record(
            request.user, "account.sessions_ended", f"officer:{request.user.pk}", detail={"sessions": len(ended)}
        )
    if any(session.session_key == here for session in ended):
        logout(request)
        return redirect("account_login")
    told = ngettext("Đã đăng xuất %(number)s thiết bị.", "Đã đăng xuất %(number)s thiết bị.", len(ended))
    messages.success(request, told % {"number": len(ended)})
    return redirect("account_sessions")


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else 0


def device_name(user_agent: str) -> str:
    """`Chrome, Windows`: what a person recognises, not the version."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return ", ".join(filter(None, (browser, system))) or _("Trình duyệt không rõ")


def network_of(address: str) -> str:
    """The first address of the /24 (IPv4) or /48 (IPv6) that *address* belongs to: where somebody is, roughly."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "0.0.0.0"  # noqa: S104 - an unknown address, nothing listens there
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == IPV4 else 48}", strict=False).network_address)


def keep_networks_only() -> None:
    """The library would write down whole addresses of officers; the network is enough to see what is strange."""
    pre_save.connect(_shorten, sender=UserSession)


def _shorten(instance: Any, **_more: Any) -> None:  # noqa: ANN401 - a signal's arguments
    instance.ip = network_of(instance.ip)
