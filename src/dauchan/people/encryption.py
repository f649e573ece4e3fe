"""Encryption of personal fields, and keyed hashes to look them up.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce per value. The stored value starts with the number of its key,
so that keys can roll while old values stay readable. Look-ups use HMAC-SHA-256 with a key of their own (a blind index).
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE_BYTES = 12


def encrypt(text: str) -> bytes:
    keyring = settings.FIELD_KEYS
    nonce = os.urandom(NONCE_BYTES)
    head = bytes([keyring.current])
    return head + nonce + AESGCM(keyring.keys[keyring.current]).encrypt(nonce, text.encode(), head)


def decrypt(stored: bytes) -> str:
    """Raises: KeyError if the value's key is not on the ring, InvalidTag if the value was altered."""
    stored = bytes(stored)
    head, nonce, sealed = stored[:1], stored[1 : 1 + NONCE_BYTES], stored[1 + NONCE_BYTES :]
    return AESGCM(settings.FIELD_KEYS.keys[head[0]]).decrypt(nonce, sealed, head).decode()


def keyed_hash(text: str, purpose: str) -> bytes:
    """HMAC-SHA-256 of *text*; the same text gives another hash for another purpose, so tables cannot be joined."""
    return hmac.new(settings.LOOKUP_KEY, f"{purpose}\0{text}".encode(), hashlib.sha256).digest()


if TYPE_CHECKING:
    TextField = models.Field[str, str]
else:
    TextField = models.Field  # generic for the type checker only


class EncryptedTextField(TextField):
    """Text that is ciphertext in the database. It cannot be filtered or ordered: keep a `keyed_hash` beside it."""

    def db_type(self, connection: Any) -> str:  # noqa: ANN401, ARG002 - Django's signature
        return "bytea"

    def get_prep_value(self, value: str | None) -> bytes | None:
        return None if value is None else encrypt(value)

    def from_db_value(self, value: bytes | None, expression: object, connection: object) -> str | None:  # noqa: ARG002
        return None if value is None else decrypt(value)
