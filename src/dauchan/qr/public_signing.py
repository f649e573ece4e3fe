"""Ed25519 signatures (RFC 8032) under a ring of keys: whoever verifies needs no secret and no network.

A signature is 64 bytes long where a MAC of ours has 12, so only those codes are signed this way that a gate must be able to
verify by itself. Purpose, key version and payload are under the signature, as they are under the MACs of `signing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from dauchan.qr.refusals import CodeRefusal, CodeRefused
from dauchan.qr.signing import MAX_KEY_VERSION, Purpose

SEED_BYTES = 32
SIGNATURE_BYTES = 64


@dataclass(frozen=True)
class SigningRing:
    """The private keys of an installation by version. New codes are signed with `current`; older keys still verify.

    Attributes:
        current: Version that signs, 1 to 255.
        seeds: Private seeds by version, 32 random bytes each.

    Raises:
        ValueError: `current` has no seed, a version is out of range or a seed is not 32 bytes long.
    """

    current: int
    seeds: Mapping[int, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        if self.current not in self.seeds:
            raise ValueError(f"key version {self.current} is current but has no seed")
        for version, seed in self.seeds.items():
            if not 1 <= version <= MAX_KEY_VERSION:
                raise ValueError(f"key version {version} is not between 1 and {MAX_KEY_VERSION}")
            if len(seed) != SEED_BYTES:
                raise ValueError(f"the seed of key {version} has {len(seed)} bytes instead of {SEED_BYTES}")

    @cached_property
    def public_keys(self) -> Mapping[int, bytes]:
        """What verifies, by version: 32 raw bytes each. No secret; gates get a copy."""
        return {version: _private(seed).public_key().public_bytes_raw() for version, seed in self.seeds.items()}


def sign(purpose: Purpose, payload: bytes, ring: SigningRing) -> bytes:
    """Key version (1 byte), payload, signature (64 bytes) over purpose, key version and payload."""
    body = bytes((ring.current,)) + payload
    return body + _private(ring.seeds[ring.current]).sign(purpose.name + body)


def unsigned(purpose: Purpose, signed: bytes, public_keys: Mapping[int, bytes]) -> bytes:
    """The payload of `signed`; *public_keys* are raw, 32 bytes each, by version.

    Raises:
        CodeRefused: MALFORMED, UNKNOWN_KEY or BAD_SIGNATURE.
    """
    if len(signed) != purpose.sealed_bytes:
        raise CodeRefused(CodeRefusal.MALFORMED)
    key = public_keys.get(signed[0])
    if key is None:
        raise CodeRefused(CodeRefusal.UNKNOWN_KEY)
    body, signature = signed[:-SIGNATURE_BYTES], signed[-SIGNATURE_BYTES:]
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, purpose.name + body)
    except InvalidSignature:
        raise CodeRefused(CodeRefusal.BAD_SIGNATURE) from None
    return body[1:]


def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)
