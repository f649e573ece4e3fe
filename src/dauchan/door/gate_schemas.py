"""What gates send and what they get, as types; see `schemas`."""

import uuid
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from dauchan.door.schemas import Instant, Uuid7, Why
from dauchan.visits.registry import AttemptReason

Sealed = Annotated[
    str,
    Meta(
        max_length=2048,
        description="URL-safe base64 of: key version (1 byte), the device's public key (65 bytes, P-256, uncompressed), nonce (12 "
        "bytes), AES-256-GCM of `kind:number` with the 16 bytes of scan_id as additional data; the key is HKDF-SHA-256 of the ECDH "
        "secret, info `dauchan/gate-queue` and a zero byte",
    ),
]
_REASONS = tuple(reason.name.lower() for reason in AttemptReason)


class GateScan(msgspec.Struct, frozen=True):
    """A gate's scan: `sealed` for somebody let in or out, `failed` for one that the gate refused, `undoes` for one taken back."""

    scan_id: Uuid7
    direction: Literal["in", "out", "undo"]
    at: Annotated[Instant, Meta(description="What the device's clock showed at the scan")]
    sealed: Sealed | None = None
    failed: Literal[_REASONS] | None = None  # type: ignore[valid-type]  # the closed list of the ledger
    undoes: uuid.UUID | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it says one thing, and all of it."""
        if self.direction == "undo":
            return self.undoes is not None
        return (self.sealed is None) is not (self.failed is None)


class Scrap(msgspec.Struct, frozen=True):
    """What is left of a malformed item: enough to keep it and to answer."""

    scan_id: uuid.UUID


class GateScanAnswer(msgspec.Struct, omit_defaults=True):
    """What became of a gate's scan. With each outcome the device may forget it; a quarantined one waits for an officer."""

    outcome: Literal["recorded", "repeated", "quarantined", "refused"]
    scan_id: uuid.UUID | None
    labels: tuple[str, ...] = ()
    reason: Why | None = None
