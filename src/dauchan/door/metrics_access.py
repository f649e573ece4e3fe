"""Who may read the door's counters: they tell how a province uses its doors, minute by minute."""

import hmac
import ipaddress

from dauchan.door.config import Config
from dauchan.door.http import Scope, header
from dauchan.door.peers import is_trusted, peer_of


def may_read_metrics(scope: Scope, config: Config) -> bool:
    """Programs of this machine, trusted proxies themselves, and whoever holds the token.

    What a proxy passed on is nobody's of this machine, also where the door was not told of that proxy.
    """
    given = header(scope, b"authorization")
    if config.metrics_token and hmac.compare_digest(given, f"Bearer {config.metrics_token}".encode()):
        return True
    if header(scope, b"x-forwarded-for") or header(scope, b"forwarded"):
        return False
    peer = peer_of(scope, config.trusted_proxies)
    return is_trusted(peer, config.trusted_proxies) or _is_loopback(peer)


def _is_loopback(address: str) -> bool:
    """Without an address it came through a Unix socket, which is of this machine too."""
    try:
        return not address or ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
