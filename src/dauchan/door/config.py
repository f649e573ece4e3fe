"""What the door is told from outside. It gets its own database address and the keys it needs, and no other secret."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from dauchan.door.errors import BadConfiguration
from dauchan.door.gate_keys import GateKeys
from dauchan.door.keyrings import keyring, needed
from dauchan.qr.signing import Keyring

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class Config:
    """The door's settings.

    Attributes:
        database_url: PostgreSQL, as the role that may execute the door's functions.
        console_socket: the Unix socket that all other requests go to; empty where a proxy in front routes them.
        venue_keys: what signed the posters.
        person_keys: what signed the bearer tokens, and the tickets of gates.
        gate_keys: what opens the queues of gates.
        hosts: our own hosts with their ports, as they may stand in a scanned address.
        trusted_proxies: networks whose X-Forwarded-For and X-Forwarded-Proto are believed.
        queue_limit: how many scans may wait before new ones are turned away.
        requests_a_minute: how many requests one address may make; 0 is no limit, for an installation whose proxy counts.
        hotline: the number on the page that stands in for the console's while it is away.
        metrics_token: with it /metrics may be read from anywhere; empty: only from this machine and trusted proxies.
    """

    database_url: str = field(repr=False)
    console_socket: str
    venue_keys: Keyring
    person_keys: Keyring
    gate_keys: GateKeys
    hosts: frozenset[str]
    trusted_proxies: tuple[Network, ...]
    queue_limit: int
    requests_a_minute: int
    hotline: str = "19001075"
    metrics_token: str = field(default="", repr=False)

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Config":
        """The settings from environment variables.

        Raises:
            BadConfiguration: one is missing or cannot be understood; the sentence names it.
        """
        return cls(
            database_url=needed(environ, "DAUCHAN_DATABASE_DOOR_URL"),
            console_socket=environ.get("DAUCHAN_CONSOLE_SOCKET", ""),
            venue_keys=keyring(environ, "DAUCHAN_VENUE_CODE_KEYS"),
            person_keys=keyring(environ, "DAUCHAN_PERSON_TOKEN_KEYS"),
            gate_keys=GateKeys.read(environ),
            hosts=_hosts(environ),
            trusted_proxies=_networks(environ, "DAUCHAN_TRUSTED_PROXIES"),
            queue_limit=_count(environ, "DAUCHAN_DOOR_QUEUE", 5_000),
            requests_a_minute=_count(environ, "DAUCHAN_DOOR_REQUESTS_A_MINUTE", 3_000),
            hotline=environ.get("DAUCHAN_HOTLINE", cls.hotline),
            metrics_token=environ.get("DAUCHAN_METRICS_TOKEN", "").strip(),
        )


def _hosts(environ: Mapping[str, str]) -> frozenset[str]:
    own = urlsplit(environ.get("DAUCHAN_BASE_URL", "")).netloc
    given = environ.get("DAUCHAN_HOSTS", "").split(",")
    return frozenset(host.strip().lower() for host in [own, *given] if host.strip())


def _networks(environ: Mapping[str, str], name: str) -> tuple[Network, ...]:
    texts = [text.strip() for text in environ.get(name, "").split(",") if text.strip()]
    try:
        return tuple(ipaddress.ip_network(text) for text in texts)
    except ValueError as error:
        raise BadConfiguration(name, f"must be addresses or networks separated by commas: {error}") from error


def _count(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name) or str(default)
    if not (text.isascii() and text.isdigit()):
        raise BadConfiguration(name, "must be a whole number")
    return int(text)
