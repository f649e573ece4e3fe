"""Who is really there. A header counts only from a proxy that is configured; there is no other way around the limits."""

import ipaddress
from collections.abc import Sequence

from dauchan.door.config import Network
from dauchan.door.http import Scope


def peer_of(scope: Scope, trusted: Sequence[Network]) -> str:
    """The address of the client.

    Behind a trusted proxy it is the last entry of X-Forwarded-For that is not itself such a proxy; all before it could
    have been written by the client. Some proxies add a header of their own below the client's, so all of them count.
    """
    client = scope.get("client")
    peer = str(client[0]) if client else ""
    if not is_trusted(peer, trusted):
        return peer
    chain = _entries(scope, b"x-forwarded-for")
    return next((entry for entry in reversed(chain) if not is_trusted(entry, trusted)), peer)


def scheme_of(scope: Scope, trusted: Sequence[Network]) -> str:
    """Whether the client came by http or https."""
    client = scope.get("client")
    said = ["", *_entries(scope, b"x-forwarded-proto")][-1].lower()
    if client and said in {"http", "https"} and is_trusted(str(client[0]), trusted):
        return said
    return str(scope.get("scheme", "http"))


def _entries(scope: Scope, name: bytes) -> list[str]:
    """What stands in all headers of that name, separated by commas, in order."""
    said = b",".join(bytes(value) for key, value in scope["headers"] if key == name).decode("latin-1")
    return [entry.strip() for entry in said.split(",") if entry.strip()]


def is_trusted(address: str, trusted: Sequence[Network]) -> bool:
    """Whether an address belongs to a configured proxy."""
    if not trusted:
        return False
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in trusted)
