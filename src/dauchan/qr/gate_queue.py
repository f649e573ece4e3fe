"""What a gate without a network keeps, sealed for the server: not even the device can read its queue again.

Sealed is: version of the server's key (1 byte), the device's public key of this page load (65 bytes, P-256, uncompressed), nonce
(12 bytes), AES-256-GCM of the text with the scan's identifier as additional data. The AES key comes from ECDH (NIST SP 800-56A)
through HKDF-SHA-256 (RFC 5869) with an empty salt.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dauchan.qr.signing import MAX_KEY_VERSION

SCALAR_BYTES = 32
POINT_BYTES = 65
NONCE_BYTES = 12
TAG_BYTES = 16
PURPOSE = b"dauchan/gate-queue\x00"
#: Devices whose derived key is remembered: deriving costs as much as opening a hundred scans.
REMEMBERED = 10_000

_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256, NIST SP 800-186
_HEAD_BYTES = 1 + POINT_BYTES


class SealRefused(Exception):
    """A sealed text cannot be opened: damaged, or sealed for a key that is not on the ring."""


class QueueKey(NamedTuple):
    """What a gate seals for; no secret.

    Attributes:
        public: 65 bytes, an uncompressed point of P-256.
    """

    version: int
    public: bytes


@dataclass(frozen=True)
class QueueRing:
    """The server's private keys by version. Gates seal for `current`; older keys still open.

    Raises:
        ValueError: `current` has no key, a version is out of range or a key is not 32 bytes long.
    """

    current: int
    scalars: Mapping[int, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        if self.current not in self.scalars:
            raise ValueError(f"key version {self.current} is current but has no key")
        for version, scalar in self.scalars.items():
            if not 1 <= version <= MAX_KEY_VERSION:
                raise ValueError(f"key version {version} is not between 1 and {MAX_KEY_VERSION}")
            if len(scalar) != SCALAR_BYTES:
                raise ValueError(f"key {version} has {len(scalar)} bytes instead of {SCALAR_BYTES}")

    @cached_property
    def key(self) -> QueueKey:
        """What gates are given."""
        return QueueKey(self.current, _point(_private(self.scalars[self.current]).public_key()))


class QueueOpener:
    """Opens what gates sealed; remembers the keys it derived."""

    def __init__(self, ring: QueueRing) -> None:
        private = {version: _private(scalar) for version, scalar in ring.scalars.items()}

        @lru_cache(REMEMBERED)
        def cipher(head: bytes) -> AESGCM:
            key = private.get(head[0])
            if key is None:
                raise SealRefused
            try:
                return _cipher(key, ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, head[1:]))
            except ValueError:
                raise SealRefused from None

        self._cipher = cipher

    def open(self, sealed: bytes, scan_id: UUID) -> str:
        """The text.

        Raises:
            SealRefused: it is damaged, belongs to another scan, or its key is not on the ring.
        """
        if len(sealed) < _HEAD_BYTES + NONCE_BYTES + TAG_BYTES:
            raise SealRefused
        cipher = self._cipher(sealed[:_HEAD_BYTES])
        nonce = sealed[_HEAD_BYTES : _HEAD_BYTES + NONCE_BYTES]
        try:
            return cipher.decrypt(nonce, sealed[_HEAD_BYTES + NONCE_BYTES :], scan_id.bytes).decode()
        except (InvalidTag, UnicodeDecodeError):
            raise SealRefused from None


class QueueSealer:
    """What a device does, for tests and benchmarks: one key pair of its own for as long as its page is open."""

    def __init__(self, key: QueueKey) -> None:
        own = ec.generate_private_key(_CURVE)
        self._head = bytes((key.version,)) + _point(own.public_key())
        self._cipher = _cipher(own, ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, key.public))

    def seal(self, text: str, scan_id: UUID) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return self._head + nonce + self._cipher.encrypt(nonce, text.encode(), scan_id.bytes)


def _private(scalar: bytes) -> ec.EllipticCurvePrivateKey:
    """Any 32 bytes make a key: those that are no number from 1 to the order less 1 are brought among them."""
    return ec.derive_private_key(int.from_bytes(scalar) % (_ORDER - 1) + 1, _CURVE)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _cipher(own: ec.EllipticCurvePrivateKey, other: ec.EllipticCurvePublicKey) -> AESGCM:
    shared = own.exchange(ec.ECDH(), other)
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(shared))
