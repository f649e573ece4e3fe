"""A batch's manifest: what it holds, its number, its place in the chain; signed with Ed25519.

The digest of a batch is the SHA-256 of its manifest as it was written. The manifest names the SHA-256 of the payload and the
digest of the batch before, so the last digest of a stream stands for all that was ever sent on it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Before the first batch of a stream.
GENESIS = "0" * 64


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=False):
    """Attributes:
    source: who sends, as the receiver knows it.
    stream: what the number counts in.
    number: from 1 on, without gaps.
    kind: of the records; with the ending of withdrawals, keys of records to be taken back.
    schema: version of the fields.
    encoding: of the payload: parquet or jsonl.
    compression: of the payload as a whole: none, zstd, gzip.
    count: records in it.
    first, last: the sender's own place before and after it, for people who look into a gap.
    payload: SHA-256 of the bytes as sent.
    previous: digest of the batch before.
    cut_at: when its records were read, microseconds since the epoch by the sender's database.
    mending: these records replace what the receiver has, whatever revision that claims.
    """

    source: str
    stream: str
    number: int
    kind: str
    schema: int
    encoding: str
    compression: str
    count: int
    first: str
    last: str
    payload: str
    bytes: int
    previous: str
    cut_at: int
    mending: bool = False


class ManifestRefused(ValueError):
    """The manifest or its signature is not what it should be."""


def written(manifest: Manifest) -> bytes:
    return msgspec.json.encode(manifest)


def read(raw: bytes) -> Manifest:
    """Raises: ManifestRefused."""
    try:
        return msgspec.json.decode(raw, type=Manifest)
    except msgspec.MsgspecError as error:
        raise ManifestRefused(str(error)) from error


def sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def signed(raw: bytes, version: int, seed: bytes) -> str:
    """The signature as its header carries it: key version, colon, base64url."""
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(raw)
    return f"{version}:{to_header(signature)}"


def check_signature(raw: bytes, header: str, keys: Mapping[int, bytes]) -> None:
    """Raises: ManifestRefused."""
    version, _, text = header.partition(":")
    key = keys.get(int(version)) if version.isascii() and version.isdigit() else None
    if key is None:
        raise ManifestRefused("signed with a key that is not known here")
    try:
        signature = from_header(text)
        Ed25519PublicKey.from_public_bytes(key).verify(signature, raw)
    except (InvalidSignature, ValueError) as error:
        raise ManifestRefused("the signature does not fit") from error


def public_key(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def to_header(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def from_header(text: str) -> bytes:
    """Raises: ManifestRefused."""
    try:
        return base64.b64decode(text, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ManifestRefused("not base64url") from error
