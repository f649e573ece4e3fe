"""The keys with which the door opens what gates hand in. Why it has them: docs/decisions/0008-the-door-opens-queues.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dauchan.door.errors import BadConfiguration
from dauchan.door.keyrings import keyring
from dauchan.qr.gate_queue import QueueRing
from dauchan.qr.public_signing import SigningRing
from dauchan.visits.gate_opening import Reading

_LOOKUP, _PUBLIC, _SEEDS = "DAUCHAN_LOOKUP_KEY", "DAUCHAN_CARD_PUBLIC_KEYS", "DAUCHAN_CARD_KEYS"
_QUEUE, _PERSONAL = "DAUCHAN_GATE_QUEUE_KEYS", "DAUCHAN_PERSONAL_DATA_KEYS"


@dataclass(frozen=True)
class GateKeys:
    """What opens a gate's queue, and what reads what stands in it."""

    queue: QueueRing = field(repr=False)
    reading: Reading = field(repr=False)

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "GateKeys":
        """The keys from environment variables; of the card keys the public halves are enough.

        Raises:
            BadConfiguration: one is missing or badly written.
        """
        written = environ.get(_LOOKUP, "").strip()
        lookup = keyring({_LOOKUP: f"1:{written}" if written else ""}, _LOOKUP).keys[1]
        return cls(_queue_ring(environ), Reading(_card_keys(environ), lookup, keyring(environ, _PERSONAL)))


def _queue_ring(environ: Mapping[str, str]) -> QueueRing:
    ring = keyring(environ, _QUEUE)
    try:
        return QueueRing(ring.current, ring.keys)
    except ValueError as error:
        raise BadConfiguration(_QUEUE, "must hold keys of exactly 32 bytes") from error


def _card_keys(environ: Mapping[str, str]) -> Mapping[int, bytes]:
    if environ.get(_PUBLIC):
        return keyring(environ, _PUBLIC).keys
    seeds = keyring(environ, _SEEDS)
    try:
        return SigningRing(seeds.current, seeds.keys).public_keys
    except ValueError as error:
        raise BadConfiguration(_SEEDS, "must hold keys of exactly 32 bytes") from error
