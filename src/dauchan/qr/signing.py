"""HMAC signatures under a ring of keys. Every purpose has its own prefix, so no code can be passed off as another."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from dauchan.qr.refusals import CodeRefusal, CodeRefused

MIN_KEY_BYTES = 32
MAX_KEY_VERSION = 255


@dataclass(frozen=True)
class Keyring:
    """The keys of an installation by version. New codes are signed with `current`; older keys still verify.

    Attributes:
        current: Version that signs, 1 to 255.
        keys: Key bytes by version, at least 32 bytes each.

    Raises:
        ValueError: `current` has no key, a version is out of range or a key is short.
    """

    current: int
    keys: Mapping[int, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        if self.current not in self.keys:
            raise ValueError(f"key version {self.current} is current but has no key")
        for version, key in self.keys.items():
            if not 1 <= version <= MAX_KEY_VERSION:
                raise ValueError(f"key version {version} is not between 1 and {MAX_KEY_VERSION}")
            if len(key) < MIN_KEY_BYTES:
                raise ValueError(f"key {version} has {len(key)} bytes; {MIN_KEY_BYTES} are the least")


@dataclass(frozen=True)
class Purpose:
    """What a signature is for.

    Attributes:
        name: Goes into the MAC or signature before everything else. It ends in a zero byte and holds no other, so that name and body
            cannot run into each other.
        payload_bytes: Length of what is signed.
        mac_bytes: How much of the MAC is kept; of a signature, all of it.
    """

    name: bytes
    payload_bytes: int
    mac_bytes: int

    @property
    def sealed_bytes(self) -> int:
        return 1 + self.payload_bytes + self.mac_bytes


def seal(purpose: Purpose, payload: bytes, keyring: Keyring) -> bytes:
    """Key version (1 byte), payload, truncated HMAC-SHA256 over purpose, key version and payload."""
    body = bytes((keyring.current,)) + payload
    return body + _mac(purpose, body, keyring.keys[keyring.current])


def unseal(purpose: Purpose, sealed: bytes, keyring: Keyring) -> bytes:
    """The payload of `sealed`.

    Raises:
        CodeRefused: MALFORMED, UNKNOWN_KEY or BAD_SIGNATURE.
    """
    if len(sealed) != purpose.sealed_bytes:
        raise CodeRefused(CodeRefusal.MALFORMED)
    key = keyring.keys.get(sealed[0])
    if key is None:
        raise CodeRefused(CodeRefusal.UNKNOWN_KEY)
    body, mac = sealed[: -purpose.mac_bytes], sealed[-purpose.mac_bytes :]
    if not hmac.compare_digest(mac, _mac(purpose, body, key)):
        raise CodeRefused(CodeRefusal.BAD_SIGNATURE)
    return body[1:]


def _mac(purpose: Purpose, body: bytes, key: bytes) -> bytes:
    return hmac.digest(key, purpose.name + body, "sha256")[: purpose.mac_bytes]
