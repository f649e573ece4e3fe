"""Where events may be sent: to machines of the public network by https, and to inner ones only as the operator allows.

Whoever enters an address could otherwise have this program call machines that only it can reach. So the name is looked up
here, every one of its addresses is judged, and the connection goes to the very address that was judged.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit, urlunsplit

from dauchan.exchange.programs.errors import NotAnAddress, NotEncrypted, NotFound, NotPublic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Address = ipaddress.IPv4Address | ipaddress.IPv6Address
    Network = ipaddress.IPv4Network | ipaddress.IPv6Network
    #: The addresses of a name. Raises: OSError.
    Lookup = Callable[[str, int], Sequence[str]]

HTTPS = 443
LONGEST = 500
#: Networks whose addresses carry one of IPv4 within: NAT64, 6to4 and Teredo lead back to where they say.
_CARRIERS = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))


@dataclass(frozen=True)
class Target:
    """Where to connect, and as whom.

    Attributes:
        url: with the judged address instead of the name.
        host: for the header `Host`.
        name: that the certificate has to bear.
    """

    url: str
    host: str
    name: str


def look_up(name: str, port: int) -> list[str]:
    """Every address of a name. Raises: OSError."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def target_of(url: str, allowed: Sequence[Network], look: Lookup = look_up) -> Target:
    """Where to send what is meant for *url*; *allowed* are inner networks that may be reached.

    Raises: AddressRefused.
    """
    parts, port = _parts(url)
    name = parts.hostname or ""
    try:
        found = [_plain(ipaddress.ip_address(text.partition("%")[0])) for text in look(name, port)]
    except (OSError, UnicodeError, ValueError):
        raise NotFound from None
    if not found:
        raise NotFound
    if not all(_may_be_reached(address, allowed) for address in found):
        raise NotPublic
    address = found[0]
    if parts.scheme != "https" and not (address.is_loopback and _is_within(address, allowed)):
        raise NotEncrypted
    shown = f"[{address}]" if address.version == 6 else str(address)  # noqa: PLR2004 - IPv6
    there = urlunsplit((parts.scheme, f"{shown}:{port}", parts.path or "/", parts.query, ""))
    return Target(there, parts.netloc, name)


def _parts(url: str) -> tuple[SplitResult, int]:
    """The parts of an address of the web and its port. Raises: NotAnAddress, NotEncrypted."""
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or any(mark in url for mark in " \\"):
        raise NotAnAddress
    try:
        parts = urlsplit(url)
        port = parts.port or (HTTPS if parts.scheme == "https" else 80)
    except ValueError:
        raise NotAnAddress from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc or parts.fragment:
        raise NotAnAddress
    return parts, port


def _plain(address: Address) -> Address:
    """The IPv4 address that is written as one of IPv6."""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _may_be_reached(address: Address, allowed: Sequence[Network]) -> bool:
    if _is_within(address, allowed):
        return True
    return address.is_global and not address.is_multicast and not _is_within(address, _CARRIERS)


def _is_within(address: Address, networks: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)
