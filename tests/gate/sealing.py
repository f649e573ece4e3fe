"""The sealed items of a gate's queue and signed codes, made once more in Python from the words of their contract."""

from __future__ import annotations

import base64
import uuid

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

INFO = b"dauchan/gate-queue\x00"
POINT, NONCE = 65, 12
CURVE = ec.SECP256R1()
PURPOSES = {"DCC.": b"dauchan/control-card\x00", "DCP.": b"dauchan/personal-code\x00"}


def private_key(scalar: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(scalar, "big"), CURVE)


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """65 bytes, uncompressed."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def seal(text: str, scan_id: str, version: int, server: bytes, device: ec.EllipticCurvePrivateKey, nonce: bytes) -> str:
    """What a device does: *server* is the point of the server's public key."""
    key = _key(device, server)
    closed = AESGCM(key).encrypt(nonce, text.encode(), uuid.UUID(scan_id).bytes)
    return to_base64url(bytes((version,)) + point_of(device) + nonce + closed)


def unseal(sealed: str, scan_id: str, scalar: bytes) -> str:
    """What the door does."""
    raw = from_base64url(sealed)
    point, rest = raw[1 : 1 + POINT], raw[1 + POINT :]
    return (
        AESGCM(_key(private_key(scalar), point)).decrypt(rest[:NONCE], rest[NONCE:], uuid.UUID(scan_id).bytes).decode()
    )


def signed_code(prefix: str, payload: bytes, version: int, seed: bytes) -> str:
    """`DCC.` or `DCP.` as `dauchan.qr` writes them."""
    body = bytes((version,)) + payload
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(PURPOSES[prefix] + body)
    return prefix + base64.b32encode(body + signature).decode().rstrip("=")


def verifying_key(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def to_base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _key(own: ec.EllipticCurvePrivateKey, other: bytes) -> bytes:
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, other))
    return HKDF(SHA256(), 32, None, INFO).derive(shared)
