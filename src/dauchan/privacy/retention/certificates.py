"""Proof of a purge: what went, signed, and chained to the proof before."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import transaction

from dauchan.privacy.retention.certificate_models import PurgeCertificate

if TYPE_CHECKING:
    import datetime as dt

GENESIS = "0" * 64
#: What the signature is for: the same key signs cards, and one can never be taken for the other.
_PURPOSE = b"dauchan purge certificate\0"


@dataclass(frozen=True)
class Fault:
    """A certificate that does not hold, and why: `changed`, `missing` (the one before it) or `signature`."""

    number: int
    why: str


@transaction.atomic
def certify(made_at: dt.datetime, content: dict[str, Any], rows: int) -> PurgeCertificate:
    """Sign and keep it. One round at a time: the table is locked."""
    last = PurgeCertificate.objects.select_for_update().first()
    ring = settings.CARD_KEYS
    certificate = PurgeCertificate(
        made_at=made_at, content=content, rows=rows, previous_digest=last.digest if last else GENESIS, key=ring.current
    )
    certificate.digest = digest_of(certificate)
    key = Ed25519PrivateKey.from_private_bytes(ring.seeds[ring.current])
    certificate.signature = base64.b64encode(key.sign(_PURPOSE + certificate.digest.encode())).decode()
    certificate.save(force_insert=True)
    return certificate


def digest_of(certificate: PurgeCertificate) -> str:
    """SHA-256 over the canonical JSON of everything it says, the digest before it included."""
    said = {
        "made_at": certificate.made_at.isoformat(),
        "content": certificate.content,
        "rows": certificate.rows,
        "previous": certificate.previous_digest,
        "key": certificate.key,
    }
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def first_fault() -> Fault | None:
    """The first certificate that does not hold; None where all do."""
    expected = GENESIS
    for certificate in PurgeCertificate.objects.order_by("pk").iterator(chunk_size=500):
        if certificate.previous_digest != expected:
            return Fault(certificate.pk, "missing")
        if certificate.digest != digest_of(certificate):
            return Fault(certificate.pk, "changed")
        if not is_signed(certificate):
            return Fault(certificate.pk, "signature")
        expected = certificate.digest
    return None


def is_signed(certificate: PurgeCertificate) -> bool:
    """Whether the signature is of one of this installation's keys."""
    public = settings.CARD_KEYS.public_keys.get(certificate.key)
    if public is None:
        return False
    try:
        signature = base64.b64decode(certificate.signature)
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _PURPOSE + certificate.digest.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
